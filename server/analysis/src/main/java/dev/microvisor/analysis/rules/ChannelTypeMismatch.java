package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.HandleUse;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.EnumType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    /** The first mistake with each channel, by the call that opened it. */
    private static final class Found {
        private final Map<SourceRange, Mistake> byChannel = new LinkedHashMap<>();
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

    /** Channels in static variables that other functions opened. */
    @Override
    public void checkProgram(Check check) {
        Map<Place, Opened> opened = opened(check);
        for (Facts.SystemCallFact fact : check.facts().systemCallsInContext()) {
            Effects.of(fact.contract(), Effect.Uses.class)
                    .filter(u -> !u.kind().isEmpty())
                    .forEach(
                            use ->
                                    symbol(fact.places().getOrDefault(use.place(), Value.UNKNOWN))
                                            .filter(s -> s.kind() == Sym.Kind.INITIAL)
                                            .map(s -> opened.get(s.place()))
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
        found(check).byChannel.values().forEach(m -> check.report(m.report()));
    }

    private Found found(Check check) {
        return check.memory(this, Found.class, Found::new);
    }

    /** Places that the program opens channels into, when always of one known type. */
    private static Map<Place, Opened> opened(Check check) {
        Map<Place, Opened> opened = new HashMap<>();
        Set<Place> mixed = new HashSet<>();
        for (Facts.SystemCallFact fact : check.facts().systemCallsInContext()) {
            Effects.of(fact.contract(), Effect.Acquires.class)
                    .filter(a -> !a.kind().isEmpty())
                    .forEach(
                            a -> {
                                Optional<Place> target =
                                        fact.places()
                                                .getOrDefault(a.place(), Value.UNKNOWN)
                                                .target();
                                long kind =
                                        fact.places()
                                                .getOrDefault(a.kind(), Value.UNKNOWN)
                                                .number()
                                                .orElse(-1L);
                                target.ifPresent(
                                        p -> {
                                            Opened before =
                                                    opened.put(
                                                            p,
                                                            new Opened(kind, fact.call().range()));
                                            if (kind < 0
                                                    || (before != null && before.kind() != kind)) {
                                                mixed.add(p);
                                            }
                                        });
                            });
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
