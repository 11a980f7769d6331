package dev.microvisor.emulator.core;

/** The fifteen condition codes. */
public final class Conditions {
    private Conditions() {}

    /** True when a condition holds, for flags kept as in {@link CpuState}. */
    public static boolean pass(int condition, int n, int z, int c, int v) {
        boolean positive =
                switch (condition >>> 1) {
                    case 0 -> z == 0;
                    case 1 -> c != 0;
                    case 2 -> n < 0;
                    case 3 -> v < 0;
                    case 4 -> c != 0 && z != 0;
                    case 5 -> (n ^ v) >= 0;
                    case 6 -> z != 0 && (n ^ v) >= 0;
                    default -> true;
                };
        return positive == ((condition & 1) == 0 || condition == 15);
    }
}
