package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tests that decide nothing: whatever comes out, the function goes on at the same place, because
 * the statement behind them is empty. A comment in or behind the empty statement says that this is
 * meant, and a macro that has become nothing may be something in another build: neither counts.
 */
final class EmptyTests {
    /** Gotos and tests followed to find out where a side leads. */
    private static final int MAX_STEPS = 16;

    /** What follows a condition: its closing parentheses and a statement without content. */
    private static final Pattern EMPTY_STATEMENT =
            Pattern.compile("\\)+\\s*(;|\\{[\\s;]*\\})[ \\t]*(?!\\s*/[/*])");

    private final Set<Block> blocks = new HashSet<>();

    private EmptyTests(Function function, Check check) {
        for (Block block : function.blocks()) {
            if (block.exit() instanceof Block.Exit.Branch branch
                    && landing(branch.yes(), MAX_STEPS).equals(landing(branch.no(), MAX_STEPS))
                    && isWrittenEmpty(function, block, check)) {
                blocks.add(block);
            }
        }
    }

    static EmptyTests in(Function function, Check check) {
        return new EmptyTests(function, check);
    }

    /** True when the way out of a block does not depend on its condition. */
    boolean contains(Block block) {
        return blocks.contains(block);
    }

    /** True when the result of a call is only ever looked at by tests that decide nothing. */
    boolean areAllOf(Instr.Call call, Function function) {
        boolean tested = false;
        for (Block block : function.blocks()) {
            if (block.instructions().stream()
                    .flatMap(i -> i.expressions().stream())
                    .anyMatch(e -> mentions(e, call))) {
                return false;
            }
            if (block.exit().expressions().stream().anyMatch(e -> mentions(e, call))) {
                if (!contains(block)) {
                    return false;
                }
                tested = true;
            }
        }
        return tested;
    }

    private static boolean mentions(Expr e, Instr.Call call) {
        return e.walk().anyMatch(p -> p instanceof Expr.Temp t && t.id() == call.result().id());
    }

    /** The first block on from here in which something happens or is decided. */
    private static Block landing(Block from, int steps) {
        if (steps == 0 || !from.instructions().isEmpty()) {
            return from;
        }
        if (from.exit() instanceof Block.Exit.Goto to) {
            return landing(to.target(), steps - 1);
        }
        if (from.exit() instanceof Block.Exit.Branch branch) {
            Block yes = landing(branch.yes(), steps - 1);
            return yes.equals(landing(branch.no(), steps - 1)) ? yes : from;
        }
        return from;
    }

    /** Of conditions that are joined by && and || the last one stands before the statement. */
    private static boolean isWrittenEmpty(Function function, Block block, Check check) {
        Optional<SourceRange> last =
                joined(block, MAX_STEPS).map(b -> b.condition().range()).max(SourceRange.BY_PLACE);
        return last.filter(r -> isBefore(r, function.range()))
                .map(r -> check.text(behind(r, function.range())))
                .filter(text -> EMPTY_STATEMENT.matcher(text).lookingAt())
                .isPresent();
    }

    private static Stream<Block.Exit.Branch> joined(Block block, int steps) {
        if (steps == 0 || !(block.exit() instanceof Block.Exit.Branch branch)) {
            return Stream.empty();
        }
        Stream<Block.Exit.Branch> next =
                List.of(branch.yes(), branch.no()).stream()
                        .filter(b -> b.instructions().isEmpty())
                        .filter(b -> landing(b, MAX_STEPS) != b)
                        .flatMap(b -> joined(b, steps - 1));
        return Stream.concat(Stream.of(branch), next);
    }

    private static boolean isBefore(SourceRange range, SourceRange function) {
        Comparator<SourceRange> ends =
                Comparator.comparingInt(SourceRange::endLine)
                        .thenComparingInt(SourceRange::endColumn);
        return range.file().equals(function.file()) && ends.compare(range, function) < 0;
    }

    private static SourceRange behind(SourceRange range, SourceRange function) {
        return new SourceRange(
                range.file(),
                range.endLine(),
                range.endColumn(),
                function.endLine(),
                function.endColumn());
    }
}
