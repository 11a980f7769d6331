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
 * A value that a call hands to Microvisor, directly, in a structure, or in one that a structure
 * points at, with what the contract asks of it.
 *
 * @param path contract path, such as {@code params.v1.send_buffer} or {@code
 *     request.keys_to_fetch[0].key}
 * @param scope the path without its last structure's part; siblings are looked up in it
 * @param owner the structure that the field belongs to; empty for parameters
 * @param group where the contract belongs
 * @param base where the structure is; empty for parameters, and when that is not known
 */
record ContractValue(
        CallSite site,
        String path,
        String scope,
        String owner,
        Group group,
        Value value,
        List<Constraint> constraints,
        Optional<Place> base) {
    /** Structures in structures. */
    private static final int MAX_NESTING = 4;

    /** Elements of an array that are looked at; no contract allows more. */
    private static final int MAX_ELEMENTS = 32;

    /** Everything that the contract of a call speaks of. */
    static List<ContractValue> of(CallSite site, Catalog catalog) {
        List<ContractValue> found = new ArrayList<>();
        if (site.contract().isEmpty()) {
            return found;
        }
        for (Parameter parameter : site.contract().get().parameters()) {
            Value value = site.valueAt(parameter.name());
            found.add(
                    new ContractValue(
                            site,
                            parameter.name(),
                            "",
                            "",
                            site.contract().get().group(),
                            value,
                            parameter.constraints(),
                            Optional.empty()));
            if (parameter.isPointer()) {
                Structure structure =
                        new Structure(
                                parameter.name(), parameter.type(), site.pointee(value), false);
                structure.fields(site, catalog, found, 0);
            }
        }
        return found;
    }

    /**
     * A structure that is handed over.
     *
     * @param path contract path of it, or of the pointer to it
     * @param type as the catalog writes it
     * @param behind true when it is not part of the parameter's own structure
     */
    private record Structure(String path, String type, Optional<Place> place, boolean behind) {
        void fields(CallSite site, Catalog catalog, List<ContractValue> found, int nesting) {
            Optional<StructType> struct = ContractPlaces.struct(type, catalog);
            if (struct.isEmpty() || nesting > MAX_NESTING) {
                return;
            }
            for (StructType.Field field : struct.get().fields()) {
                String at = path + "." + field.path();
                Optional<Place> here = place.map(p -> p.at("." + field.path()));
                Value value = here.map(site::load).orElse(Value.UNKNOWN);
                found.add(
                        new ContractValue(
                                site,
                                at,
                                path,
                                struct.get().name(),
                                struct.get().group(),
                                value,
                                field.constraints(),
                                place));
                if (field.type().endsWith("*")) {
                    elements(struct.get(), field, value, site, at).stream()
                            .forEach(e -> e.fields(site, catalog, found, nesting + 1));
                } else {
                    new Structure(at, field.type(), here, behind)
                            .fields(site, catalog, found, nesting + 1);
                }
            }
        }

        /** The structures behind a pointer: as many as the field beside it counts, or one. */
        private List<Structure> elements(
                StructType struct,
                StructType.Field field,
                Value pointer,
                CallSite site,
                String at) {
            Optional<Place> target = pointer.target();
            if (target.isEmpty() || pointer.target().get().path().contains("*")) {
                return List.of();
            }
            Optional<StructType.Field> counter =
                    struct.fields().stream().filter(f -> counts(f, field)).findFirst();
            long count =
                    counter.flatMap(
                                    c ->
                                            place.flatMap(
                                                    p -> site.load(p.at("." + c.path())).number()))
                            .orElse(counter.isPresent() ? 0L : 1L);
            boolean array = target.get().type().isArray();
            if (!array) {
                return count == 1
                        ? List.of(new Structure(at, field.type(), target, true))
                        : List.of();
            }
            long known = target.get().extent() / Math.max(1, elementSize(target.get()));
            List<Structure> all = new ArrayList<>();
            for (int i = 0; i < Math.min(Math.min(count, known), MAX_ELEMENTS); i++) {
                String index = "[" + i + "]";
                all.add(
                        new Structure(
                                at + index, field.type(), target.map(t -> t.at(index)), true));
            }
            return all;
        }

        private static long elementSize(Place array) {
            return array.type().target().map(t -> t.size()).orElse(-1L);
        }

        private static boolean counts(StructType.Field counter, StructType.Field counted) {
            return counter.constraints().stream()
                    .anyMatch(
                            c ->
                                    c instanceof Constraint.LengthOf length
                                            && length.unit() == Constraint.Unit.ELEMENTS
                                            && length.of().equals(counted.path()));
        }
    }

    /** The value of another parameter or field of the same structure. */
    Value sibling(String name) {
        return base.map(p -> site.load(p.at("." + name)))
                .orElseGet(() -> site.valueAt(siblingPath(name)));
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
        return catalog.constant(name).map(EnumType.Constant::value);
    }

    /** Where the program writes this value down: the initialiser, the assignment, or the call. */
    SourceRange written() {
        if (scope.isEmpty()) {
            int index = site.contract().map(c -> c.parameterIndex(path)).orElse(-1);
            return site.expression(index).map(Expr::range).orElse(site.call().range());
        }
        return member().map(Expr::range).orElse(site.call().nameRange());
    }

    /** What the program writes into this field, where it writes it by the structure's own name. */
    Optional<Expr> member() {
        Optional<Variable> variable = base.flatMap(Place::variable);
        String field = path.substring(scope.length());
        return scope.isEmpty()
                ? Optional.empty()
                : variable.flatMap(v -> assignment(v, base.orElseThrow().path() + field));
    }

    private Optional<Expr> assignment(Variable variable, String field) {
        Optional<Expr> found = variable.declaration().initializer().flatMap(e -> entry(e, field));
        for (Instr instr : (Iterable<Instr>) site.function().instructions()::iterator) {
            if (instr instanceof Instr.Store store && root(store.place(), variable)) {
                String stored = pathOf(store.place());
                if (stored.equals(field)) {
                    found = Optional.of(store.value());
                } else if (field.startsWith(stored)) {
                    Optional<Expr> inside = entry(store.value(), field.substring(stored.length()));
                    found = inside.isPresent() ? inside : found;
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

    private static boolean root(Expr place, Variable variable) {
        Expr e = place;
        while (e instanceof Expr.Field || e instanceof Expr.Index) {
            e = e instanceof Expr.Field field ? field.base() : ((Expr.Index) e).base();
        }
        return e instanceof Expr.Var v && v.variable().equals(variable);
    }

    private static String pathOf(Expr place) {
        if (place instanceof Expr.Field field) {
            return pathOf(field.base()) + "." + field.name();
        }
        if (place instanceof Expr.Index index) {
            String at = index.index().uncast() instanceof Expr.Num n ? "" + n.value() : "*";
            return pathOf(index.base()) + "[" + at + "]";
        }
        return "";
    }
}
