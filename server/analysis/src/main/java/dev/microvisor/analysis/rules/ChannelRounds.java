package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.ir.Function;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Channels in static variables over the rounds of {@code main} and of tasks: what is open when a
 * round ends is still there in the next one.
 */
final class ChannelRounds {
    private ChannelRounds() {}

    /** The channels whose handle some round overwrites while they are open. */
    static List<RoundChannels.Lost> lost(Check check) {
        if (!check.program().isWhole()) {
            return List.of(); // What was not read may close anything.
        }
        Doers openers = Doers.of(check, c -> Effects.acquires(c, Effects.CHANNEL));
        Doers closers = Doers.of(check, c -> Effects.releases(c, Effects.CHANNEL));
        List<RoundChannels.Lost> lost = new ArrayList<>();
        for (Function entry : entries(check)) {
            if (!openers.may(entry)) {
                continue;
            }
            RoundCells cells = new RoundCells(check, entry, openers, closers);
            if (!cells.handles().isEmpty()) {
                lost.addAll(
                        new RoundWalk(check, cells, openers, closers).from(entry, cells.start()));
            }
        }
        return lost;
    }

    private static Set<Function> entries(Check check) {
        Set<Function> entries = new LinkedHashSet<>();
        check.program().function("main").ifPresent(entries::add);
        check.facts().graph().tasks().stream().map(CallGraph.Task::function).forEach(entries::add);
        return entries;
    }
}
