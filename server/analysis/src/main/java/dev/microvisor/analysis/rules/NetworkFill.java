package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.ContractPlaces;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.Group;
import dev.microvisor.catalog.Parameter;
import dev.microvisor.catalog.StructType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A place where bytes from the network arrive: a system call that the catalog says writes them, or
 * a call of a function that hands its own parameter to one.
 *
 * @param function where the call stands
 * @param system the system call in the end
 * @param target the memory that is filled
 * @param extent its size in bytes; -1 when unknown
 * @param size how many bytes may be written; -1 when unknown
 * @param sizeExpr the argument that says so, when it is one
 * @param told the variable that says so, when a structure passes it on unchanged
 * @param length where the number of bytes received is written
 */
record NetworkFill(
        Function function,
        Instr.Call call,
        Facts.SystemCallFact system,
        ByteTarget target,
        long extent,
        long size,
        Optional<Expr> sizeExpr,
        Optional<Variable> told,
        Optional<ByteTarget> length) {
    private static final Set<Group> NETWORK =
            EnumSet.of(Group.HTTP, Group.CONFIG_FETCH, Group.MQTT);

    private static final String BYTES = "uint8_t *";
    private static final String COUNT = "uint32_t *";

    /** Structures in structures. */
    private static final int MAX_NESTING = 4;

    /** Functions that hand their parameter on to one that fills it. */
    private static final int MAX_WRAPPERS = 3;

    static boolean isNetwork(Group group) {
        return NETWORK.contains(group);
    }

    /** All of the program. */
    static List<NetworkFill> all(Check check) {
        List<NetworkFill> fills = new ArrayList<>();
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            if (isNetwork(fact.contract().group())) {
                for (Parameter parameter : fact.contract().parameters()) {
                    parameterFill(fact, parameter).ifPresent(fills::add);
                    fields(fact, parameter.name(), parameter.type(), check.catalog(), fills, 0);
                }
            }
        }
        List<NetworkFill> last = fills;
        for (int i = 0; i < MAX_WRAPPERS && !last.isEmpty(); i++) {
            List<NetworkFill> outer = new ArrayList<>();
            last.forEach(f -> outer.addAll(f.throughCallers(check)));
            fills = new ArrayList<>(fills);
            fills.addAll(outer);
            last = outer;
        }
        return fills;
    }

    private static Optional<NetworkFill> parameterFill(
            Facts.SystemCallFact fact, Parameter parameter) {
        for (Constraint constraint : parameter.constraints()) {
            if (constraint instanceof Constraint.LengthOf length
                    && fact.contract()
                            .parameter(length.of())
                            .filter(p -> p.type().equals(BYTES))
                            .isPresent()) {
                int index = fact.contract().parameterIndex(parameter.name());
                Optional<Expr> size =
                        index < fact.call().arguments().size()
                                ? Optional.of(fact.call().arguments().get(index))
                                : Optional.empty();
                return of(fact, length.of(), parameter.name(), size, Optional.empty());
            }
        }
        return Optional.empty();
    }

    private static void fields(
            Facts.SystemCallFact fact,
            String base,
            String type,
            Catalog catalog,
            List<NetworkFill> found,
            int nesting) {
        Optional<StructType> struct = ContractPlaces.struct(type, catalog);
        if (struct.isEmpty() || nesting > MAX_NESTING) {
            return;
        }
        Optional<String> count =
                struct.get().fields().stream()
                        .filter(f -> f.type().equals(COUNT))
                        .map(StructType.Field::path)
                        .findFirst();
        for (StructType.Field field : struct.get().fields()) {
            for (Constraint constraint : field.constraints()) {
                if (constraint instanceof Constraint.LengthOf length
                        && struct.get()
                                .field(length.of())
                                .filter(f -> f.type().equals(BYTES))
                                .isPresent()) {
                    of(
                                    fact,
                                    base + "." + length.of(),
                                    base + "." + field.path(),
                                    Optional.empty(),
                                    count.map(c -> base + "." + c))
                            .ifPresent(found::add);
                }
            }
            if (!field.type().endsWith("*")) {
                fields(fact, base + "." + field.path(), field.type(), catalog, found, nesting + 1);
            }
        }
    }

    private static Optional<NetworkFill> of(
            Facts.SystemCallFact fact,
            String data,
            String size,
            Optional<Expr> sizeExpr,
            Optional<String> length) {
        Map<String, Value> places = fact.places();
        boolean writes =
                fact.contract().effects().stream()
                        .anyMatch(e -> e instanceof Effect.Writes && e.place().equals(data));
        Value value = places.getOrDefault(data, Value.UNKNOWN);
        Optional<ByteTarget> target = ByteTarget.of(value).or(() -> heap(fact, data));
        if (!writes || target.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new NetworkFill(
                        fact.function(),
                        fact.call(),
                        fact,
                        target.get(),
                        extent(value),
                        places.getOrDefault(size, Value.UNKNOWN).number().orElse(-1L),
                        sizeExpr,
                        places.getOrDefault(size, Value.UNKNOWN)
                                .symbol()
                                .filter(s -> s.kind() == Sym.Kind.INITIAL)
                                .map(Sym::place)
                                .filter(p -> p.path().isEmpty())
                                .flatMap(Place::variable),
                        length.map(l -> places.getOrDefault(l, Value.UNKNOWN))
                                .flatMap(ByteTarget::of)));
    }

    /** Memory from the heap has no name but that of the one variable that leads to it. */
    private static Optional<ByteTarget> heap(Facts.SystemCallFact fact, String parameter) {
        int index = fact.contract().parameterIndex(parameter);
        if (index < 0 || index >= fact.call().arguments().size()) {
            return Optional.empty();
        }
        return ByteTarget.of(fact.call().arguments().get(index))
                .filter(t -> t.variable().storage() == Variable.Storage.LOCAL)
                .filter(t -> HeapSize.of(t.variable(), fact.function()).isPresent());
    }

    private static long extent(Value value) {
        Optional<Place> place = value.target();
        boolean known =
                place.isPresent()
                        && !place.get().path().contains("*")
                        && (place.get().variable().isPresent() || !place.get().path().isEmpty());
        return known ? place.get().extent() : -1;
    }

    /** The same bytes, seen by the callers whose memory they go to. */
    private List<NetworkFill> throughCallers(Check check) {
        List<NetworkFill> outer = new ArrayList<>();
        int data = target.path().isEmpty() ? function.parameters().indexOf(target.variable()) : -1;
        if (data < 0) {
            return outer;
        }
        int count =
                sizeExpr.map(e -> parameter(e))
                        .or(() -> told.map(v -> function.parameters().indexOf(v)))
                        .orElse(-1);
        int received =
                length.filter(l -> l.path().isEmpty())
                        .map(l -> function.parameters().indexOf(l.variable()))
                        .orElse(-1);
        for (CallGraph.Site site : check.facts().graph().callers(function)) {
            List<Expr> arguments = site.call().arguments();
            if (data >= arguments.size()) {
                continue;
            }
            Expr argument = arguments.get(data);
            Optional<Expr> limit =
                    count >= 0 && count < arguments.size()
                            ? Optional.of(arguments.get(count))
                            : Optional.empty();
            long bytes =
                    limit.map(Expr::uncast)
                            .filter(Expr.Num.class::isInstance)
                            .map(e -> ((Expr.Num) e).value())
                            .orElse(count < 0 ? size : -1L);
            ByteTarget.of(argument)
                    .ifPresent(
                            t ->
                                    outer.add(
                                            new NetworkFill(
                                                    site.caller(),
                                                    site.call(),
                                                    system,
                                                    t,
                                                    argument.uncast().type().isArray()
                                                            ? argument.uncast().type().size()
                                                            : -1,
                                                    bytes,
                                                    limit,
                                                    Optional.empty(),
                                                    received >= 0 && received < arguments.size()
                                                            ? ByteTarget.of(arguments.get(received))
                                                            : Optional.empty())));
        }
        return outer;
    }

    private int parameter(Expr e) {
        return e.uncast() instanceof Expr.Var v ? function.parameters().indexOf(v.variable()) : -1;
    }

    /** True when the call is in the function of the system call itself. */
    boolean isDirect() {
        return call.equals(system.call());
    }

    String name() {
        return system.contract().name();
    }
}
