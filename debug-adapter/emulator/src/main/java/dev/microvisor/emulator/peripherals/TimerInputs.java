package dev.microvisor.emulator.peripherals;

import java.util.Map;
import java.util.function.IntSupplier;

/** What edges at a timer's inputs do beside captures: the slave modes of SMCR. */
final class TimerInputs {
    private static final int SLAVE_MODE = 1 << 16 | 7;
    private static final int TI1_EDGES = 4;
    private static final int TI1FP1 = 5;

    /** Timers by the values of TS that select their TRGO, the same for all slaves. */
    private static final Map<Integer, String> MASTERS =
            Map.of(0, "TIM1", 1, "TIM2", 2, "TIM3", 3, "TIM4", 8, "TIM5", 9, "TIM8", 10, "TIM15");

    private final IntSupplier smcr;
    private final IntSupplier ccer;

    TimerInputs(IntSupplier smcr, IntSupplier ccer) {
        this.smcr = smcr;
        this.ccer = ccer;
    }

    /** Slave modes by what they do. */
    enum Mode {
        NONE,
        /** Encoder modes 1 to 3: edges count up or down. */
        ENCODER,
        /** The trigger restarts the counter. */
        RESET,
        /** The trigger starts the counter. */
        START,
        /** The trigger restarts the counter and starts it. */
        RESET_AND_START,
        /** External clock mode 1: the trigger is the clock. */
        CLOCK,
        NOT_EMULATED
    }

    Mode mode() {
        return switch (smcr.getAsInt() & SLAVE_MODE) {
            case 0 -> Mode.NONE;
            case 1, 2, 3 -> Mode.ENCODER;
            case 4 -> Mode.RESET;
            case 6 -> Mode.START;
            case 7 -> Mode.CLOCK;
            case 1 << 16 -> Mode.RESET_AND_START;
            default -> Mode.NOT_EMULATED;
        };
    }

    /** True when the counter counts edges, and not time. */
    boolean areClock() {
        return mode() == Mode.ENCODER || mode() == Mode.CLOCK;
    }

    /** True for an edge that a channel's polarity asks for. */
    boolean wantsEdge(int channel, boolean rising) {
        int settings = ccer.getAsInt() >>> (4 * channel);
        boolean both = isInverted(channel) && (settings & 8) != 0;
        return both || isInverted(channel) != rising;
    }

    private boolean isInverted(int channel) {
        return (ccer.getAsInt() >>> (4 * channel) & 2) != 0;
    }

    /** True when the trigger that TS selects is TRGO of another timer. */
    boolean listensTo(String timer) {
        int selected = (smcr.getAsInt() >>> 4 & 7) | (smcr.getAsInt() >>> 20 & 3) << 3;
        return timer.equals(MASTERS.get(selected))
                && mode() != Mode.NONE
                && mode() != Mode.ENCODER
                && mode() != Mode.NOT_EMULATED;
    }

    /** True when an edge is one of the trigger that TS selects. */
    boolean triggers(int input, boolean rising) {
        int selected = (smcr.getAsInt() >>> 4 & 7) | (smcr.getAsInt() >>> 20 & 3) << 3;
        return (selected == TI1_EDGES && input == 0)
                || (selected == TI1FP1 + input && wantsEdge(input, rising));
    }

    /** True when an encoder's edge at input 0 or 1 is counted in this mode. */
    boolean counts(int input) {
        int mode = smcr.getAsInt() & 3;
        return mode == 3 || mode == input + 1;
    }

    /**
     * The direction of an encoder's edge, from the level of the other input.
     *
     * @param otherHigh level at the other of inputs 0 and 1
     */
    boolean isUp(int input, boolean rising, boolean otherHigh) {
        boolean own = rising != isInverted(input);
        boolean other = otherHigh != isInverted(input ^ 1);
        return input == 0 ? own != other : own == other;
    }
}
