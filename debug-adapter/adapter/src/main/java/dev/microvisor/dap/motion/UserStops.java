package dev.microvisor.dap.motion;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee;
import java.util.Optional;
import java.util.Set;

/** Where and when the user wants to stop. */
public interface UserStops {
    /** Stops nowhere. */
    UserStops NONE =
            new UserStops() {
                @Override
                public Set<Integer> addresses() {
                    return Set.of();
                }

                @Override
                public Optional<Stop> at(int address) {
                    return Optional.empty();
                }

                @Override
                public Set<Debuggee.Watch> watches() {
                    return Set.of();
                }

                @Override
                public Optional<Stop> touched(StopReason.Watchpoint watchpoint) {
                    return Optional.empty();
                }

                @Override
                public Optional<Stop> wouldStop(StopReason reason) {
                    return Optional.empty();
                }

                @Override
                public Optional<Stop> faulted(StopReason.Fault fault) {
                    return Optional.empty();
                }

                @Override
                public Optional<Stop> happened(StopReason.Event event) {
                    return Optional.empty();
                }

                @Override
                public boolean stopsAtCalls() {
                    return false;
                }
            };

    /** Addresses of instructions before which to ask {@link #at}. */
    Set<Integer> addresses();

    /** Whether to stop at an address now: conditions, hit counts and log points are done here. */
    Optional<Stop> at(int address);

    Set<Debuggee.Watch> watches();

    Optional<Stop> touched(StopReason.Watchpoint watchpoint);

    /**
     * Whether a breakpoint or watchpoint that is passed on the way back stops: conditions hold, but
     * nothing is counted or written.
     */
    Optional<Stop> wouldStop(StopReason reason);

    /** Whether to stop at a fault that the firmware may still handle. */
    Optional<Stop> faulted(StopReason.Fault fault);

    /** Whether to stop at something that Microvisor did. */
    Optional<Stop> happened(StopReason.Event event);

    /** Whether some calls of Microvisor are such an event. */
    boolean stopsAtCalls();
}
