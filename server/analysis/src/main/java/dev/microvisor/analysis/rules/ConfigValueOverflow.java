package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.StoreSite;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Direction;
import dev.microvisor.catalog.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Flags a copy or a terminator that only the received length bounds, not the target. */
public final class ConfigValueOverflow implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "config-value-overflow",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.DATA);

    /** Copies of copies of a length. */
    private static final int MAX_COPIES = 3;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCall(CallSite site, Check check) {
        check.memory(this, ReceivedLengths.class, ReceivedLengths::new).add(site, check);
    }

    @Override
    public void onStore(StoreSite site, Check check) {
        check.memory(this, ReceivedLengths.class, ReceivedLengths::new).add(site);
    }

    @Override
    public void onStoreInContext(StoreSite site, Check check) {
        check.memory(this, ReceivedLengths.class, ReceivedLengths::new).add(site);
    }

    @Override
    public void checkProgram(Check check) {
        byText(check);
        ReceivedLengths paths = check.memory(this, ReceivedLengths.class, ReceivedLengths::new);
        paths.elsewhere(check);
        long most = mostReceived(check);
        for (ReceivedLengths.Excess excess : paths.all()) {
            boolean fits = excess.isWhole() && most >= 0 && most <= excess.room();
            if (!fits) {
                report(excess, check);
            }
        }
    }

    private static void report(ReceivedLengths.Excess excess, Check check) {
        Report report =
                Report.of(
                                INFO,
                                excess.function().name(),
                                excess.by() instanceof Instr.Call c
                                        ? c.nameRange()
                                        : excess.by().range(),
                                message(excess, check))
                        .why("a longer value than expected overwrites what lies behind")
                        .help("compare the length with the size of the target first");
        if (excess.told() != null) {
            report.note(excess.told(), "the length is received here");
        }
        excess.array()
                .ifPresent(
                        a -> {
                            String number = check.text(excess.number().range());
                            String less = excess.isElement() ? " - 1" : "";
                            String room = "sizeof(" + check.text(a.range()) + ")" + less;
                            report.suggestion(
                                    "Use no more than " + room,
                                    excess.number().range(),
                                    number + " < " + room + " ? " + number + " : " + room);
                        });
        check.report(report);
    }

    private static String message(ReceivedLengths.Excess excess, Check check) {
        if (excess.isCopy() && excess.most() < Long.MAX_VALUE) {
            return tooMany(excess.most(), excess.room());
        }
        return excess.isElement()
                ? behind(excess.memory().display(), excess.room(), excess.number(), check)
                : "'"
                        + excess.memory().display()
                        + "' has "
                        + excess.room()
                        + " bytes, but "
                        + check.text(excess.number().range())
                        + " says how many are written";
    }

    private static String behind(String array, long room, Expr index, Check check) {
        return "'"
                + array
                + "' has "
                + room
                + " bytes, but "
                + check.text(index.range())
                + " may be an index behind the last of them";
    }

    /** What the text of one function shows. */
    private static void byText(Check check) {
        for (NetworkFill fill : check.networkFills()) {
            if (fill.length().isPresent() && fill.size() > 0) {
                ByteTarget length = fill.length().get();
                if (!BufferUses.isBounded(length, fill.function(), fill.call())) {
                    copies(fill, length, check);
                    terminators(fill, length, check);
                }
            }
            if (fill.isDirect() && fill.extent() > 0 && fill.sizeExpr().isPresent()) {
                wholeBody(fill, fill.sizeExpr().get(), check);
            }
        }
    }

    /** True when another read between a read and a use put its own length into the variable. */
    private static boolean isToldAnew(ByteTarget length, NetworkFill fill, Instr use, Check check) {
        return check.networkFills().stream()
                .filter(f -> f.function().equals(fill.function()))
                .filter(f -> f.length().filter(length::equals).isPresent())
                .map(NetworkFill::call)
                .filter(again -> BufferUses.isAfter(again, fill.call()))
                .anyMatch(again -> !Ways.lead(fill.function(), fill.call(), use, again));
    }

    /** {@code memcpy(target, value, length)}. */
    private static void copies(NetworkFill fill, ByteTarget length, Check check) {
        fill.function()
                .calls()
                .filter(c -> BufferUses.isAfter(c, fill.call()))
                .filter(c -> !isToldAnew(length, fill, c, check))
                .filter(ConfigValueOverflow::isCopy)
                .filter(c -> isLength(c.arguments().get(2), length, fill.function(), 0))
                .filter(
                        c ->
                                BufferUses.isBuffer(
                                        c.arguments().get(1), fill.target(), fill.function()))
                .forEach(
                        c -> {
                            long room = room(c.arguments().get(0), fill.function(), check);
                            if (room > 0 && room < fill.size()) {
                                report(
                                        fill,
                                        c,
                                        clamp(c.arguments().get(2), c.arguments().get(0), ""),
                                        tooMany(fill.size(), room),
                                        check);
                            }
                        });
    }

    /** The size of an array, of a parameter that of the smallest array a caller hands over. */
    private static long room(Expr target, Function function, Check check) {
        CType type = target.uncast().type();
        if (type.isArray()) {
            return type.size();
        }
        int parameter =
                target.uncast() instanceof Expr.Var v
                        ? function.parameters().indexOf(v.variable())
                        : -1;
        return check.facts().graph().callers(function).stream()
                .map(site -> site.call().arguments())
                .filter(arguments -> parameter >= 0 && parameter < arguments.size())
                .map(arguments -> arguments.get(parameter).uncast().type())
                .filter(CType::isArray)
                .mapToLong(CType::size)
                .min()
                .orElse(-1);
    }

    private static String tooMany(long most, long room) {
        return "up to " + most + " received bytes are copied to " + room + " bytes";
    }

    /** The length received, or a local copy of it that nothing is compared with. */
    private static boolean isLength(Expr number, ByteTarget length, Function function, int steps) {
        if (BufferUses.names(number, length)) {
            return true;
        }
        if (!(number.uncast() instanceof Expr.Var copy)
                || copy.variable().storage() != Variable.Storage.LOCAL
                || steps >= MAX_COPIES) {
            return false;
        }
        ByteTarget target = new ByteTarget(copy.variable(), "");
        List<Instr.Store> stores =
                function.stores().filter(s -> BufferUses.names(s.place(), target)).toList();
        return stores.size() == 1
                && stores.get(0).op().isEmpty()
                && !BufferUses.isCompared(target, function)
                && isLength(stores.get(0).value(), length, function, steps + 1);
    }

    private static boolean isCopy(Instr.Call call) {
        return switch (call.name()) {
            case "memcpy", "memmove", "strncpy" -> call.arguments().size() == 3;
            default -> false;
        };
    }

    /** {@code buffer[length] = 0}. */
    private static void terminators(NetworkFill fill, ByteTarget length, Check check) {
        fill.function()
                .stores()
                .filter(s -> BufferUses.isAfter(s, fill.call()))
                .filter(s -> !isToldAnew(length, fill, s, check))
                .filter(s -> s.place() instanceof Expr.Index)
                .forEach(
                        s -> {
                            Expr.Index index = (Expr.Index) s.place();
                            CType array = index.base().uncast().type();
                            boolean outside =
                                    array.isArray()
                                            && index.type().size() == 1
                                            && array.size() > 0
                                            && array.size() <= fill.size()
                                            && isLength(index.index(), length, fill.function(), 0);
                            if (outside) {
                                report(
                                        fill,
                                        s,
                                        clamp(index.index(), index.base(), " - 1"),
                                        behind(
                                                check.text(index.base().range()),
                                                array.size(),
                                                index.index(),
                                                check),
                                        check);
                            }
                        });
    }

    /** A read whose size is a number that the far end chose. */
    private static void wholeBody(NetworkFill fill, Expr size, Check check) {
        Optional<ByteTarget> number = ByteTarget.place(size);
        Optional<Facts.SystemCallFact> source = number.flatMap(n -> source(n, fill, check));
        long most = mostReceived(check);
        if (source.isEmpty()
                || size.type().isEnum("")
                || (most >= 0 && most <= fill.extent())
                || BufferUses.isBounded(number.get(), fill.function(), fill.call())) {
            return;
        }
        Optional<Expr> buffer =
                fill.call().arguments().stream()
                        .filter(a -> a.uncast().type().isArray())
                        .filter(a -> BufferUses.isBuffer(a, fill.target(), fill.function()))
                        .findFirst();
        report(
                fill,
                fill.call(),
                buffer.map(b -> clamp(size, b, "")).orElse(new Clamp(size, null, "")),
                "'"
                        + fill.target().display()
                        + "' has "
                        + fill.extent()
                        + " bytes, but "
                        + number.get().display()
                        + " says how many are written",
                check);
    }

    /** The system call that tells the program a number, in the same function. */
    private static Optional<Facts.SystemCallFact> source(
            ByteTarget number, NetworkFill fill, Check check) {
        ByteTarget whole = new ByteTarget(number.variable(), "");
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            if (fact.function().equals(fill.function())
                    && NetworkFill.isNetwork(fact.contract().group())
                    && !number.path().isEmpty()) {
                for (Parameter parameter : fact.contract().parameters()) {
                    Value value = fact.places().getOrDefault(parameter.name(), Value.UNKNOWN);
                    if (parameter.direction() == Direction.OUT
                            && ByteTarget.of(value).filter(whole::equals).isPresent()) {
                        return Optional.of(fact);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The largest receive buffer of the program's channels; -1 when one is not known. */
    private static long mostReceived(Check check) {
        List<Long> sizes = receiveBuffers(check);
        boolean known = !sizes.isEmpty() && sizes.stream().noneMatch(s -> s < 0);
        return known ? sizes.stream().mapToLong(Long::longValue).max().orElse(-1) : -1;
    }

    /** Sizes of the receive buffers of the program's channels; -1 for one that is not known. */
    static List<Long> receiveBuffers(Check check) {
        List<Long> sizes = new ArrayList<>();
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            for (String path : fact.places().keySet()) {
                if (path.endsWith(".receive_buffer_len")) {
                    Value buffer =
                            fact.places()
                                    .getOrDefault(
                                            path.substring(0, path.length() - "_len".length()),
                                            Value.UNKNOWN);
                    long extent = buffer.target().map(Place::extent).orElse(-1L);
                    sizes.add(fact.places().get(path).number().orElse(extent));
                }
            }
        }
        return sizes;
    }

    /**
     * A number to be kept below the size of an array.
     *
     * @param array null when its name is not known here
     * @param less what is taken off the size, such as {@code " - 1"}
     */
    private record Clamp(Expr number, Expr array, String less) {}

    private static Clamp clamp(Expr number, Expr array, String less) {
        Expr target = array.uncast();
        return new Clamp(number, target.type().isArray() ? target : null, less);
    }

    private static void report(
            NetworkFill fill, Instr where, Clamp clamp, String message, Check check) {
        Function function = fill.function();
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                where instanceof Instr.Call c ? c.nameRange() : where.range(),
                                message)
                        .why("a longer value than expected overwrites what lies behind")
                        .help("compare the length with the size of the target first")
                        .note(fill.call().nameRange(), fill.name() + " receives it here");
        if (clamp.array() != null) {
            String number = check.text(clamp.number().range());
            String room = "sizeof(" + check.text(clamp.array().range()) + ")" + clamp.less();
            report.suggestion(
                    "Use no more than " + room,
                    clamp.number().range(),
                    number + " < " + room + " ? " + number + " : " + room);
        }
        check.report(report);
    }
}
