package dev.microvisor.emulator.kernel.call;

import dev.microvisor.emulator.guest.Stateful;

/**
 * Handles and other numbers that look random and follow from the seed. A handle is never 0 and
 * never comes twice in a run.
 */
public final class Handles implements Stateful<Long> {
    private static final int GAMMA = 0x9E37_79B9;

    private final int start;
    private long given;

    public Handles(long seed) {
        start = mix((int) (seed ^ seed >>> 32));
    }

    /**
     * A new handle. Distinct counts give distinct values because each step of the mixing can be
     * undone.
     */
    public int next() {
        int handle;
        do {
            given++;
            handle = mix(start + (int) given * GAMMA);
        } while (handle == 0);
        return handle;
    }

    /** The finaliser of MurmurHash3. */
    private static int mix(int value) {
        int mixed = value;
        mixed = (mixed ^ mixed >>> 16) * 0x85EB_CA6B;
        mixed = (mixed ^ mixed >>> 13) * 0xC2B2_AE35;
        return mixed ^ mixed >>> 16;
    }

    @Override
    public Long save() {
        return given;
    }

    @Override
    public void restore(Long state) {
        given = state;
    }
}
