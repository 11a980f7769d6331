package dev.microvisor.emulator.peripherals;

/**
 * The register map of GPDMA1 and LPDMA1: some common registers, and those of each channel, {@link
 * #STRIDE} bytes apart. {@link Dma} is what they do.
 */
final class DmaRegisters {
    static final int CLBAR = 0x50;
    static final int CFCR = 0x5C;
    static final int CSR = 0x60;
    static final int CCR = 0x64;
    static final int CTR1 = 0x90;
    static final int CTR2 = 0x94;
    static final int CBR1 = 0x98;
    static final int CSAR = 0x9C;
    static final int CDAR = 0xA0;
    static final int CTR3 = 0xA4;
    static final int CBR2 = 0xA8;
    static final int CLLR = 0xCC;
    static final int STRIDE = 0x80;

    /** CSR after reset. */
    static final int IDLEF = 1;

    /** Flags of CSR that CFCR clears, and whose enables are in CCR. */
    static final int FLAGS = 0x7F00;

    private DmaRegisters() {}

    /** What reads and writes do beside reading and writing. */
    interface Effects {
        /** CCR was written. */
        void control(int channel, int before, int written);

        /** CFCR was written. */
        void clear(int channel, int flags);

        /** MISR: channels that interrupt, the first in bit 0. */
        int pendingChannels();
    }

    static RegisterBank declare(DmaKind kind, Effects effects) {
        RegisterBank bank = new RegisterBank().row(0x00, "SECCFGR", "PRIVCFGR", "RCFGLOCKR");
        bank.register(0x0C, "MISR")
                .readOnly(0, 32, "MIS")
                .shows(effects::pendingChannels)
                .register(0x10, "SMISR")
                .readOnly(0, 32, "MIS");
        for (int i = 0; i < kind.channels(); i++) {
            declareChannel(bank, i, effects);
        }
        return bank;
    }

    private static void declareChannel(RegisterBank bank, int channel, Effects effects) {
        int base = channel * STRIDE;
        bank.register(base + CLBAR, "C" + channel + "LBAR")
                .field(0, 32, "LBA")
                .register(base + CFCR, "C" + channel + "FCR")
                .writeOnly(0, 32, "flags to clear")
                .onWrite((before, written) -> effects.clear(channel, written))
                .register(base + CSR, "C" + channel + "SR")
                .readOnly(0, 32, "flags")
                .resetTo(IDLEF)
                .steady()
                .register(base + CCR, "C" + channel + "CR")
                .field(0, 1, "EN")
                .writeOnly(1, 1, "RESET")
                .field(2, 30, "SUSP, interrupt enables, priority")
                .onWrite((before, written) -> effects.control(channel, before, written));
        int[] offsets = {CTR1, CTR2, CBR1, CSAR, CDAR, CTR3, CBR2, CLLR};
        String[] names = {"TR1", "TR2", "BR1", "SAR", "DAR", "TR3", "BR2", "LLR"};
        for (int i = 0; i < offsets.length; i++) {
            bank.register(base + offsets[i], "C" + channel + names[i]).field(0, 32, names[i]);
        }
    }
}
