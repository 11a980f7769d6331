package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.StructType;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A notification centre of the program.
 *
 * @param setup the call that makes it
 * @param ring its record buffer, when it has a name
 * @param irq its interrupt, when that is a constant
 * @param handler the function that the vector table names for it, when the program has it
 * @param events names of the event types that its users lead to; empty when no user is known
 */
record Centre(
        Facts.SystemCallFact setup,
        Optional<Ring> ring,
        Optional<Long> irq,
        Optional<Function> handler,
        Set<String> events) {
    static final String RESOURCE = "notification-centre";

    /** All centres that some path sets up. */
    static List<Centre> all(Check check) {
        List<Centre> centres = new ArrayList<>();
        for (Facts.SystemCallFact fact : check.facts().systemCallsInContext()) {
            Optional<Effect.Acquires> acquires = acquires(fact.contract());
            Optional<String> buffer = borrowed(fact.contract());
            if (acquires.isPresent() && buffer.isPresent()) {
                centres.add(of(fact, acquires.get(), buffer.get(), check));
            }
        }
        return centres.size() == 1 && check.program().isWhole()
                ? List.of(centres.get(0).ofAllUsers(check))
                : centres;
    }

    /** The only centre of a program is the one that all users use, wherever they have it from. */
    private Centre ofAllUsers(Check check) {
        Set<String> all = new LinkedHashSet<>(events);
        for (Facts.SystemCallFact user : check.facts().systemCallsInContext()) {
            boolean zero =
                    uses(user)
                            .map(p -> user.places().getOrDefault(p, Value.UNKNOWN))
                            .flatMap(v -> v.number().stream())
                            .anyMatch(n -> n == 0);
            if (uses(user).findAny().isPresent() && !zero) {
                all.addAll(eventsOf(user, check.catalog()));
            }
        }
        return new Centre(setup, ring, irq, handler, all);
    }

    /** Where a call takes the handle of a centre that something is to tell of its events. */
    private static Stream<String> uses(Facts.SystemCallFact user) {
        return user.contract().effects().stream()
                .filter(Effect.Uses.class::isInstance)
                .map(Effect.Uses.class::cast)
                .filter(u -> u.resource().equals(RESOURCE) && u.place().contains("."))
                .map(Effect.Uses::place);
    }

    private static Optional<Effect.Acquires> acquires(SystemCall call) {
        return call.effects().stream()
                .filter(Effect.Acquires.class::isInstance)
                .map(Effect.Acquires.class::cast)
                .filter(a -> a.resource().equals(RESOURCE))
                .findFirst();
    }

    private static Optional<String> borrowed(SystemCall call) {
        return call.effects().stream()
                .filter(Effect.Borrows.class::isInstance)
                .map(Effect::place)
                .findFirst();
    }

    private static Centre of(
            Facts.SystemCallFact fact, Effect.Acquires acquires, String buffer, Check check) {
        Optional<Ring> ring = Ring.at(fact.places().getOrDefault(buffer, Value.UNKNOWN));
        Optional<Long> irq =
                fact.places().getOrDefault(irqPath(fact.contract()), Value.UNKNOWN).number();
        Optional<Function> handler =
                irq.flatMap(n -> check.facts().vectors().handler(n))
                        .flatMap(name -> check.program().function(name));
        Optional<Place> handle =
                fact.places().getOrDefault(acquires.place(), Value.UNKNOWN).target();
        return new Centre(fact, ring, irq, handler, events(fact, handle, check));
    }

    /** Contract path of the interrupt number. */
    static String irqPath(SystemCall call) {
        return call.parameters().get(0).name() + ".irq";
    }

    private static Set<String> events(
            Facts.SystemCallFact setup, Optional<Place> handle, Check check) {
        Set<String> events = new LinkedHashSet<>();
        for (Facts.SystemCallFact user : check.facts().systemCallsInContext()) {
            if (uses(user)
                    .map(p -> user.places().getOrDefault(p, Value.UNKNOWN))
                    .anyMatch(v -> isHandle(v, setup, handle))) {
                events.addAll(eventsOf(user, check.catalog()));
            }
        }
        return events;
    }

    /** A call whose parameters choose one source leads to one kind of event. */
    private static List<String> eventsOf(Facts.SystemCallFact user, Catalog catalog) {
        List<String> all = user.contract().notifications();
        for (String path : user.places().keySet()) {
            if (path.endsWith("_source")) {
                long source = user.places().get(path).number().orElse(0L);
                return all.size() > source && source >= 0 ? List.of(all.get((int) source)) : all;
            }
        }
        return catalog.calls().isEmpty() ? List.of() : all;
    }

    private static boolean isHandle(
            Value value, Facts.SystemCallFact setup, Optional<Place> handle) {
        if (value instanceof Value.Pending p) {
            return isHandle(p.then(), setup, handle) || isHandle(p.otherwise(), setup, handle);
        }
        Optional<Sym> sym = value.symbol();
        return sym.isPresent()
                && ((sym.get().kind() == Sym.Kind.INITIAL
                                && handle.filter(h -> mayBeSame(h, sym.get().place())).isPresent())
                        || (sym.get().kind() == Sym.Kind.HANDLE
                                && setup.call().range().equals(sym.get().origin())));
    }

    /**
     * A member of an object that is only known by a pointer, such as {@code this}, may be in any.
     */
    private static boolean mayBeSame(Place a, Place b) {
        boolean known = a.variable().isPresent() && b.variable().isPresent();
        return a.equals(b)
                || (!known
                        && a.member().isPresent()
                        && Slot.of(a)
                                .filter(s -> Slot.of(b).filter(s::equals).isPresent())
                                .isPresent());
    }

    /** The handler and all that it calls. */
    Set<Function> handlerCode(Check check) {
        return handler.map(h -> check.facts().graph().reachable(h)).orElse(Set.of());
    }

    /** True for the catalog's record structure. */
    static boolean isRecord(CType type, Catalog catalog) {
        return type.struct().filter(s -> s.name().equals(recordName(catalog))).isPresent();
    }

    /** True for a member of a record of the ring. */
    static boolean isRecordField(Expr place, Catalog catalog) {
        return place instanceof Expr.Field f && isRecord(f.base().type(), catalog);
    }

    private static String recordName(Catalog catalog) {
        for (StructType struct : catalog.structs()) {
            if (struct.sizeBytes() == catalog.limit("notification-record-bytes")
                    && struct.field("event_type").isPresent()) {
                return struct.name();
            }
        }
        return "";
    }
}
