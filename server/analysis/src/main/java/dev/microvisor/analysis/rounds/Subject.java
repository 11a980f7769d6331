package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.catalog.Catalog;
import java.util.Set;

/**
 * The program whose rounds are followed, with those who open and close its channels.
 *
 * @param facts complete
 * @param breaks flags that handlers set when a connection breaks, and only then
 */
record Subject(
        Catalog catalog,
        Program program,
        Facts facts,
        Doers openers,
        Doers closers,
        Set<Slot> breaks) {
    static Subject of(Catalog catalog, Program program, Facts facts, Set<Slot> breaks) {
        return new Subject(
                catalog,
                program,
                facts,
                Doers.of(
                        catalog, program, facts.graph(), c -> Effects.acquires(c, Effects.CHANNEL)),
                Doers.of(
                        catalog, program, facts.graph(), c -> Effects.releases(c, Effects.CHANNEL)),
                breaks);
    }

    CallGraph graph() {
        return facts.graph();
    }
}
