package dev.microvisor.emulator.peripherals;

/** The random number generator. Its numbers look random and follow from the seed of the run. */
final class Rng extends RegisterPeripheral {
    private static final int CR = 0x00;
    private static final int SR = 0x04;
    private static final int RNGEN = 1 << 2;
    private static final int IE = 1 << 3;
    private static final int DRDY = 1;
    private static final int IRQ = 94;
    private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private final long seed;
    private long drawn;

    Rng(int baseAddress, long seed) {
        super("RNG", baseAddress);
        this.seed = seed;
        // A reset of the application does not rewind the source of noise.
        keep(() -> drawn, next -> drawn = next, before -> before);
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .register(CR, "CR")
                .reserved(0, 2)
                .field(2, 2, "RNGEN, IE")
                .reserved(4, 1)
                .field(5, 27, "configuration")
                .register(SR, "SR")
                .readOnly(0, 3, "DRDY, CECS, SECS")
                .reserved(3, 2)
                .clearByZero(5, 2, "CEIS, SEIS")
                .reserved(7, 25)
                .shows(() -> bank().isSet(CR, RNGEN) ? DRDY : 0)
                .register(0x08, "DR")
                .readOnly(0, 32, "RNDATA")
                .shows(() -> bank().isSet(CR, RNGEN) ? number(drawn) : 0)
                .afterRead(() -> drawn++)
                .plain(0x10, "HTCR", "HTCFG");
    }

    /** The finaliser of SplitMix64. */
    private int number(long index) {
        long mixed = seed + (index + 1) * GAMMA;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return (int) ((mixed ^ mixed >>> 31) >>> 32);
    }

    @Override
    void changed() {
        guest().setInterruptLine(IRQ, bank().isSet(CR, RNGEN) && bank().isSet(CR, IE));
    }
}
