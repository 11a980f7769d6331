package dev.microvisor.emulator.peripherals;

import java.util.function.IntUnaryOperator;

/** The three analog watchdogs of a converter: which flags of ISR a result raises. */
record AdcWatchdogs(AdcKind kind, IntUnaryOperator register) {
    private static final int CFGR1 = 0x0C;
    private static final int AWD2CR = 0xA0;
    private static final int LTR1 = 0xA8;
    private static final int AWD1SGL = 1 << 22;
    private static final int AWD1EN = 1 << 23;
    private static final int JAWD1EN = 1 << 24;
    private static final int FIRST_FLAG = 7;

    /** Where ADC4 keeps both thresholds of each. */
    private static final int[] TR = {0x20, 0x24, 0x2C};

    /** 25 bits of ADC1, twelve of ADC4. */
    private static final int WIDE = 0x1FF_FFFF;

    private static final int NARROW = 0xFFF;

    /**
     * The flags for a result.
     *
     * @param value in steps of the full resolution
     */
    int flags(int channel, int value, boolean injected) {
        int flags = 0;
        for (int i = 0; i < TR.length; i++) {
            if (guards(i, channel, injected) && (value < low(i) || value > high(i))) {
                flags |= 1 << (FIRST_FLAG + i);
            }
        }
        return flags;
    }

    private boolean guards(int watchdog, int channel, boolean injected) {
        if (watchdog > 0) {
            return (register.applyAsInt(AWD2CR + 4 * (watchdog - 1)) >>> channel & 1) != 0;
        }
        int settings = register.applyAsInt(CFGR1);
        boolean on = (settings & (injected ? JAWD1EN : AWD1EN)) != 0;
        return on && ((settings & AWD1SGL) == 0 || (settings >>> 26 & 0x1F) == channel);
    }

    private int low(int watchdog) {
        return kind == AdcKind.ADC1
                ? register.applyAsInt(LTR1 + 8 * watchdog) & WIDE
                : register.applyAsInt(TR[watchdog]) & NARROW;
    }

    private int high(int watchdog) {
        return kind == AdcKind.ADC1
                ? register.applyAsInt(LTR1 + 4 + 8 * watchdog) & WIDE
                : register.applyAsInt(TR[watchdog]) >>> 16 & NARROW;
    }
}
