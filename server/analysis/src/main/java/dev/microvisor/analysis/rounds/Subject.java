package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.catalog.Catalog;

/**
 * The program whose rounds are followed, with those who open and close its channels.
 *
 * @param facts complete
 */
record Subject(Catalog catalog, Program program, Facts facts, Doers openers, Doers closers) {
    static Subject of(Catalog catalog, Program program, Facts facts) {
        return new Subject(
                catalog,
                program,
                facts,
                Doers.of(
                        catalog, program, facts.graph(), c -> Effects.acquires(c, Effects.CHANNEL)),
                Doers.of(
                        catalog,
                        program,
                        facts.graph(),
                        c -> Effects.releases(c, Effects.CHANNEL)));
    }

    CallGraph graph() {
        return facts.graph();
    }
}
