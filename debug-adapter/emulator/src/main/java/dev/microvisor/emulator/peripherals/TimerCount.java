package dev.microvisor.emulator.peripherals;

/**
 * Where a timer's counter is, and what it counts with now: prescaler and, when preloaded,
 * auto-reload take effect at an update.
 *
 * <p>A counter goes round a cycle: 0 to auto-reload upwards, auto-reload to 0 downwards, or up and
 * down again when it is centre-aligned. The phase is how far round it is.
 *
 * @param at instruction number at which the counter had the phase
 * @param repetitions overflows that still pass before one makes an update
 */
record TimerCount(
        Shape shape, long at, long phase, long prescaler, long autoReload, long repetitions) {
    /** Which way round. */
    enum Shape {
        UP,
        DOWN,
        CENTRE
    }

    long cycle() {
        return shape == Shape.CENTRE ? Math.max(1, 2 * autoReload) : autoReload + 1;
    }

    long instructionsPerTick() {
        return prescaler + 1;
    }

    /** Value of the counter. */
    long value() {
        return switch (shape) {
            case UP -> phase;
            case DOWN -> autoReload - phase;
            case CENTRE -> phase <= autoReload ? phase : 2 * autoReload - phase;
        };
    }

    /** Ticks from now to the next overflow or underflow. */
    long ticksToOverflow() {
        long end = shape == Shape.CENTRE && phase < autoReload ? autoReload : cycle();
        return Math.max(1, end - phase);
    }

    /** Ticks from one overflow or underflow to the next one. */
    long ticksBetweenOverflows() {
        return shape == Shape.CENTRE ? Math.max(1, autoReload) : cycle();
    }

    /**
     * Ticks until the counter next becomes equal to a value; a larger one counts as an overflow.
     */
    long ticksToValue(long value) {
        if (value > autoReload) {
            return ticksToOverflow();
        }
        long meets = shape == Shape.DOWN ? autoReload - value : value;
        long ticks = ahead(meets);
        return shape == Shape.CENTRE && value != 0
                ? Math.min(ticks, ahead(2 * autoReload - value))
                : ticks;
    }

    /** Ticks until a phase comes, one at least. */
    private long ahead(long wanted) {
        long ticks = Math.floorMod(wanted - phase, cycle());
        return ticks == 0 ? cycle() : ticks;
    }

    /** Whole ticks that have passed until an instruction. */
    long ticksUntil(long now) {
        return (now - at) / instructionsPerTick();
    }

    /** The same counter so many ticks later, the settings unchanged. */
    TimerCount after(long ticks) {
        return new TimerCount(
                shape,
                at + ticks * instructionsPerTick(),
                (phase + ticks) % cycle(),
                prescaler,
                autoReload,
                repetitions);
    }

    /** Stopped until now. */
    TimerCount movedTo(long now) {
        return new TimerCount(shape, now, phase, prescaler, autoReload, repetitions);
    }

    TimerCount withRepetitions(long left) {
        return new TimerCount(shape, at, phase, prescaler, autoReload, left);
    }

    TimerCount withAutoReload(long value) {
        return new TimerCount(shape, at, phase, prescaler, value, repetitions);
    }

    /** The same value of the counter, going another way round. */
    TimerCount withShape(Shape other) {
        long phaseThere = other == Shape.DOWN ? Math.max(0, autoReload - value()) : value();
        return new TimerCount(other, at, phaseThere, prescaler, autoReload, repetitions);
    }

    TimerCount withValue(long now, long value) {
        long phaseThere = shape == Shape.DOWN ? Math.max(0, autoReload - value) : value;
        return new TimerCount(shape, now, phaseThere, prescaler, autoReload, repetitions);
    }
}
