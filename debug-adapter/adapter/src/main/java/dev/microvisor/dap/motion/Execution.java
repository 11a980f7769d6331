package dev.microvisor.dap.motion;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.emulator.machine.Registers;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Runs the machine in slices with the user's breakpoints and those that a motion needs. Belongs to
 * the machine's thread.
 */
public final class Execution {
    /** About a millisecond of the interpreter: how late a request may be served while running. */
    static final long SLICE_INSTRUCTIONS = 150_000;

    private final Debuggee machine;
    private final BooleanSupplier crashed;
    private UserStops user;
    private Set<Integer> temporary = Set.of();
    private Set<Debuggee.Watch> temporaryWatches = Set.of();
    private Set<Integer> set = Set.of();
    private Set<Debuggee.Watch> watched = Set.of();

    /**
     * @param crashed true when the firmware did not handle the fault that ended a run
     */
    public Execution(Debuggee machine, UserStops user, BooleanSupplier crashed) {
        this.machine = machine;
        this.crashed = crashed;
        this.user = user;
    }

    public Debuggee machine() {
        return machine;
    }

    public void use(UserStops stops) {
        user = stops;
    }

    int pc() {
        return machine.registers().get(Registers.PC);
    }

    int sp() {
        return machine.registers().get(Registers.SP);
    }

    /** Number of the exception being handled, 0 in thread mode. */
    int exception() {
        return machine.registers().xpsr() & 0x1FF;
    }

    /** Addresses at which {@link #slice()} answers {@link Outcome#ARRIVED}. */
    public void aimAt(Set<Integer> addresses) {
        aimAt(addresses, Set.of());
    }

    /** The same, and ranges whose access stops, besides those of the user. */
    public void aimAt(Set<Integer> addresses, Set<Debuggee.Watch> ranges) {
        temporary = Set.copyOf(addresses);
        temporaryWatches = Set.copyOf(ranges);
    }

    /** How a slice ended. */
    public enum Outcome {
        /** Nothing happened; go on. */
        GOES_ON,
        /** The PC is at one of the addresses aimed at. */
        ARRIVED,
        /** There is a stop. */
        STOPPED
    }

    /**
     * @param stop present when and only when stopped
     */
    public record Slice(Outcome outcome, Optional<Stop> stop) {
        static final Slice GOES_ON = new Slice(Outcome.GOES_ON, Optional.empty());
        static final Slice ARRIVED = new Slice(Outcome.ARRIVED, Optional.empty());

        static Slice stopped(Stop stop) {
            return new Slice(Outcome.STOPPED, Optional.of(stop));
        }
    }

    /** Runs for about a millisecond. */
    public Slice slice() {
        arm();
        long before = machine.now();
        StopReason reason = machine.run(before + SLICE_INSTRUCTIONS);
        return judge(reason, machine.now() != before);
    }

    /** Runs for about a millisecond, at most to an instruction number, past all breakpoints. */
    Slice slicePast(long instruction) {
        machine.setBreakpoints(Set.of());
        machine.setWatchpoints(Set.of());
        set = Set.of();
        watched = Set.of();
        long before = machine.now();
        StopReason reason = machine.run(Math.min(before + SLICE_INSTRUCTIONS, instruction));
        return reason instanceof StopReason.Event
                ? Slice.GOES_ON
                : judge(reason, machine.now() != before);
    }

    /** Executes one instruction or takes one exception. */
    public Slice step() {
        arm();
        long before = machine.now();
        StopReason reason = machine.step();
        // A pause may be left over from a request that came while nothing ran.
        while (reason instanceof StopReason.Paused && machine.now() == before) {
            reason = machine.step();
        }
        return judge(reason, true);
    }

    private void arm() {
        Set<Integer> wanted = new HashSet<>(user.addresses());
        wanted.addAll(temporary);
        if (!wanted.equals(set)) {
            machine.setBreakpoints(wanted);
            set = wanted;
        }
        Set<Debuggee.Watch> watches = new HashSet<>(user.watches());
        watches.addAll(temporaryWatches);
        if (!watches.equals(watched)) {
            machine.setWatchpoints(watches);
            watched = Set.copyOf(watches);
        }
    }

    private Slice judge(StopReason reason, boolean moved) {
        if (reason instanceof StopReason.Watchpoint watchpoint) {
            int id = watchpoint.watchpointId();
            if (temporaryWatches.stream().anyMatch(watch -> watch.id() == id)) {
                return Slice.stopped(
                        new Stop(
                                "data breakpoint",
                                reason.text(),
                                List.of(),
                                Optional.of(reason),
                                false));
            }
            return user.touched(watchpoint).map(Slice::stopped).orElse(Slice.GOES_ON);
        }
        if (reason instanceof StopReason.Event event) {
            return user.happened(event).map(Slice::stopped).orElse(Slice.GOES_ON);
        }
        if (reason instanceof StopReason.Fault fault) {
            // A fault that has only just happened may still be handled by the firmware.
            return crashed.getAsBoolean()
                    ? Slice.stopped(ended("exception", fault, true))
                    : user.faulted(fault).map(Slice::stopped).orElse(Slice.GOES_ON);
        }
        if (reason instanceof StopReason.Exited exited) {
            return Slice.stopped(ended("exit", exited, true));
        }
        if (reason instanceof StopReason.IdleForGood idle) {
            return Slice.stopped(ended("pause", idle, true));
        }
        // A slice may end just before an instruction that has a breakpoint; the next one would
        // then pass it.
        int pc = pc();
        if (moved && set.contains(pc)) {
            if (user.addresses().contains(pc)) {
                Optional<Stop> stop = user.at(pc);
                if (stop.isPresent()) {
                    return Slice.stopped(stop.get());
                }
            }
            if (temporary.contains(pc)) {
                return Slice.ARRIVED;
            }
        }
        return Slice.GOES_ON;
    }

    private static Stop ended(String dapReason, StopReason cause, boolean over) {
        return new Stop(dapReason, cause.text(), List.of(), Optional.of(cause), over);
    }
}
