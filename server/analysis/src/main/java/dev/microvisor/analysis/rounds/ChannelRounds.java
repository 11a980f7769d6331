package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.Facts;
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
    private ChannelRounds() {}

    /** The channels whose handle some round overwrites while they are open. */
    public static List<LostChannel> lost(Catalog catalog, Program program, Facts facts) {
        if (!program.isWhole()) {
            return List.of(); // What was not read may close anything.
        }
        Subject subject = Subject.of(catalog, program, facts);
        List<LostChannel> lost = new ArrayList<>();
        for (Function entry : entries(subject)) {
            if (!subject.openers().may(entry)) {
                continue;
            }
            RoundCells cells = new RoundCells(subject, entry);
            if (!cells.handles().isEmpty()) {
                lost.addAll(new RoundWalk(subject, cells).from(entry, cells.start()));
            }
        }
        return lost;
    }

    private static Set<Function> entries(Subject subject) {
        Set<Function> entries = new LinkedHashSet<>();
        subject.program().function("main").ifPresent(entries::add);
        subject.graph().tasks().stream().map(CallGraph.Task::function).forEach(entries::add);
        return entries;
    }
}
