package dev.microvisor.dap.view;

import java.util.Locale;

/** Virtual time as people read it: seconds since Microvisor started, to the microsecond. */
public final class Times {
    private static final long MICROSECONDS = 1_000_000;

    private Times() {}

    /** Such as {@code +1.234567 s}. */
    public static String seconds(long microseconds) {
        return String.format(
                Locale.ROOT,
                "+%d.%06d s",
                microseconds / MICROSECONDS,
                microseconds % MICROSECONDS);
    }

    public static String ofInstruction(long instruction, int clockHz) {
        return seconds(microseconds(instruction, clockHz));
    }

    /** Microseconds from the start, without overflow for any run that ends. */
    public static long microseconds(long instruction, int clockHz) {
        return instruction / clockHz * MICROSECONDS
                + instruction % clockHz * MICROSECONDS / clockHz;
    }
}
