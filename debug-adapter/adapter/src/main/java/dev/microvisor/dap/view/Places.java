package dev.microvisor.dap.view;

import java.util.function.LongFunction;

/** When and where something happened, as a row that leads to the source. */
public record Places(MicrovisorScope.CodePlaces code, LongFunction<String> clock) {
    /** A call's return address is behind it; this is inside the call, so on its line. */
    private static final int INTO_THE_CALL = 2;

    String when(long instruction) {
        return clock.apply(instruction);
    }

    /** Address on the line of the call that returns to an address; 0 when it is not known. */
    public static int call(int returnAddress) {
        return returnAddress == 0 ? 0 : (returnAddress & ~1) - INTO_THE_CALL;
    }

    String text(int returnAddress) {
        return returnAddress == 0 ? "unknown place" : code.text(call(returnAddress));
    }

    /** Such as {@code +0.001234 s at main.c:88 in main}. */
    Node node(String name, long instruction, int returnAddress) {
        return Node.leaf(name, when(instruction) + " at " + text(returnAddress))
                .from(call(returnAddress));
    }
}
