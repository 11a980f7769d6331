package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.analysis.ir.Variable;
import java.util.List;
import java.util.Optional;

/** Where a program writes down what a centre is made of. */
final class CentrePlaces {
    private CentrePlaces() {}

    /** True for the member of the setup structure that holds the interrupt's number. */
    static boolean isIrq(String member, Centre centre) {
        return Centre.irqPath(centre.setup().contract()).endsWith("." + member);
    }

    /** True for the structure that a centre is made of. */
    static boolean isSetup(Variable variable, Centre centre) {
        return centre.setup().call().arguments().stream()
                .map(Expr::uncast)
                .anyMatch(
                        a ->
                                a instanceof Expr.AddressOf of
                                        && of.place() instanceof Expr.Var v
                                        && v.variable().equals(variable));
    }

    /**
     * Where the interrupt's number is given, also to a function that sets centres up; the system
     * call when that is not in sight.
     */
    static SourceRange irq(Centre centre, Check check) {
        String path = Centre.irqPath(centre.setup().contract());
        String field = path.substring(path.indexOf('.'));
        Value pointer =
                centre.setup()
                        .places()
                        .getOrDefault(path.substring(0, path.indexOf('.')), Value.UNKNOWN);
        Optional<Variable> setup = pointer.target().flatMap(Place::variable);
        return setup.flatMap(v -> field(centre, check.program().definition(v), field))
                .map(
                        e ->
                                argument(e, centre, check)
                                        .or(() -> constant(e, check.program()))
                                        .orElse(e)
                                        .range())
                .orElse(centre.setup().call().nameRange());
    }

    /** What a constant structure says that a pointer always leads to. */
    private static Optional<Expr> constant(Expr written, Program program) {
        if (!(written.uncast() instanceof Expr.Field field)
                || !(field.base() instanceof Expr.Deref deref)) {
            return Optional.empty();
        }
        Expr pointer = deref.pointer().uncast();
        Optional<Program.Pointed> to =
                pointer instanceof Expr.Var v
                        ? program.pointed(v.variable())
                        : pointer instanceof Expr.Field f
                                ? f.base()
                                        .type()
                                        .struct()
                                        .flatMap(s -> s.member(f.name()))
                                        .flatMap(program::pointed)
                                : Optional.empty();
        return to.flatMap(
                t ->
                        t.variable()
                                .declaration()
                                .initializer()
                                .flatMap(e -> entry(e, t.path() + "." + field.name())));
    }

    /** What the one call that sets this centre up says for a parameter. */
    private static Optional<Expr> argument(Expr written, Centre centre, Check check) {
        Function setup = centre.setup().function();
        int index =
                written.uncast() instanceof Expr.Var v
                        ? setup.parameters().indexOf(v.variable())
                        : -1;
        if (index < 0) {
            return Optional.empty();
        }
        List<Expr> given =
                check.program().functions().stream()
                        .flatMap(Function::calls)
                        .filter(c -> index < c.arguments().size())
                        .filter(
                                c ->
                                        check.program()
                                                .function(c.callee())
                                                .filter(setup::equals)
                                                .isPresent())
                        .filter(c -> isGiven(c, centre.ring()))
                        .map(c -> c.arguments().get(index))
                        .toList();
        return given.size() == 1 ? Optional.of(given.get(0)) : Optional.empty();
    }

    private static boolean isGiven(Instr.Call call, Optional<Ring> ring) {
        Optional<Variable> variable = ring.flatMap(r -> r.place().variable());
        return call.arguments().stream()
                .flatMap(Expr::walk)
                .anyMatch(
                        e -> e instanceof Expr.Var v && Optional.of(v.variable()).equals(variable));
    }

    private static Optional<Expr> field(Centre centre, Variable variable, String field) {
        Optional<Expr> found = variable.declaration().initializer().flatMap(e -> entry(e, field));
        for (Instr instr : (Iterable<Instr>) centre.setup().function().instructions()::iterator) {
            if (instr instanceof Instr.Store store) {
                if (store.place() instanceof Expr.Var v && v.variable().equals(variable)) {
                    Optional<Expr> inside = entry(store.value(), field);
                    found = inside.isPresent() ? inside : found;
                } else if (store.place() instanceof Expr.Field f
                        && f.base() instanceof Expr.Var v
                        && v.variable().equals(variable)
                        && field.equals("." + f.name())) {
                    found = Optional.of(store.value());
                }
            }
        }
        return found;
    }

    private static Optional<Expr> entry(Expr value, String field) {
        if (value instanceof Expr.Aggregate aggregate) {
            for (Expr.Entry entry : aggregate.entries()) {
                if (entry.path().equals(field)) {
                    return Optional.of(entry.value());
                }
            }
        }
        return Optional.empty();
    }
}
