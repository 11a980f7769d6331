package dev.microvisor.emulator.peripherals;

/** The register map of the timers; {@link Timer} is what the registers do. */
final class TimerRegisters {
    static final int CR1 = 0x00;
    static final int CR2 = 0x04;
    static final int SMCR = 0x08;
    static final int DIER = 0x0C;
    static final int SR = 0x10;
    static final int EGR = 0x14;
    static final int CCMR1 = 0x18;
    static final int CCER = 0x20;
    static final int CNT = 0x24;
    static final int PSC = 0x28;
    static final int ARR = 0x2C;
    static final int RCR = 0x30;
    static final int CCR1 = 0x34;
    static final int BDTR = 0x44;

    private TimerRegisters() {}

    /** What reads and writes do beside reading and writing. */
    interface Effects {
        /** CR1 was written. */
        void control(int before);

        /** SMCR was written. */
        void slaveModeSet();

        /** EGR was written. */
        void generate(int written);

        int shownCounter();

        void setCounter(int value);

        /** ARR was written. */
        void setAutoReload();

        /** A CCR was read. */
        void captureRead(int channel);
    }

    static RegisterBank declare(TimerKind kind, Effects effects) {
        RegisterBank bank =
                new RegisterBank()
                        .register(CR1, "CR1")
                        .field(0, 1, "CEN")
                        .field(1, 1, "UDIS")
                        .field(2, 1, "URS")
                        .field(3, 1, "OPM")
                        .field(4, 1, "DIR")
                        .field(5, 2, "CMS")
                        .field(7, 1, "ARPE")
                        .field(8, 2, "CKD")
                        .reserved(10, 1)
                        .field(11, 1, "UIFREMAP")
                        .unimplemented(12, 1, "DITHEN")
                        .reserved(13, 19)
                        .onWrite((before, written) -> effects.control(before))
                        .plain(CR2, "CR2", "MMS and channel settings")
                        .register(DIER, "DIER")
                        .field(0, 8, "UIE, CC1IE to CC4IE, COMIE, TIE, BIE")
                        .field(8, 5, "UDE, CC1DE to CC4DE")
                        .unimplemented(13, 1, "COMDE")
                        .field(14, 1, "TDE")
                        .reserved(15, 5)
                        .unimplemented(20, 4, "encoder interrupts")
                        .reserved(24, 8)
                        .register(SR, "SR")
                        .clearByZero(0, 32, "UIF, CC1IF to CC4IF, COMIF, TIF, BIF, CC1OF to CC4OF")
                        .register(EGR, "EGR")
                        .writeOnly(0, 32, "UG, CC1G to CC4G, COMG, TG, BG")
                        .onWrite((before, written) -> effects.generate(written))
                        .plain(CNT, "CNT", "CNT")
                        .shows(effects::shownCounter)
                        .onWrite((before, written) -> effects.setCounter(written))
                        .register(PSC, "PSC")
                        .field(0, 16, "PSC")
                        .reserved(16, 16)
                        .plain(ARR, "ARR", "ARR")
                        .resetTo(kind.maximum())
                        .onWrite((before, written) -> effects.setAutoReload());
        if (kind.repeats()) {
            bank.register(RCR, "RCR")
                    .field(0, 16, "REP")
                    .reserved(16, 16)
                    .plain(BDTR, "BDTR", "break and dead time");
        }
        // Drivers read these of basic timers, too.
        return kind.channels() == 0
                ? bank.register(SMCR, "SMCR").reserved(0, 32).register(CCER, "CCER").reserved(0, 32)
                : withChannels(bank, kind, effects);
    }

    private static RegisterBank withChannels(RegisterBank bank, TimerKind kind, Effects effects) {
        bank.plain(SMCR, "SMCR", "slave mode")
                .onWrite((before, written) -> effects.slaveModeSet())
                .plain(CCMR1, "CCMR1", "channels 1 and 2")
                .plain(0x1C, "CCMR2", "channels 3 and 4")
                .plain(CCER, "CCER", "enables and polarities");
        for (int i = 0; i < kind.channels(); i++) {
            int channel = i;
            bank.register(CCR1 + 4 * i, "CCR" + (i + 1))
                    .field(0, 32, "CCR")
                    .afterRead(() -> effects.captureRead(channel));
        }
        return bank.row(0x48, "CCR5", "CCR6", "CCMR3", "DTR2", "ECR", "TISEL", "AF1", "AF2", "OR1")
                .register(0x3DC, "DCR")
                .unimplemented(0, 32, "DCR")
                .register(0x3E0, "DMAR")
                .unimplemented(0, 32, "DMAR");
    }
}
