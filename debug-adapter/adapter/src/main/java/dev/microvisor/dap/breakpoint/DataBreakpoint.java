package dev.microvisor.dap.breakpoint;

import dev.microvisor.dap.motion.Stop;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee;
import java.util.List;
import java.util.Optional;

/** A breakpoint on memory. Mutable: it counts its hits. Belongs to the machine's thread. */
public final class DataBreakpoint {
    private final Debuggee.Watch watch;
    private final String label;
    private final CodeBreakpoint.Wish wish;
    private final Optional<HitCondition> hitCondition;
    private long hits;

    /**
     * @param label what is watched, for people
     */
    public DataBreakpoint(Debuggee.Watch watch, String label, CodeBreakpoint.Wish wish) {
        this.watch = watch;
        this.label = label;
        this.wish = wish;
        this.hitCondition = HitCondition.parse(wish.hitCondition());
    }

    Debuggee.Watch watch() {
        return watch;
    }

    boolean passes(Conditions conditions) {
        if (!holds(conditions)) {
            return false;
        }
        hits++;
        return hitCondition.map(c -> c.holds(hits)).orElse(true);
    }

    /** Whether its condition holds now; nothing is counted. */
    boolean holds(Conditions conditions) {
        try {
            return wish.condition().isEmpty() || conditions.isTrue(wish.condition());
        } catch (Conditions.ConditionFailed e) {
            return true; // The user sees that it stopped and can look at the condition.
        }
    }

    Stop stop(StopReason.Watchpoint touched) {
        return Stop.breakpoint(
                "data breakpoint",
                label + " was " + (touched.write() ? "written" : "read"),
                List.of(watch.id()));
    }
}
