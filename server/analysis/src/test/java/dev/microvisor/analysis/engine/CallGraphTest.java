package dev.microvisor.analysis.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.analysis.ir.Unit;
import dev.microvisor.catalog.Catalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallGraphTest {
    private static final dev.microvisor.analysis.SourceRange HERE =
            new dev.microvisor.analysis.SourceRange(Path.of("a.c"), 0, 0, 0, 0);

    private static Function function(int number, List<Integer> callees) {
        List<Instr> calls = new ArrayList<>();
        for (int callee : callees) {
            String key = "f" + callee;
            calls.add(
                    new Instr.Call(
                            HERE,
                            calls.size(),
                            key,
                            key,
                            new Expr.FunctionRef(HERE, new CType.Callable(CType.VOID), key),
                            List.of(),
                            new Expr.Temp(HERE, CType.VOID, calls.size()),
                            Instr.ResultUse.DISCARDED,
                            Instr.Origin.WRITTEN,
                            HERE,
                            false,
                            Optional.empty()));
        }
        Block block = new Block(0);
        block.instructions().addAll(calls);
        block.exit(new Block.Exit.Return(HERE, Optional.empty()));
        return new Function(
                "f" + number,
                "f" + number,
                HERE,
                HERE,
                CType.VOID,
                List.of(),
                List.of(),
                List.of(block),
                List.of(),
                false,
                true,
                false,
                Optional.empty(),
                false,
                false);
    }

    @Test
    void aCircleIsWhatLeadsBothWays() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            List<Function> functions = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                functions.add(function(i, random.ints(random.nextInt(3), 0, 20).boxed().toList()));
            }
            Unit unit =
                    new Unit(
                            Path.of("a.c"),
                            false,
                            functions,
                            List.of(),
                            Map.of(),
                            List.of(),
                            true,
                            true);
            CallGraph graph =
                    new CallGraph(
                            new Program(List.of(unit)),
                            new Vectors(Catalog.bundled(), new Program(List.of(unit))));
            for (Function a : functions) {
                for (Function b : functions) {
                    boolean wanted =
                            graph.reachable(a).contains(b) && graph.reachable(b).contains(a);
                    assertThat(graph.inOneCircle(a, b))
                            .as("seed %d, %s and %s", seed, a, b)
                            .isEqualTo(wanted);
                }
            }
        }
    }
}
