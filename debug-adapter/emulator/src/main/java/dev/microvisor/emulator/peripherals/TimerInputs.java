package dev.microvisor.emulator.peripherals;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/** What edges at a timer's inputs do beside captures: the slave modes of SMCR. */
final class TimerInputs {
    private static final int SLAVE_MODE = 1 << 16 | 7;
    private static final int TI1_EDGES = 4;
    private static final int TI1FP1 = 5;

    /** Timers by the values of TS that select their TRGO, the same for all slaves. */
    private static final Map<Integer, String> MASTERS =
            Map.of(0, "TIM1", 1, "TIM2", 2, "TIM3", 3, "TIM4", 8, "TIM5", 9, "TIM8", 10, "TIM15");

    /** The place of another timer's TRGO among the levels of inputs. */
    static final int TRGO = 8;

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
        /** The counter counts while the trigger is high. */
        GATED,
        /** The same, and the end of that restarts it. */
        GATED_AND_RESET,
        /** External clock mode 1: the trigger is the clock. */
        CLOCK,
        NOT_EMULATED
    }

    Mode mode() {
        return switch (smcr.getAsInt() & SLAVE_MODE) {
            case 0 -> Mode.NONE;
            case 1, 2, 3 -> Mode.ENCODER;
            case 4 -> Mode.RESET;
            case 5 -> gate() >= 0 ? Mode.GATED : Mode.NOT_EMULATED;
            case 6 -> Mode.START;
            case 7 -> Mode.CLOCK;
            case 1 << 16 -> Mode.RESET_AND_START;
            case 1 << 16 | 1 -> gate() >= 0 ? Mode.GATED_AND_RESET : Mode.NOT_EMULATED;
            default -> Mode.NOT_EMULATED;
        };
    }

    private int selected() {
        return (smcr.getAsInt() >>> 4 & 7) | (smcr.getAsInt() >>> 20 & 3) << 3;
    }

    /**
     * The input whose level is the trigger, 0 or 1; {@link #TRGO} when it is another timer's; -1
     * when it is something else.
     */
    private int gate() {
        int input = selected() - TI1FP1;
        if (input == 0 || input == 1) {
            return input;
        }
        return master().isPresent() ? TRGO : -1;
    }

    /** The timer whose TRGO is selected. */
    Optional<String> master() {
        return Optional.ofNullable(MASTERS.get(selected()));
    }

    /** True when a trigger of this mode, or its end, restarts the counter. */
    boolean restarts() {
        Mode mode = mode();
        return mode == Mode.RESET || mode == Mode.RESET_AND_START || mode == Mode.GATED_AND_RESET;
    }

    /** True when a trigger starts the counter. */
    boolean start() {
        return mode() == Mode.START || mode() == Mode.RESET_AND_START;
    }

    /** True when an edge of a trigger does something. */
    boolean actOnTrigger() {
        return mode() == Mode.CLOCK || start() || (restarts() && !isGated());
    }

    private boolean isGated() {
        return mode() == Mode.GATED || mode() == Mode.GATED_AND_RESET;
    }

    /** True for an input that lets the counter count or not. */
    boolean isGate(int input) {
        return isGated() && input == gate();
    }

    /**
     * True unless the trigger keeps the counter from counting.
     *
     * @param levels of the inputs, the first in bit 0, TRGO in its own
     */
    boolean letCount(int levels) {
        if (!isGated()) {
            return true;
        }
        boolean inverted = gate() != TRGO && isInverted(gate());
        return (levels >>> gate() & 1) != 0 != inverted;
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

    private boolean isMaster(String timer) {
        return timer.equals(MASTERS.get(selected()));
    }

    /** True when TRGO of another timer, which TS selects, lets the counter count or not. */
    boolean isGatedBy(String timer) {
        return isMaster(timer) && isGated();
    }

    /** True when TRGO of another timer, which TS selects, does something. */
    boolean listensTo(String timer) {
        return isMaster(timer) && (actOnTrigger() || isGated());
    }

    /** True when an edge is one of the trigger that TS selects. */
    boolean triggers(int input, boolean rising) {
        return (selected() == TI1_EDGES && input == 0)
                || (selected() == TI1FP1 + input && wantsEdge(input, rising));
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
