package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.catalog.Catalog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Channels in static variables over the rounds of {@code main} and of tasks: what is open when a
 * round ends is still there in the next one.
 */
public final class ChannelRounds {
    private final List<LostChannel> lost = new ArrayList<>();
    private final List<KeptChannel> kept = new ArrayList<>();

    /**
     * Follows the rounds of a program.
     *
     * @param facts complete
     * @param breaks flags that handlers set when a connection breaks, and only then
     */
    public ChannelRounds(Catalog catalog, Program program, Facts facts, Set<Slot> breaks) {
        if (!program.isWhole()) {
            return; // What was not read may close anything.
        }
        Subject subject = Subject.of(catalog, program, facts, breaks);
        for (Function entry : entries(subject)) {
            if (!subject.openers().may(entry)) {
                continue;
            }
            RoundCells cells = new RoundCells(subject, entry);
            if (!cells.handles().isEmpty()) {
                RoundWalk walk = new RoundWalk(subject, cells);
                lost.addAll(walk.from(entry, cells.start()));
                kept.addAll(walk.kept());
            }
        }
    }

    /** The channels whose handle some round overwrites while they are open. */
    public List<LostChannel> lost() {
        return List.copyOf(lost);
    }

    /**
     * The channels that nobody closes any more, though their handles are still there, or only if
     * the connection breaks.
     */
    public List<KeptChannel> kept() {
        return List.copyOf(kept);
    }

    private static Set<Function> entries(Subject subject) {
        Set<Function> entries = new LinkedHashSet<>();
        subject.program().function("main").ifPresent(entries::add);
        subject.graph().tasks().stream().map(CallGraph.Task::function).forEach(entries::add);
        return entries;
    }
}
