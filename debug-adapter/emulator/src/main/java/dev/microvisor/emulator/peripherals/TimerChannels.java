package dev.microvisor.emulator.peripherals;

import java.util.function.Supplier;

/** What the channels of a timer are set to. Channel 1 has the number 0. */
record TimerChannels(TimerKind kind, Supplier<RegisterBank> bank) {
    private static final int CCMR1 = TimerRegisters.CCMR1;
    private static final int CCR1 = TimerRegisters.CCR1;

    /** CCxIF in SR. */
    static int flag(int channel) {
        return 1 << (1 + channel);
    }

    /** CCxS: 0 for an output, 1 for its own input, 2 for its neighbour's. */
    int selection(int channel) {
        return bank.get().get(CCMR1 + 4 * (channel / 2)) >>> (8 * (channel % 2)) & 3;
    }

    boolean isOutput(int channel) {
        return selection(channel) == 0;
    }

    long compareValue(int channel) {
        return Integer.toUnsignedLong(bank.get().get(CCR1 + 4 * channel) & kind.maximum());
    }
}
