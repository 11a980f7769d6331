package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Flags a record that is cleared on a copy: the ring keeps it. */
public final class NotificationClearOnCopy implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "notification-clear-on-copy",
                    Severity.WARNING,
                    RuleInfo.Fixing.SAFE,
                    RuleInfo.Tag.NOTIFICATIONS,
                    RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkFunction(Function function, Check check) {
        function.stores().forEach(store -> check(function, store, check));
    }

    private static void check(Function function, Instr.Store store, Check check) {
        if (!(store.place() instanceof Expr.Field field)
                || !field.name().equals("event_type")
                || !(field.base() instanceof Expr.Var var)
                || !var.variable().isAutomatic()
                || !Centre.isRecord(var.type(), check.catalog())) {
            return;
        }
        if (copiesKind(store, var.variable())) {
            return;
        }
        Optional<Instr.Store> copy = copyOf(function, var.variable());
        boolean given =
                var.variable().storage() == Variable.Storage.PARAMETER
                        && store.value().uncast() instanceof Expr.Num none
                        && none.value() == 0;
        if (copy.isEmpty() && !given) {
            return;
        }
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                store.range(),
                                "'"
                                        + var.variable().name()
                                        + "' is a copy; the record in the ring is not cleared")
                        .why(
                                "an overrun of the ring can then not be told from a fresh record, and"
                                        + " the record may be handled again after a wrap")
                        .help("work on a pointer to the record in the ring")
                        .note(
                                copy.map(Instr.Store::range)
                                        .orElse(var.variable().declaration().name()),
                                "the record is copied here");
        copy.flatMap(c -> pointerFix(function, var.variable(), c, check)).ifPresent(report::fix);
        check.report(report);
    }

    /** The declaration that copies a record out of memory. */
    private static Optional<Instr.Store> copyOf(Function function, Variable variable) {
        return function.storesTo(variable)
                .filter(
                        s ->
                                s.value().uncast() instanceof Expr.Index
                                        || s.value().uncast() instanceof Expr.Deref
                                        || s.value().uncast() instanceof Expr.Field)
                .findFirst()
                .or(() -> function.stores().filter(s -> copiesKind(s, variable)).findFirst());
    }

    /** A record of volatile memory is often copied member by member. */
    private static boolean copiesKind(Instr.Store store, Variable variable) {
        return store.place() instanceof Expr.Field to
                && to.base() instanceof Expr.Var v
                && v.variable().equals(variable)
                && store.value().uncast() instanceof Expr.Field from
                && from.name().equals(to.name())
                && from.name().equals("event_type")
                && (from.base().uncast() instanceof Expr.Index
                        || from.base().uncast() instanceof Expr.Deref);
    }

    private static Optional<Fix> pointerFix(
            Function function, Variable variable, Instr.Store copy, Check check) {
        if (!copy.declaration() || variable.declaration().name() == null) {
            return Optional.empty();
        }
        List<TextEdit> edits = new ArrayList<>();
        SourceRange statement = variable.declaration().statement();
        boolean vol = copy.value().type().isVolatile();
        if (vol && !check.text(statement).contains("volatile")) {
            edits.add(new TextEdit(Edits.before(statement), "volatile "));
        }
        edits.add(new TextEdit(Edits.before(variable.declaration().name()), "*"));
        edits.add(new TextEdit(Edits.before(copy.value().range()), "&"));
        List<Expr> uses = uses(function, variable);
        for (Expr use : uses) {
            if (!(use instanceof Expr.Field field)) {
                return Optional.empty();
            }
            SourceRange end = field.base().range();
            SourceRange dot =
                    new SourceRange(
                            end.file(),
                            end.endLine(),
                            end.endColumn(),
                            end.endLine(),
                            end.endColumn() + 1);
            if (!check.text(dot).equals(".")) {
                return Optional.empty();
            }
            TextEdit edit = new TextEdit(dot, "->");
            if (!edits.contains(edit)) {
                edits.add(edit);
            }
        }
        return Optional.of(
                new Fix("Make '" + variable.name() + "' a pointer into the ring", true, edits));
    }

    /** Fields of the variable, and the variable itself where it is used as a whole. */
    private static List<Expr> uses(Function function, Variable variable) {
        List<Expr> roots = new ArrayList<>();
        for (Block block : function.blocks()) {
            for (Instr instr : block.instructions()) {
                if (!(instr instanceof Instr.Store s && s.isTo(variable))) {
                    roots.addAll(instr.expressions());
                }
            }
            roots.addAll(block.exit().expressions());
        }
        List<Expr> uses = new ArrayList<>();
        roots.forEach(r -> collect(r, variable, uses));
        return uses;
    }

    private static void collect(Expr e, Variable variable, List<Expr> uses) {
        if (e instanceof Expr.Field field
                && field.base() instanceof Expr.Var v
                && v.variable().equals(variable)) {
            uses.add(field);
        } else if (e instanceof Expr.Var v && v.variable().equals(variable)) {
            uses.add(v);
        } else {
            Stream.of(e).flatMap(x -> x.parts().stream()).forEach(p -> collect(p, variable, uses));
        }
    }
}
