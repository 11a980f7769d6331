package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.Slot;
import java.util.ArrayList;
import java.util.List;

/** Reads formats of the printf and scanf families. */
final class Formats {
    private static final String FLAGS = "-+ #0'";
    private static final String LENGTHS = "hljztLq";

    /** What one argument of the family is. */
    enum Slot {
        /** Text of any length, up to a NUL. */
        TEXT,
        /** Text with a limit. */
        BOUNDED_TEXT,
        OTHER
    }

    private Formats() {}

    /** The arguments that a printf format asks for, in order; {@code *} asks for one too. */
    static List<Slot> printed(String format) {
        return slots(format, false);
    }

    /** The arguments that a scanf format asks for. */
    static List<Slot> scanned(String format) {
        return slots(format, true);
    }

    private static List<Slot> slots(String format, boolean scan) {
        List<Slot> slots = new ArrayList<>();
        for (int i = format.indexOf('%'); i >= 0; i = format.indexOf('%', i)) {
            i++;
            boolean bounded = false;
            boolean skipped = false;
            while (i < format.length() && FLAGS.indexOf(format.charAt(i)) >= 0) {
                i++;
            }
            for (; i < format.length() && "0123456789.*".indexOf(format.charAt(i)) >= 0; i++) {
                char c = format.charAt(i);
                bounded |= scan ? Character.isDigit(c) : c == '.';
                if (c == '*' && !scan) {
                    slots.add(Slot.OTHER);
                }
                skipped |= c == '*' && scan;
            }
            while (i < format.length() && LENGTHS.indexOf(format.charAt(i)) >= 0) {
                i++;
            }
            if (i >= format.length()) {
                break;
            }
            char conversion = format.charAt(i++);
            boolean text = conversion == 's' || (scan && conversion == '[');
            if (conversion != '%' && !skipped) {
                slots.add(!text ? Slot.OTHER : bounded ? Slot.BOUNDED_TEXT : Slot.TEXT);
            }
        }
        return slots;
    }
}
