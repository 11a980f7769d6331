package dev.microvisor.emulator.peripherals;

import java.util.function.IntConsumer;

/**
 * The extended interrupt controller: lines 0 to 15, each of which watches one pin. Software can
 * trigger lines, too. The lines above belong to peripherals that wake the chip from stop modes,
 * which are Microvisor's affair.
 */
final class Exti extends RegisterPeripheral {
    /** Interrupt of line 0; the others follow. */
    static final int FIRST_IRQ = 11;

    private static final int LINES = 16;
    private static final int LINE_MASK = 0xFFFF;
    private static final int RTSR1 = 0x00;
    private static final int FTSR1 = 0x04;
    private static final int SWIER1 = 0x08;
    private static final int RPR1 = 0x0C;
    private static final int FPR1 = 0x10;
    private static final int EXTICR1 = 0x60;
    private static final int IMR1 = 0x80;
    private static final int EMR1 = 0x84;

    private final IntConsumer triggers;

    /**
     * @param triggers told of an event of a line
     */
    Exti(int baseAddress, IntConsumer triggers) {
        super("EXTI", baseAddress);
        this.triggers = triggers;
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank =
                new RegisterBank()
                        .plain(RTSR1, "RTSR1", "rising edge")
                        .plain(FTSR1, "FTSR1", "falling edge")
                        .register(SWIER1, "SWIER1")
                        .writeOnly(0, 32, "software trigger")
                        .onWrite((before, written) -> trigger(written & LINE_MASK))
                        .register(RPR1, "RPR1")
                        .clearByOne(0, 32, "pending, rising")
                        .register(FPR1, "FPR1")
                        .clearByOne(0, 32, "pending, falling")
                        .register(0x14, "SECCFGR1")
                        .readOnly(0, 32, "SEC")
                        .plain(0x18, "PRIVCFGR1", "PRIV");
        for (int i = 0; i < 4; i++) {
            bank.register(EXTICR1 + 4 * i, "EXTICR" + (i + 1)).field(0, 32, "port of each line");
        }
        return bank.plain(0x70, "LOCKR", "LOCK")
                .plain(IMR1, "IMR1", "interrupt mask")
                .plain(EMR1, "EMR1", "event mask");
    }

    private void trigger(int lines) {
        bank().setBits(RPR1, lines);
        for (int line = 0; line < LINES; line++) {
            if ((lines >>> line & 1) != 0) {
                tellDma(line);
            }
        }
    }

    /** The first lines are triggers of DMA channels. */
    private void tellDma(int line) {
        if (line < DmaTrigger.EXTI_LINES) {
            triggers.accept(line);
        }
    }

    /**
     * The level at a pin has changed.
     *
     * @param port 0 for A
     */
    void edge(int port, int pin, boolean rising) {
        int selected = bank().get(EXTICR1 + (pin & ~3)) >>> (8 * (pin & 3)) & 0xFF;
        int line = 1 << pin;
        if (selected != port || !bank().isSet(rising ? RTSR1 : FTSR1, line)) {
            return;
        }
        if (bank().isSet(EMR1, line) && !bank().isSet(IMR1, line)) {
            guest().warnOnce("EXTI_EMR1: an event without an interrupt does not end WFE here");
        }
        bank().setBits(rising ? RPR1 : FPR1, line);
        tellDma(pin);
        changed();
    }

    @Override
    void changed() {
        int pending = (bank().get(RPR1) | bank().get(FPR1)) & bank().get(IMR1);
        for (int line = 0; line < LINES; line++) {
            guest().setInterruptLine(FIRST_IRQ + line, (pending >>> line & 1) != 0);
        }
    }
}
