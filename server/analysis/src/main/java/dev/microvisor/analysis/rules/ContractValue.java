package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.ContractPlaces;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.EnumType;
import dev.microvisor.catalog.Group;
import dev.microvisor.catalog.Parameter;
import dev.microvisor.catalog.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value that a call hands to Microvisor, directly or in a structure, with what the contract asks
 * of it.
 *
 * @param path contract path, such as {@code params.v1.send_buffer}
 * @param scope the path without its last structure's part; siblings are looked up in it
 * @param owner the structure that the field belongs to; empty for parameters
 * @param group where the contract belongs
 */
record ContractValue(
        CallSite site,
        String path,
        String scope,
        String owner,
        Group group,
        Value value,
        List<Constraint> constraints) {
    /** Structures in structures. */
    private static final int MAX_NESTING = 4;

    /** Everything that the contract of a call speaks of. */
    static List<ContractValue> of(CallSite site, Catalog catalog) {
        List<ContractValue> found = new ArrayList<>();
        if (site.contract().isEmpty()) {
            return found;
        }
        for (Parameter parameter : site.contract().get().parameters()) {
            found.add(
                    new ContractValue(
                            site,
                            parameter.name(),
                            "",
                            "",
                            site.contract().get().group(),
                            site.valueAt(parameter.name()),
                            parameter.constraints()));
            if (parameter.isPointer()) {
                fields(site, parameter.name(), parameter.type(), catalog, found, 0);
            }
        }
        return found;
    }

    private static void fields(
            CallSite site,
            String base,
            String type,
            Catalog catalog,
            List<ContractValue> found,
            int nesting) {
        Optional<StructType> struct = ContractPlaces.struct(type, catalog);
        if (struct.isEmpty() || nesting > MAX_NESTING) {
            return;
        }
        for (StructType.Field field : struct.get().fields()) {
            String path = base + "." + field.path();
            found.add(
                    new ContractValue(
                            site,
                            path,
                            base,
                            struct.get().name(),
                            struct.get().group(),
                            site.valueAt(path),
                            field.constraints()));
            if (!field.type().endsWith("*")) {
                fields(site, path, field.type(), catalog, found, nesting + 1);
            }
        }
    }

    /** The value of another parameter or field of the same structure. */
    Value sibling(String name) {
        return site.valueAt(siblingPath(name));
    }

    String siblingPath(String name) {
        return scope.isEmpty() ? name : scope + "." + name;
    }

    /** Last part of the path, as the header names it. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** True when a constraint's condition is known to hold. */
    boolean applies(Constraint constraint, Catalog catalog) {
        String when = constraint.when();
        if (when == null || when.isEmpty()) {
            return true;
        }
        String[] sides = when.split("==");
        if (sides.length != 2) {
            return false;
        }
        Optional<Long> actual = sibling(sides[0].strip()).number();
        Optional<Long> wanted = constant(sides[1].strip(), catalog);
        return actual.isPresent() && actual.equals(wanted);
    }

    static Optional<Long> constant(String name, Catalog catalog) {
        for (EnumType type : catalog.enumerations()) {
            Optional<EnumType.Constant> found = type.constant(name);
            if (found.isPresent()) {
                return found.map(EnumType.Constant::value);
            }
        }
        return Optional.empty();
    }

    /** Where the program writes this value down: the initialiser, the assignment, or the call. */
    SourceRange written() {
        int dot = path.indexOf('.');
        String parameter = dot < 0 ? path : path.substring(0, dot);
        int index = site.contract().map(c -> c.parameterIndex(parameter)).orElse(-1);
        if (dot < 0) {
            return site.expression(index).map(Expr::range).orElse(site.call().range());
        }
        Optional<Variable> variable =
                site.argument(index)
                        .target()
                        .filter(p -> p.path().isEmpty())
                        .flatMap(Place::variable);
        return variable.flatMap(v -> assignment(v, path.substring(dot)))
                .orElse(site.call().nameRange());
    }

    private Optional<SourceRange> assignment(Variable variable, String field) {
        Optional<SourceRange> found =
                variable.declaration().initializer().flatMap(e -> entry(e, field));
        for (Instr instr : (Iterable<Instr>) site.function().instructions()::iterator) {
            if (instr instanceof Instr.Store store && root(store.place(), variable)) {
                String stored = pathOf(store.place());
                if (stored.equals(field)) {
                    found = Optional.of(store.value().range());
                } else if (field.startsWith(stored)) {
                    Optional<SourceRange> inside =
                            entry(store.value(), field.substring(stored.length()));
                    found = inside.isPresent() ? inside : found;
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

    private static boolean root(Expr place, Variable variable) {
        Expr e = place;
        while (e instanceof Expr.Field field) {
            e = field.base();
        }
        return e instanceof Expr.Var v && v.variable().equals(variable);
    }

    private static String pathOf(Expr place) {
        return place instanceof Expr.Field field ? pathOf(field.base()) + "." + field.name() : "";
    }
}
