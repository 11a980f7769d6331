package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Unit;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a variable volatile everywhere it is declared. There are no edits when a use of the
 * variable would no longer compile, or when a vendor's header declares it.
 */
final class VolatileEdits {
    private VolatileEdits() {}

    /** Edits for a number or a pointer. */
    static Optional<List<TextEdit>> of(Variable variable, Check check) {
        boolean pointer = variable.type().isPointer();
        boolean addressed =
                expressions(check)
                        .anyMatch(
                                e ->
                                        e instanceof Expr.AddressOf a
                                                && a.place() instanceof Expr.Var v
                                                && v.variable().equals(variable));
        if (addressed) {
            return Optional.empty();
        }
        return declarations(variable, check, pointer);
    }

    /**
     * Edits for a ring of records: where its address is handed over it is cast to what it was.
     * Places that keep a pointer into it would have to change their type and are left alone.
     */
    static Optional<List<TextEdit>> ofRing(Variable ring, Check check) {
        Optional<List<TextEdit>> declared = declarations(ring, check, false);
        if (declared.isEmpty() || !(ring.type().plain() instanceof CType.Array array)) {
            return Optional.empty();
        }
        boolean cpp = check.program().units().stream().anyMatch(Unit::cpp);
        String type = "(" + array.element().plain() + " *)";
        List<TextEdit> edits = new ArrayList<>(declared.get());
        for (Expr root : roots(check)) {
            if (!uses(root, ring, cpp, type, edits)) {
                return Optional.empty();
            }
        }
        return Optional.of(edits);
    }

    /** Collects casts; false when a use stands in the way. */
    private static boolean uses(
            Expr e, Variable ring, boolean cpp, String type, List<TextEdit> edits) {
        if (e instanceof Expr.Var v && v.variable().equals(ring)) {
            // The array as a pointer.
            edits.add(new TextEdit(Edits.before(e.range()), type));
            return true;
        }
        if (e instanceof Expr.Cast cast && isRing(cast.operand(), ring)) {
            return cast.type().isPointer();
        }
        if (e instanceof Expr.AddressOf a && mentions(a, ring)) {
            return false;
        }
        if (e instanceof Expr.Field f
                && f.base() instanceof Expr.Index i
                && isRing(i.base(), ring)) {
            return uses(i.index(), ring, cpp, type, edits);
        }
        if (e instanceof Expr.Index i && isRing(i.base(), ring)) {
            return !cpp && uses(i.index(), ring, false, type, edits);
        }
        for (Expr part : e.parts()) {
            if (!uses(part, ring, cpp, type, edits)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRing(Expr e, Variable ring) {
        return e instanceof Expr.Var v && v.variable().equals(ring);
    }

    private static boolean mentions(Expr e, Variable variable) {
        return e.walk().anyMatch(x -> isRing(x, variable));
    }

    private static Optional<List<TextEdit>> declarations(
            Variable variable, Check check, boolean pointer) {
        Set<SourceRange> statements = new LinkedHashSet<>();
        for (Variable seen : seen(variable, check)) {
            if (!seen.declaration().ownCode()) {
                return Optional.empty();
            }
            statements.add(seen.declaration().statement());
            statements.addAll(seen.declaration().redeclarations());
        }
        List<TextEdit> edits = new ArrayList<>();
        for (SourceRange statement : statements) {
            Optional<Edits> file = Edits.in(statement, check);
            if (file.isEmpty()) {
                return Optional.empty();
            }
            String text = file.get().slice(statement);
            String declarator = text.split("=", 2)[0];
            if (!declarator.contains(variable.name())
                    || declarator.contains(",")
                    || (!pointer && declarator.contains("*"))) {
                // Made by a macro, or one of several.
                return Optional.empty();
            }
            edits.add(
                    pointer
                            ? new TextEdit(Edits.before(variable.declaration().name()), "volatile ")
                            : file.get().qualify(statement));
        }
        return pointer && statements.size() > 1 ? Optional.empty() : Optional.of(edits);
    }

    /** The variable as each unit that uses it declares it. */
    private static List<Variable> seen(Variable variable, Check check) {
        List<Variable> all = new ArrayList<>();
        all.add(variable);
        check.program().units().stream()
                .flatMap(u -> u.globals().stream())
                .filter(variable::equals)
                .filter(v -> v.declaration().name() != null)
                .forEach(all::add);
        return all;
    }

    private static java.util.stream.Stream<Expr> expressions(Check check) {
        return roots(check).stream().flatMap(Expr::walk);
    }

    private static List<Expr> roots(Check check) {
        List<Expr> roots = new ArrayList<>();
        for (Function function : check.program().functions()) {
            for (Block block : function.blocks()) {
                for (Instr instr : block.instructions()) {
                    roots.addAll(instr.expressions());
                }
                roots.addAll(block.exit().expressions());
            }
        }
        check.program().globals().forEach(g -> g.declaration().initializer().ifPresent(roots::add));
        return roots;
    }
}
