package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Flags a ring index that only some kinds of events move on. */
public final class NotificationIndexStuck implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "notification-index-stuck",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.NOTIFICATIONS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Centre centre : Centre.all(check)) {
            if (centre.ring().isPresent()
                    && centre.handler().isPresent()
                    && centre.events().size() > 1) {
                check(centre, centre.handler().get(), centre.ring().get(), check);
            }
        }
    }

    private static void check(Centre centre, Function handler, Variable ring, Check check) {
        Optional<Variable> index = index(handler, ring);
        if (index.isEmpty()) {
            return;
        }
        List<Instr> advances =
                handler.instructions().filter(i -> advances(i, index.get())).toList();
        if (advances.isEmpty()
                || !EventPaths.leavesWithout(handler, i -> advances(i, index.get()))) {
            return;
        }
        Report report =
                Report.of(
                                INFO,
                                handler.name(),
                                advances.get(0).range(),
                                "'" + index.get().name() + "' moves on only for some events")
                        .why(
                                "after any other event the handler looks at the same record again and"
                                        + " again, until the ring has wrapped onto it; this centre can get "
                                        + String.join(", ", centre.events()))
                        .help("move the index on for every record that has an event");
        always(handler, advances, check).ifPresent(report::fix);
        check.report(report);
    }

    /** Moves the one advance to the end of a handler that is left nowhere else. */
    private static Optional<Fix> always(Function handler, List<Instr> advances, Check check) {
        String advance = check.text(advances.get(0).range());
        boolean simple =
                handler.loops().isEmpty()
                        && handler.result().equals(CType.VOID)
                        && handler.blocks().stream()
                                .filter(b -> b.exit() instanceof Block.Exit.Return)
                                .filter(b -> check.text(returned(b)).startsWith("return"))
                                .findAny()
                                .isEmpty()
                        && advances.stream().allMatch(a -> check.text(a.range()).equals(advance));
        Optional<Edits> edits = Edits.in(handler.range(), check);
        if (!simple || edits.isEmpty()) {
            return Optional.empty();
        }
        List<TextEdit> all = new ArrayList<>();
        for (Instr old : advances) {
            edits.get().remove(old.range()).ifPresent(all::add);
        }
        SourceRange end = handler.range();
        SourceRange brace =
                new SourceRange(
                        end.file(),
                        end.endLine(),
                        end.endColumn() - 1,
                        end.endLine(),
                        end.endColumn());
        all.add(edits.get().beforeBrace(brace, List.of(advance + ";")));
        return Optional.of(new Fix("Move the index on for every event", false, all));
    }

    private static SourceRange returned(Block block) {
        return ((Block.Exit.Return) block.exit()).range();
    }

    private static Optional<Variable> index(Function handler, Variable ring) {
        return handler.instructions()
                .flatMap(i -> i.expressions().stream())
                .flatMap(e -> Centre.element(e, ring).stream())
                .filter(i -> i.index().uncast() instanceof Expr.Var)
                .map(i -> ((Expr.Var) i.index().uncast()).variable())
                .findFirst();
    }

    private static boolean advances(Instr instr, Variable index) {
        return instr instanceof Instr.Store store
                && store.place() instanceof Expr.Var v
                && v.variable().equals(index);
    }
}
