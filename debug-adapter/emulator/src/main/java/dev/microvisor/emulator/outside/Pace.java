package dev.microvisor.emulator.outside;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes virtual time go no faster than real time. It never makes it go faster: a host that is too
 * slow is left behind.
 */
final class Pace {
    /** A host that has fallen behind by more is forgiven, so that it need not hurry afterwards. */
    private static final long FORGIVEN_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int clockHz;

    /** Real and virtual time at which both were equal; 0 before the first use. */
    private long realStart;

    private long virtualStart;

    Pace(int clockHz) {
        this.clockHz = clockHz;
    }

    long nanos(long instructions) {
        long second = TimeUnit.SECONDS.toNanos(1);
        return instructions / clockHz * second + instructions % clockHz * second / clockHz;
    }

    long instructions(long nanos) {
        long second = TimeUnit.SECONDS.toNanos(1);
        return nanos / second * clockHz + nanos % second * clockHz / second;
    }

    /** Time went at its own pace until now. */
    void restart() {
        realStart = 0;
    }

    /** Waits until real time has come as far as virtual time. */
    void keep(long now) {
        long real = System.nanoTime();
        long ahead = nanos(now - virtualStart) - (real - realStart);
        if (realStart == 0 || ahead < -FORGIVEN_NS || now < virtualStart) {
            realStart = real;
            virtualStart = now;
        } else if (ahead > 0) {
            LockSupport.parkNanos(ahead);
        }
    }
}
