package dev.microvisor.emulator.system;

import dev.microvisor.emulator.guest.Timed;

/**
 * The SysTick timer. One instruction is one processor clock; with CLKSOURCE clear it counts every
 * eighth.
 */
final class SysTick {
    private static final int ENABLE = 1;
    private static final int TICKINT = 2;
    private static final int CLKSOURCE = 4;
    private static final int COUNTFLAG = 1 << 16;
    private static final int MAX = 0xFF_FFFF;

    private int control;
    private int reload;

    /** While stopped: the counter. */
    private int stoppedAt;

    /** While running: when the counter next becomes zero, in processor clocks. */
    private long nextZero = Timed.NEVER;

    void reset() {
        control = 0;
        reload = 0;
        stoppedAt = 0;
        nextZero = Timed.NEVER;
    }

    private int divider() {
        return (control & CLKSOURCE) != 0 ? 1 : 8;
    }

    private boolean running() {
        return (control & ENABLE) != 0;
    }

    int readControl() {
        int value = control;
        control &= ~COUNTFLAG;
        return value;
    }

    int peekControl() {
        return control;
    }

    void writeControl(int value, long now) {
        int counter = counter(now);
        control = (control & COUNTFLAG) | (value & (ENABLE | TICKINT | CLKSOURCE));
        stoppedAt = counter;
        schedule(now, counter);
    }

    int reload() {
        return reload;
    }

    void writeReload(int value, long now) {
        int counter = counter(now);
        boolean wasStuck = running() && nextZero == Timed.NEVER;
        reload = value & MAX;
        if (wasStuck) {
            schedule(now, counter);
        }
    }

    /** Any write clears the counter, which reloads at the next clock. */
    void writeCounter(long now) {
        control &= ~COUNTFLAG;
        stoppedAt = 0;
        schedule(now, 0);
    }

    int counter(long now) {
        if (!running() || nextZero == Timed.NEVER) {
            return stoppedAt;
        }
        long left = (nextZero - now + divider() - 1) / divider();
        return left > reload ? 0 : (int) left;
    }

    private void schedule(long now, int counter) {
        if (!running() || (counter == 0 && reload == 0)) {
            nextZero = Timed.NEVER;
            return;
        }
        long clocks = counter == 0 ? reload + 1L : counter;
        nextZero = now + clocks * divider();
    }

    long nextEvent() {
        return nextZero;
    }

    /** Counts to zero as often as is due; true when the interrupt becomes pending. */
    boolean advance(long now) {
        boolean interrupt = false;
        while (nextZero <= now) {
            control |= COUNTFLAG;
            interrupt |= (control & TICKINT) != 0;
            if (reload == 0) {
                nextZero = Timed.NEVER;
                stoppedAt = 0;
            } else {
                long period = (reload + 1L) * divider();
                // Skips whole periods when the core slept long.
                nextZero += period * Math.max(1, (now - nextZero) / period);
            }
        }
        return interrupt;
    }

    /** The timer's state. */
    record State(int control, int reload, int stoppedAt, long nextZero) {}

    State save() {
        return new State(control, reload, stoppedAt, nextZero);
    }

    void restore(State state) {
        control = state.control();
        reload = state.reload();
        stoppedAt = state.stoppedAt();
        nextZero = state.nextZero();
    }
}
