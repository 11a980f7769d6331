package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
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

    /** Where the interrupt's number is given; the call when that is not in sight. */
    static SourceRange irq(Centre centre, Check check) {
        String path = Centre.irqPath(centre.setup().contract());
        String field = path.substring(path.indexOf('.'));
        Value pointer =
                centre.setup()
                        .places()
                        .getOrDefault(path.substring(0, path.indexOf('.')), Value.UNKNOWN);
        Optional<Variable> setup = pointer.target().flatMap(Place::variable);
        return setup.flatMap(v -> field(centre, check.program().definition(v), field))
                .orElse(centre.setup().call().nameRange());
    }

    private static Optional<SourceRange> field(Centre centre, Variable variable, String field) {
        Optional<SourceRange> found =
                variable.declaration().initializer().flatMap(e -> entry(e, field));
        for (Instr instr : (Iterable<Instr>) centre.setup().function().instructions()::iterator) {
            if (instr instanceof Instr.Store store) {
                if (store.place() instanceof Expr.Var v && v.variable().equals(variable)) {
                    Optional<SourceRange> inside = entry(store.value(), field);
                    found = inside.isPresent() ? inside : found;
                } else if (store.place() instanceof Expr.Field f
                        && f.base() instanceof Expr.Var v
                        && v.variable().equals(variable)
                        && field.equals("." + f.name())) {
                    found = Optional.of(store.value().range());
                }
            }
        }
        return found;
    }

    private static Optional<SourceRange> entry(Expr value, String field) {
        if (value instanceof Expr.Aggregate aggregate) {
            for (Expr.Entry entry : aggregate.entries()) {
                if (entry.path().equals(field)) {
                    return Optional.of(entry.value().range());
                }
            }
        }
        return Optional.empty();
    }
}
