package dev.microvisor.emulator.peripherals;

/**
 * The trigger of a GPDMA channel, as CTR2 selects it.
 *
 * @param settings of CTR2
 */
record DmaTrigger(int settings) {
    /** Lines 0 to 7 of EXTI have the first numbers. */
    static final int EXTI_LINES = 8;

    static final int RTC_ALARM_A = 18;
    static final int RTC_ALARM_B = 19;
    static final int RTC_WAKE_UP = 20;

    /** Ends of channel 0 of GPDMA1; the other channels follow. */
    static final int CHANNEL_ENDS = 22;

    /** The same of LPDMA1. */
    static final int LOW_POWER_ENDS = 38;

    private static final int LINK = 2;
    private static final int BURST = 3;

    /** The event that TRGO of a timer is; -1 for none. */
    static int ofTimer(String timer) {
        return switch (timer) {
            case "TIM2" -> 42;
            case "TIM15" -> 43;
            case "TIM3" -> 44;
            case "TIM4" -> 45;
            case "TIM5" -> 46;
            default -> -1;
        };
    }

    /**
     * The event that an output of a low-power timer is; -1 for none.
     *
     * @param channel from 0
     */
    static int ofLowPowerTimer(String timer, int channel) {
        return switch (timer) {
            case "LPTIM1" -> 11 + channel;
            case "LPTIM2" -> 13 + channel;
            case "LPTIM4" -> channel == 0 ? 15 : -1;
            default -> -1;
        };
    }

    /** True when transfers wait for events. */
    boolean isUsed() {
        int polarity = polarity();
        return polarity == 1 || polarity == 2;
    }

    private int polarity() {
        return settings >>> 24 & 3;
    }

    int selected() {
        return settings >>> 16 & 0x3F;
    }

    /** False for COMP, TAMP and others that are not emulated. */
    boolean isEmulated() {
        int event = selected();
        return event < EXTI_LINES
                || (event >= 11 && event <= 15)
                || (event >= RTC_ALARM_A && event <= RTC_WAKE_UP)
                || (event >= CHANNEL_ENDS && event <= 46);
    }

    private int mode() {
        return settings >>> 14 & 3;
    }

    /** True when data wait for events: each block, or each burst. */
    boolean isForData() {
        return isUsed() && mode() != LINK;
    }

    /** True when the load of the next item of a linked list waits for an event. */
    boolean isForLinks() {
        return isUsed() && mode() == LINK;
    }

    /**
     * Data that an event allows.
     *
     * @param burst length of one
     */
    int allowance(int burst) {
        return mode() == BURST ? burst : Integer.MAX_VALUE;
    }

    /** Whether an edge of an event is one that this waits for. */
    boolean isHitBy(int event, boolean rising) {
        return isUsed() && selected() == event && (polarity() == 1) == rising;
    }
}
