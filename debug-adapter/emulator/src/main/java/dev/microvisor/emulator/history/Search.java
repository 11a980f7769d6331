package dev.microvisor.emulator.history;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.emulator.machine.Registers;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for earlier points of a run by running stretches of it again, the nearest first.
 *
 * <p>A stretch is run until the first hit only. When there is one, its later half is tried next,
 * and so on: so a place that the program comes by all the time costs no more than one that it came
 * by once.
 */
final class Search {
    /** A stretch of this length is no longer halved: all hits in it are looked at. */
    static final long SHORT = 100;

    /** So far before a step back a state is kept, because the next step back will be there. */
    private static final long STEPS_BACK = 1_000;

    /** Length of the first stretch: most of what people look for is just behind them. */
    private static final long FIRST = 4_000;

    /** The longest stretch run in one go, so that progress is told and memory bounded. */
    private static final long LONGEST = 32_000_000;

    private final History history;
    private final Machine machine;
    private final Moments moments;
    private final Stretches stretches;

    /** Instructions run again in the present search. */
    private long replayed;

    Search(History history, Machine machine, Moments moments, Stretches stretches) {
        this.history = history;
        this.machine = machine;
        this.moments = moments;
        this.stretches = stretches;
    }

    /** Where a search ended and why. */
    record Found(Position position, StopReason reason) {}

    /**
     * What is looked for.
     *
     * @param origin where the search begins, which is not what it looks for
     */
    record Sought(
            Position origin, Set<Integer> addresses, Set<Debuggee.Watch> watches, Wanted wanted) {}

    // ---------------------------------------------------------------- one instruction

    /** The point just before the present one; empty where history begins. */
    Optional<Position> before() {
        Position here = Position.of(machine);
        replay(here.instruction() - 1);
        Position previous = null;
        boolean asleep = false;
        Position at = Position.of(machine);
        while (!at.equals(here)) {
            previous = at;
            asleep = machine.isSleeping();
            machine.step();
            at = Position.of(machine);
            if (at.instruction() > here.instruction()) {
                throw new IllegalStateException("a replay went another way before " + here);
            }
        }
        return asleep ? fallingAsleep(previous) : Optional.ofNullable(previous);
    }

    /** The instruction that began the sleep in which a position lies. */
    private Optional<Position> fallingAsleep(Position asleep) {
        history.goTo(asleep);
        long began = machine.sleepingSince();
        if (began - 1 < history.begin()) {
            return Optional.empty();
        }
        replay(began - 1);
        Position before = null;
        while (!machine.isSleeping()) {
            before = Position.of(machine);
            machine.step();
        }
        return Optional.ofNullable(before);
    }

    /** Goes to an instruction, with a state on the way for the next time. */
    private void replay(long instruction) {
        history.restoreAtOrBefore(instruction);
        long rest = instruction - machine.now();
        if (rest > 2 * STEPS_BACK) {
            history.replayTo(instruction - STEPS_BACK);
            history.rememberNearby();
        }
        history.replayTo(instruction);
    }

    // ---------------------------------------------------------------- breakpoints and such

    /** The last wanted stop before the present point, or where history begins. */
    Found last(Sought sought) {
        Position here = Position.of(machine);
        history.takePause();
        try {
            Found found = lastBefore(here, sought);
            return isPaused(found) ? new Found(here, found.reason()) : found;
        } finally {
            machine.compile(true);
        }
    }

    private Found lastBefore(Position here, Sought sought) {
        Position end = here;
        long length = FIRST;
        replayed = 0;
        while (true) {
            while (!end.equals(history.first()) && !mayHoldBefore(end, sought)) {
                end = moments.get(stretchBefore(end)).position();
            }
            if (end.equals(history.first())) {
                return new Found(end, new StopReason.LimitReached());
            }
            Position start = goBefore(end, length, floor(end, length, sought));
            Found found =
                    history.takePause()
                            ? new Found(end, new StopReason.Paused())
                            : lastIn(start, end, sought);
            if (found != null) {
                return found;
            }
            if (start.equals(history.first())) {
                return new Found(start, new StopReason.LimitReached());
            }
            history.progress()
                    .searched(
                            here.instruction() - start.instruction(),
                            here.instruction() - history.begin());
            end = start;
            length = Math.min((length < history.interval() ? 4 : 2) * length, LONGEST);
        }
    }

    /** Index of the youngest remembered state of an earlier instruction, or of the first. */
    private int stretchBefore(Position end) {
        return Math.max(0, moments.indexAtOrBefore(end.instruction() - 1));
    }

    /**
     * Whether what is sought may have happened between {@link #stretchBefore} and a position. Other
     * states of the same instruction, before or after exceptions that it takes, are in between.
     */
    private boolean mayHoldBefore(Position end, Sought sought) {
        int last = moments.indexAtOrBefore(end.instruction());
        for (int i = stretchBefore(end); i <= last; i++) {
            if (!moments.get(i).position().equals(end) && stretches.mayHold(i, sought)) {
                return true;
            }
        }
        return false;
    }

    /** How far back all stretches have to be looked at; a little more than {@code length}. */
    private long floor(Position end, long length, Sought sought) {
        int first = stretchBefore(end);
        long enough = end.instruction() - length;
        while (first > 0
                && moments.get(first).position().instruction() > enough
                && stretches.mayHold(first - 1, sought)) {
            first--;
        }
        return moments.get(first).position().instruction();
    }

    /** Goes back by so many instructions, or a little more where a state is remembered there. */
    private Position goBefore(Position end, long length, long floor) {
        long target = Math.max(end.instruction() - length, floor);
        Position start = history.restoreAtOrBefore(target);
        if (length < history.interval() && start.instruction() + length < target) {
            machine.compile(true);
            history.replayTo(target);
            history.rememberNearby();
            start = Position.of(machine);
        }
        return start;
    }

    /** The last hit in a stretch; the machine stands at its start. */
    private Found lastIn(Position start, Position end, Sought sought) {
        // What is looked for only now need not divide compiled code, as long as that is not slower.
        replayed += end.instruction() - start.instruction();
        machine.compile(replayed > 2 * history.interval());
        Found first = next(end, sought, true);
        return first == null || isPaused(first) ? first : lastAfter(first, start, end, sought);
    }

    private static boolean isPaused(Found found) {
        return found.reason() instanceof StopReason.Paused;
    }

    /** The last hit in a stretch whose first one is known; the machine stands there. */
    private Found lastAfter(Found firstHit, Position start, Position until, Sought sought) {
        Found best = firstHit;
        Position end = until;
        long known = start.instruction();
        while (end.instruction() - Math.max(known, best.position().instruction()) > SHORT) {
            long low = Math.max(known, best.position().instruction());
            long middle = low + (end.instruction() - low) / 2;
            history.restoreAtOrBefore(middle);
            StopReason reason = history.replayTo(middle);
            if (reason instanceof StopReason.Paused) {
                return new Found(end, reason);
            }
            history.rememberNearby();
            Position half = Position.of(machine);
            Found later = next(end, sought, true);
            if (later == null) {
                end = half;
            } else if (isPaused(later)) {
                return later;
            } else {
                known = half.instruction();
                best = later;
            }
        }
        return lastOfFew(best, end, sought);
    }

    /** Looks at all hits from a known one on. */
    private Found lastOfFew(Found known, Position end, Sought sought) {
        history.goTo(known.position());
        if (history.takePause()) {
            return new Found(end, new StopReason.Paused());
        }
        Found best = known;
        while (true) {
            Found later = next(end, sought, false);
            if (later == null) {
                return best;
            }
            if (isPaused(later)) {
                return later;
            }
            best = later;
        }
    }

    /**
     * Runs to the next wanted stop.
     *
     * @param here whether where the machine stands counts, too
     * @return null when there is none before {@code end}
     */
    private Found next(Position end, Sought sought, boolean here) {
        machine.setBreakpoints(sought.addresses());
        machine.setWatchpoints(sought.watches());
        Found found = here ? atBreakpoint(end, sought) : null;
        int whole = begun();
        while (found == null && machine.now() < end.instruction()) {
            StopReason reason = history.replayStretch(Math.min(end.instruction(), nextMoment()));
            if (reason instanceof StopReason.Paused) {
                return new Found(end, reason);
            }
            if (reason instanceof StopReason.LimitReached) {
                whole = ended(whole);
                // A stretch that ends at a breakpoint by chance does not stop there.
                found = atBreakpoint(end, sought);
            } else if (reason instanceof StopReason.IdleForGood
                    || reason instanceof StopReason.Exited) {
                return null;
            } else if (!Position.of(machine).equals(sought.origin())
                    && sought.wanted().test(reason)) {
                // What an access or a fault led to belongs to the stretch that it ended, too.
                found = new Found(Position.of(machine), reason);
            }
        }
        while (found == null
                && machine.now() == end.instruction()
                && !Position.of(machine).equals(end)) {
            if (machine.step() instanceof StopReason.Paused) {
                return new Found(end, new StopReason.Paused());
            }
            found = atBreakpoint(end, sought);
        }
        return found;
    }

    /** Instruction number of the next remembered state. */
    private long nextMoment() {
        int next = moments.indexAtOrBefore(machine.now()) + 1;
        return next < moments.size() ? moments.get(next).position().instruction() : Long.MAX_VALUE;
    }

    /** From here on it is noted what runs: index of the remembered state of this place, or -1. */
    private int begun() {
        stretches.leave(false);
        int here = moments.indexAtOrBefore(machine.now());
        return here >= 0 && moments.get(here).position().equals(Position.of(machine)) ? here : -1;
    }

    /** A stretch that was run from its beginning to its end is known better now. */
    private int ended(int began) {
        int here = moments.indexAtOrBefore(machine.now());
        boolean atMoment = here > 0 && moments.get(here).position().equals(Position.of(machine));
        if (began >= 0 && atMoment && here == began + 1) {
            stretches.ranAgain(here);
            return here;
        }
        return began >= 0 && here == began ? began : begun();
    }

    private Found atBreakpoint(Position end, Sought sought) {
        Position at = Position.of(machine);
        int pc = machine.registers().get(Registers.PC);
        if (at.equals(end) || !sought.addresses().contains(pc)) {
            return null;
        }
        StopReason reason = new StopReason.Breakpoint(pc);
        return sought.wanted().test(reason) ? new Found(at, reason) : null;
    }
}
