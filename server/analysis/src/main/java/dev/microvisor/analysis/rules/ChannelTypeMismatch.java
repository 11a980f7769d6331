package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.HandleUse;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.EnumType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Flags a call for one type of channel on a channel of another type. */
public final class ChannelTypeMismatch implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("channel-type-mismatch", Severity.ERROR, RuleInfo.Tag.BUFFERS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** The first mistake with each channel, by the call that opened it, and what is opened. */
    private static final class Found {
        private final Map<SourceRange, Mistake> byChannel = new LinkedHashMap<>();
        private final ChannelTypes types = new ChannelTypes();
    }

    private record Mistake(SourceRange where, Report report) {}

    /** A channel with its type and the call that opened it. */
    private record Opened(long kind, SourceRange where) {}

    @Override
    public void onHandleUse(HandleUse use, Check check) {
        Optional<Sym> sym = symbol(use.value());
        Handle handle = sym.map(s -> use.state().handles().get(s)).orElse(null);
        if (handle != null && handle.kind() >= 0 && !isRight(use.effect(), handle.kind(), check)) {
            compare(
                    use.function(),
                    place(use, check),
                    use.contract().name(),
                    use.effect(),
                    new Opened(handle.kind(), handle.opened()),
                    check);
        }
    }

    /** The system call itself, unless the function around it serves other callers as well. */
    private static SourceRange place(HandleUse use, Check check) {
        boolean shared =
                check.program().functions().stream()
                        .filter(f -> f.name().equals(use.callee()))
                        .anyMatch(f -> check.facts().graph().callers(f).size() > 1);
        return shared ? use.where() : use.inside();
    }

    @Override
    public void onCall(CallSite site, Check check) {
        found(check).types.add(site);
    }

    /** Channels in static variables that other functions opened. */
    @Override
    public void checkProgram(Check check) {
        List<Opening> openings = openings(check);
        Map<Place, Opened> opened = single(openings, Optional::of);
        Map<Slot, Opened> members = members(openings, check);
        for (Facts.SystemCallFact fact : check.facts().systemCallsInContext()) {
            Effects.of(fact.contract(), Effect.Uses.class)
                    .filter(u -> !u.kind().isEmpty())
                    .forEach(
                            use ->
                                    symbol(fact.places().getOrDefault(use.place(), Value.UNKNOWN))
                                            .filter(s -> s.kind() == Sym.Kind.INITIAL)
                                            .map(s -> known(s.place(), opened, members))
                                            .ifPresent(
                                                    o ->
                                                            compare(
                                                                    fact.function(),
                                                                    fact.call().range(),
                                                                    fact.contract().name(),
                                                                    use,
                                                                    o,
                                                                    check)));
        }
        neverOpened(check);
        found(check).byChannel.values().forEach(m -> check.report(m.report()));
    }

    /**
     * Calls for a type of which the whole program opens no channel, wherever the handle was kept.
     */
    private void neverOpened(Check check) {
        Optional<Map<Long, SourceRange>> types = found(check).types.all(check);
        if (types.isEmpty()) {
            return;
        }
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            Effects.of(fact.contract(), Effect.Uses.class)
                    .filter(u -> types.get().keySet().stream().noneMatch(k -> isRight(u, k, check)))
                    .forEach(
                            use ->
                                    types.get()
                                            .forEach(
                                                    (kind, where) ->
                                                            compare(
                                                                    fact.function(),
                                                                    fact.call().range(),
                                                                    fact.contract().name(),
                                                                    use,
                                                                    new Opened(kind, where),
                                                                    check)));
        }
    }

    /** What a place holds; a member of an object that is only known by a pointer, what all hold. */
    private static Opened known(Place place, Map<Place, Opened> opened, Map<Slot, Opened> members) {
        Opened exactly = opened.get(place);
        boolean pointer = place.member().isPresent() && place.variable().isEmpty();
        return exactly != null || !pointer
                ? exactly
                : Slot.of(place).map(members::get).orElse(null);
    }

    /**
     * Members that the program opens channels of one known type into, and stores nothing else to.
     */
    private static Map<Slot, Opened> members(List<Opening> openings, Check check) {
        Map<Slot, Opened> members =
                single(openings, p -> Slot.of(p).filter(s -> s.member() != null));
        check.program().functions().stream()
                .flatMap(Function::instructions)
                .filter(Instr.Store.class::isInstance)
                .map(Instr.Store.class::cast)
                .filter(s -> !(s.value().uncast() instanceof Expr.Num))
                .forEach(s -> Slot.of(s.place()).ifPresent(members::remove));
        return members;
    }

    private Found found(Check check) {
        return check.memory(this, Found.class, Found::new);
    }

    /** A channel that the program opens into a place; its type may be unknown. */
    private record Opening(Place place, Opened opened) {}

    private static List<Opening> openings(Check check) {
        List<Opening> openings = new ArrayList<>();
        for (Facts.SystemCallFact fact : check.facts().systemCallsInContext()) {
            Effects.of(fact.contract(), Effect.Acquires.class)
                    .filter(a -> !a.kind().isEmpty())
                    .forEach(a -> opening(fact, a).ifPresent(openings::add));
        }
        return openings;
    }

    private static Optional<Opening> opening(Facts.SystemCallFact fact, Effect.Acquires effect) {
        long kind = fact.places().getOrDefault(effect.kind(), Value.UNKNOWN).number().orElse(-1L);
        return fact.places()
                .getOrDefault(effect.place(), Value.UNKNOWN)
                .target()
                .map(p -> new Opening(p, new Opened(kind, fact.call().range())));
    }

    /** What channels are opened into always with one known type. */
    private static <K> Map<K, Opened> single(
            List<Opening> openings, java.util.function.Function<Place, Optional<K>> key) {
        Map<K, Opened> opened = new HashMap<>();
        Set<K> mixed = new HashSet<>();
        for (Opening opening : openings) {
            Optional<K> into = key.apply(opening.place());
            if (into.isPresent()) {
                Opened before = opened.put(into.get(), opening.opened());
                long kind = opening.opened().kind();
                if (kind < 0 || (before != null && before.kind() != kind)) {
                    mixed.add(into.get());
                }
            }
        }
        opened.keySet().removeAll(mixed);
        return opened;
    }

    private void compare(
            Function function,
            SourceRange where,
            String call,
            Effect.Uses use,
            Opened opened,
            Check check) {
        if (isRight(use, opened.kind(), check)) {
            return;
        }
        String actual = name(opened.kind(), use.kind(), check.catalog());
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                where,
                                call + " needs a channel of type " + use.kind())
                        .why("it answers MV_STATUS_INVALIDHANDLE: the channel is of type " + actual)
                        .help(
                                "open the channel as "
                                        + use.kind()
                                        + ", or use the call for its type")
                        .note(opened.where(), "opened as " + actual + " here");
        found(check)
                .byChannel
                .merge(
                        opened.where(),
                        new Mistake(where, report),
                        (a, b) -> comesFirst(b.where(), a.where()) ? b : a);
    }

    /** True also when any type will do. */
    private static boolean isRight(Effect.Uses use, long kind, Check check) {
        return ContractValue.constant(use.kind(), check.catalog())
                .filter(wanted -> wanted != kind)
                .isEmpty();
    }

    private static boolean comesFirst(SourceRange a, SourceRange b) {
        int file = a.file().compareTo(b.file());
        return file < 0 || (file == 0 && a.startLine() < b.startLine());
    }

    /** The constant of the same enumeration with a value. */
    private static String name(long value, String sibling, Catalog catalog) {
        for (EnumType type : catalog.enumerations()) {
            if (type.constant(sibling).isPresent()) {
                for (EnumType.Constant constant : type.constants()) {
                    if (constant.value() == value) {
                        return constant.name();
                    }
                }
            }
        }
        return Long.toString(value);
    }

    /** The handle, also when the call that gave it has not been tested. */
    private static Optional<Sym> symbol(Value value) {
        return value instanceof Value.Pending p ? symbol(p.then()) : value.symbol();
    }
}
