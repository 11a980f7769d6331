package dev.microvisor.dap.motion;

import dev.microvisor.emulator.guest.StopReason;
import java.util.List;
import java.util.Optional;

/**
 * Why the firmware stands still.
 *
 * @param reason a reason of the Debug Adapter Protocol
 * @param description one line for people
 * @param breakpointIds breakpoints that were hit
 * @param cause what the machine said, when that adds something
 * @param over true when the firmware cannot go on: it crashed, exited or sleeps for ever
 */
public record Stop(
        String reason,
        String description,
        List<Integer> breakpointIds,
        Optional<StopReason> cause,
        boolean over) {
    public Stop {
        breakpointIds = List.copyOf(breakpointIds);
    }

    public static Stop step() {
        return of("step", "Stepped");
    }

    /** Nothing earlier can be reached. */
    public static Stop historyBegins(long instruction) {
        return of(
                "entry",
                instruction == 0
                        ? "History begins here, at reset"
                        : "History begins here, at instruction "
                                + instruction
                                + ": what was before is forgotten, because too much was changed"
                                + " by hand since");
    }

    public static Stop of(String reason, String description) {
        return new Stop(reason, description, List.of(), Optional.empty(), false);
    }

    public static Stop breakpoint(String reason, String description, List<Integer> ids) {
        return new Stop(reason, description, ids, Optional.empty(), false);
    }
}
