package dev.microvisor.emulator.history;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.emulator.machine.Registers;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for earlier points of a run by running stretches of it again, the nearest first. A first
 * pass over a stretch finds the last hit in it, a second one goes there.
 */
final class Search {
    private final History history;
    private final Machine machine;

    Search(History history, Machine machine) {
        this.history = history;
        this.machine = machine;
    }

    /** Where a search ended and why. */
    record Found(Position position, StopReason reason) {}

    /** The point just before the present one; empty where history begins. */
    Optional<Position> before() {
        Position here = Position.of(machine);
        Moments moments = history.moments();
        int index = Math.max(0, moments.indexAtOrBefore(here.instruction() - 1));
        history.restore(index);
        machine.setBreakpoints(Set.of());
        machine.setWatchpoints(Set.of());
        while (machine.now() < here.instruction() - 1) {
            history.replayStretch(here.instruction() - 1);
        }
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
        int index = history.moments().indexAtOrBefore(began - 1);
        if (index < 0) {
            return Optional.empty();
        }
        history.restore(index);
        machine.setBreakpoints(Set.of());
        machine.setWatchpoints(Set.of());
        while (machine.now() < began - 1) {
            history.replayStretch(began - 1);
        }
        Position before = null;
        while (!machine.isSleeping()) {
            before = Position.of(machine);
            machine.step();
        }
        return Optional.ofNullable(before);
    }

    /** The last wanted stop before the present point, or where history begins. */
    Found last(Set<Integer> addresses, History.Wanted wanted) {
        Position here = Position.of(machine);
        Position end = here;
        Moments moments = history.moments();
        int first = moments.indexAtOrBefore(here.instruction());
        for (int i = first; i >= 0; i--) {
            history.progress().searched(first - i, first + 1);
            Found found = lastBetween(i, end, addresses, wanted);
            if (found != null) {
                return found.reason() instanceof StopReason.Paused
                        ? new Found(here, found.reason())
                        : found;
            }
            end = moments.get(i).position();
        }
        return new Found(moments.first().position(), new StopReason.LimitReached());
    }

    private Found lastBetween(
            int index, Position end, Set<Integer> addresses, History.Wanted wanted) {
        history.restore(index);
        Found last = atBreakpoint(end, addresses, wanted, null);
        while (machine.now() < end.instruction()) {
            StopReason reason = history.replayStretch(end.instruction());
            if (reason instanceof StopReason.Paused) {
                return new Found(end, reason);
            }
            if (reason instanceof StopReason.LimitReached) {
                last = atBreakpoint(end, addresses, wanted, last);
            } else if (reason instanceof StopReason.IdleForGood
                    || reason instanceof StopReason.Exited) {
                return last;
            } else if (!Position.of(machine).equals(end) && wanted.test(reason)) {
                last = new Found(Position.of(machine), reason);
            }
        }
        while (machine.now() == end.instruction() && !Position.of(machine).equals(end)) {
            machine.step();
            last = atBreakpoint(end, addresses, wanted, last);
        }
        return last;
    }

    /** A stretch that ends at a breakpoint by chance does not stop there; this looks. */
    private Found atBreakpoint(
            Position end, Set<Integer> addresses, History.Wanted wanted, Found last) {
        Position at = Position.of(machine);
        int pc = machine.registers().get(Registers.PC);
        if (at.equals(end) || !addresses.contains(pc)) {
            return last;
        }
        StopReason reason = new StopReason.Breakpoint(pc);
        return wanted.test(reason) ? new Found(at, reason) : last;
    }
}
