package dev.microvisor.emulator.peripherals;

/**
 * The extended interrupt controller, lines 0 to 15. No pin ever changes from outside; software can
 * trigger lines.
 */
final class Exti extends RegisterPeripheral {
    /** Interrupt of line 0; the others follow. */
    static final int FIRST_IRQ = 11;

    private static final int LINES = 16;
    private static final int LINE_MASK = 0xFFFF;
    private static final int SWIER1 = 0x08;
    private static final int RPR1 = 0x0C;
    private static final int FPR1 = 0x10;
    private static final int IMR1 = 0x80;

    Exti(int baseAddress) {
        super("EXTI", baseAddress);
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank =
                new RegisterBank()
                        .register(0x00, "RTSR1")
                        .field(0, 32, "rising edge")
                        .register(0x04, "FTSR1")
                        .field(0, 32, "falling edge")
                        .register(SWIER1, "SWIER1")
                        .writeOnly(0, 32, "software trigger")
                        .onWrite((before, written) -> trigger(written & LINE_MASK))
                        .register(RPR1, "RPR1")
                        .clearByOne(0, 32, "pending, rising")
                        .register(FPR1, "FPR1")
                        .clearByOne(0, 32, "pending, falling")
                        .register(0x14, "SECCFGR1")
                        .readOnly(0, 32, "SEC")
                        .register(0x18, "PRIVCFGR1")
                        .field(0, 32, "PRIV");
        for (int i = 0; i < 4; i++) {
            bank.register(0x60 + 4 * i, "EXTICR" + (i + 1)).field(0, 32, "port of each line");
        }
        return bank.register(0x70, "LOCKR")
                .field(0, 32, "LOCK")
                .register(IMR1, "IMR1")
                .field(0, 32, "interrupt mask")
                .register(0x84, "EMR1")
                .unimplemented(0, 32, "event mask");
    }

    private void trigger(int lines) {
        bank().setBits(RPR1, lines);
    }

    @Override
    void changed() {
        int pending = (bank().get(RPR1) | bank().get(FPR1)) & bank().get(IMR1);
        for (int line = 0; line < LINES; line++) {
            guest().setInterruptLine(FIRST_IRQ + line, (pending >>> line & 1) != 0);
        }
    }
}
