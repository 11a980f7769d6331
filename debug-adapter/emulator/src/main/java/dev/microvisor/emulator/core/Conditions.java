package dev.microvisor.emulator.core;

/** The fifteen condition codes. */
public final class Conditions {
    /**
     * For each condition the sets of flags with which it holds: bit 8 N + 4 Z + 2 C + V is set for
     * those with these flags.
     */
    static final int[] PASSING = passing();

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

    /** EPSR.IT behind an instruction, from what it is before. */
    public static int advance(int it) {
        return (it & 7) == 0 ? 0 : (it & 0xE0) | (it << 1 & 0x1F);
    }

    private static int[] passing() {
        int[] sets = new int[16];
        for (int condition = 0; condition < sets.length; condition++) {
            for (int flags = 0; flags < 16; flags++) {
                int n = -(flags >>> 3);
                int z = ~flags >>> 2 & 1;
                int v = -(flags & 1);
                if (pass(condition, n, z, flags >>> 1 & 1, v)) {
                    sets[condition] |= 1 << flags;
                }
            }
        }
        return sets;
    }
}
