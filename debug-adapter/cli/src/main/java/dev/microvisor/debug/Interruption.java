package dev.microvisor.debug;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The wish of a person or a build server that a command ends now: Ctrl-C, SIGTERM, a closed
 * terminal. Commands that have something to finish listen to it; the others end as any process
 * does. Safe for use by several threads.
 */
final class Interruption {
    private final Consumer<Interruption> begin;
    private Optional<Consumer<Signal>> listener = Optional.empty();
    private Optional<Signal> asked = Optional.empty();

    private Interruption(Consumer<Interruption> begin) {
        this.begin = begin;
    }

    /** Of this process, by its signals. A second one ends the process at once. */
    static Interruption ofProcess() {
        return new Interruption(Signals::tell);
    }

    /** Comes only from {@link #ask}. */
    static Interruption byHand() {
        return new Interruption(interruption -> {});
    }

    /** The signals that ask a process to end, by their POSIX numbers. */
    enum Signal {
        HUP(1),
        INT(2),
        TERM(15);

        private final int number;

        Signal(int number) {
            this.number = number;
        }

        /** What a shell shows of a process that it has ended. */
        int exitCode() {
            return ExitCodes.SIGNALLED + number;
        }

        /** Such as {@code SIGTERM}. */
        String text() {
            return "SIG" + name();
        }
    }

    /**
     * From now on, a command ends by itself when it is asked to.
     *
     * @param end told once, from another thread; at once when that has been asked already
     */
    void listen(Consumer<Signal> end) {
        Optional<Signal> before;
        synchronized (this) {
            listener = Optional.of(end);
            before = asked;
        }
        before.ifPresent(end);
        begin.accept(this);
    }

    /** Asks the command to end. */
    void ask(Signal signal) {
        Optional<Consumer<Signal>> told;
        synchronized (this) {
            if (asked.isPresent()) {
                return;
            }
            asked = Optional.of(signal);
            told = listener;
        }
        told.ifPresent(end -> end.accept(signal));
    }

    /** What was asked, if anything. */
    synchronized Optional<Signal> asked() {
        return asked;
    }
}
