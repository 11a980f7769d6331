package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Group;
import dev.microvisor.catalog.StructType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Flags a value of the secret store that reaches a log. It speaks only when every key that the
 * program asks for is a secret, or when the one list of keys tells that the item is one: it does
 * not guess which item is which.
 */
public final class SecretLogged implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "secret-logged",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.DATA);

    /** The constant that names the store of secrets. */
    private static final String SECRET = "MV_CONFIGKEYFETCHSTORE_SECRET";

    /** Calls from function to function that hand a text on to a log. */
    private static final int MAX_DEPTH = 4;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        boolean all = onlySecretsAreFetched(check);
        Predicate<NetworkFill> secret = all ? f -> true : secrets(check)::isSecret;
        TextCalls texts = new TextCalls(check.program());
        List<NetworkFill> fills =
                check.networkFills().stream()
                        .filter(f -> f.system().contract().group() == Group.CONFIG_FETCH)
                        .toList();
        for (NetworkFill fill : fills) {
            if (!secret.test(fill)) {
                continue;
            }
            Optional<Slot> member =
                    fill.target()
                            .slot()
                            .filter(
                                    s ->
                                            fills.stream()
                                                    .filter(
                                                            f ->
                                                                    f.target()
                                                                            .slot()
                                                                            .equals(Optional.of(s)))
                                                    .allMatch(secret));
            for (Function function : check.program().functions()) {
                if (function.equals(fill.function()) || fill.target().variable().isStatic()) {
                    check(fill, function, texts, check);
                } else {
                    member.ifPresent(m -> member(fill, m, function, texts, check));
                }
            }
        }
    }

    private static Secrets secrets(Check check) {
        String field =
                check.catalog().structs().stream()
                        .flatMap(s -> storeField(s, check).stream())
                        .findFirst()
                        .orElse("");
        return new Secrets(
                check, field, ContractValue.constant(SECRET, check.catalog()).orElse(-1L));
    }

    /** A member that holds nothing but a secret, in another function than the one that reads it. */
    private static void member(
            NetworkFill fill, Slot member, Function function, TextCalls texts, Check check) {
        for (Instr.Call call : (Iterable<Instr.Call>) function.calls()::iterator) {
            for (int i = 0; i < call.arguments().size(); i++) {
                Expr argument = call.arguments().get(i);
                if (Slot.of(argument.uncast()).filter(member::equals).isPresent()
                        && (logs(call, i, texts, check)
                                || inside(call, i, texts, check, 0).isPresent())) {
                    report(fill, new Leak(call, function, call, argument), check);
                    return;
                }
            }
        }
    }

    private static void check(NetworkFill fill, Function function, TextCalls texts, Check check) {
        boolean here = function.equals(fill.function());
        List<Instr.Call> calls =
                function.calls().filter(c -> !here || BufferUses.isAfter(c, fill.call())).toList();
        Set<ByteTarget> secret = new LinkedHashSet<>(List.of(fill.target()));
        leaks(fill, secret, calls, function, texts, check);
        if (here) {
            secret.remove(fill.target());
            handedBack(fill, secret, function, texts, check, 1);
        }
    }

    /** Reports every call that logs a secret, or what the calls before made of it. */
    private static void leaks(
            NetworkFill fill,
            Set<ByteTarget> secret,
            List<Instr.Call> calls,
            Function function,
            TextCalls texts,
            Check check) {
        List<Instr.Call> rest = calls;
        Optional<Leak> leak = leak(secret, rest, function, texts, check, 0);
        while (leak.isPresent()) {
            report(fill, leak.get(), check);
            rest = rest.subList(rest.indexOf(leak.get().call()) + 1, rest.size());
            leak = leak(secret, rest, function, texts, check, 0);
        }
    }

    /** What a function copied to the memory that its callers gave it is a secret there, too. */
    private static void handedBack(
            NetworkFill fill,
            Set<ByteTarget> secret,
            Function function,
            TextCalls texts,
            Check check,
            int depth) {
        for (ByteTarget copy : secret) {
            int at = copy.path().isEmpty() ? function.parameters().indexOf(copy.variable()) : -1;
            if (at < 0 || depth > MAX_DEPTH) {
                continue;
            }
            for (CallGraph.Site site : check.facts().graph().callers(function)) {
                List<Expr> arguments = site.call().arguments();
                Optional<ByteTarget> outer =
                        at < arguments.size() ? ByteTarget.of(arguments.get(at)) : Optional.empty();
                if (outer.isEmpty()) {
                    continue;
                }
                Function caller = site.caller();
                List<Instr.Call> after =
                        caller.calls().filter(c -> BufferUses.isAfter(c, site.call())).toList();
                Set<ByteTarget> there = new LinkedHashSet<>(List.of(outer.get()));
                leaks(fill, there, after, caller, texts, check);
                handedBack(fill, there, caller, texts, check, depth + 1);
            }
        }
    }

    /**
     * Where a secret comes to a log.
     *
     * @param call the call of the function looked at
     * @param place the call that logs it, there or in what is called
     */
    private record Leak(Instr.Call call, Function function, Instr.Call place, Expr argument) {}

    /**
     * The first of some calls that logs a secret, or what has been made of it.
     *
     * @param secret where secrets are; what they are copied to is added
     */
    private static Optional<Leak> leak(
            Set<ByteTarget> secret,
            List<Instr.Call> calls,
            Function function,
            TextCalls texts,
            Check check,
            int depth) {
        for (Instr.Call call : calls) {
            if (overwrites(call, secret, function)) {
                ByteTarget.of(call.arguments().get(0)).ifPresent(secret::remove);
            }
            for (int i = 0; i < call.arguments().size(); i++) {
                Expr argument = call.arguments().get(i);
                boolean holds =
                        secret.stream().anyMatch(t -> BufferUses.isBuffer(argument, t, function));
                if (!holds) {
                    continue;
                }
                if (logs(call, i, texts, check)) {
                    return Optional.of(new Leak(call, function, call, argument));
                }
                Optional<Leak> inside = inside(call, i, texts, check, depth);
                if (inside.isPresent()) {
                    Leak leak = inside.get();
                    return Optional.of(
                            isText(leak.place(), texts)
                                    ? new Leak(call, leak.function(), leak.place(), leak.argument())
                                    : new Leak(call, function, call, argument));
                }
                if (i > 0 && isCopy(call)) {
                    ByteTarget.of(call.arguments().get(0)).ifPresent(secret::add);
                }
            }
        }
        return Optional.empty();
    }

    /** Something else takes the place of the secret. */
    private static boolean overwrites(Instr.Call call, Set<ByteTarget> secret, Function function) {
        boolean writes = BufferUses.isZeroing(call) || isCopy(call);
        return writes
                && !call.arguments().isEmpty()
                && !call.name().contains("cat")
                && call.arguments().stream()
                        .skip(1)
                        .noneMatch(
                                a ->
                                        secret.stream()
                                                .anyMatch(
                                                        t -> BufferUses.isBuffer(a, t, function)));
    }

    private static boolean isCopy(Instr.Call call) {
        return switch (call.name()) {
            case "memcpy",
                    "memmove",
                    "strcpy",
                    "strncpy",
                    "strcat",
                    "strncat",
                    "sprintf",
                    "snprintf" ->
                    true;
            default -> false;
        };
    }

    /** True when the text in an argument is printed or sent to the log. */
    private static boolean logs(Instr.Call call, int argument, TextCalls texts, Check check) {
        if (check.catalog()
                .call(call.callee())
                .filter(c -> c.group() == Group.LOGGING)
                .isPresent()) {
            return argument == 0;
        }
        int format = texts.formatOf(call);
        if (format >= 0 && argument > format) {
            boolean text = TextCalls.slot(call, format, argument) != Formats.Slot.OTHER;
            return text && (prints(call) || reachesLog(call, check));
        }
        return call.name().equals("puts") || (prints(call) && argument == format);
    }

    /** Where a function logs what an argument leads to. */
    private static Optional<Leak> inside(
            Instr.Call call, int argument, TextCalls texts, Check check, int depth) {
        Optional<Function> callee = check.program().function(call.callee());
        if (callee.isEmpty()
                || depth >= MAX_DEPTH
                || argument >= callee.get().parameters().size()) {
            return Optional.empty();
        }
        Variable parameter = callee.get().parameters().get(argument);
        return leak(
                new LinkedHashSet<>(List.of(new ByteTarget(parameter, ""))),
                callee.get().calls().toList(),
                callee.get(),
                texts,
                check,
                depth + 1);
    }

    /** True for a call that says something about the value: no wrapper that logs any text. */
    private static boolean isText(Instr.Call call, TextCalls texts) {
        int format = texts.formatOf(call);
        return format >= 0
                && format < call.arguments().size()
                && call.arguments().get(format).uncast() instanceof Expr.Text text
                && !text.value().strip().equals("%s");
    }

    private static boolean prints(Instr.Call call) {
        return call.name().equals("printf") || call.name().equals("vprintf");
    }

    /** A function of the program that ends in a system call of the log. */
    private static boolean reachesLog(Instr.Call call, Check check) {
        return check.program()
                .function(call.callee())
                .filter(
                        f ->
                                check.facts().graph().reachable(f).stream()
                                        .flatMap(Function::calls)
                                        .anyMatch(
                                                c ->
                                                        prints(c)
                                                                || check.catalog()
                                                                        .call(c.callee())
                                                                        .filter(
                                                                                s ->
                                                                                        s.group()
                                                                                                == Group
                                                                                                        .LOGGING)
                                                                        .isPresent()))
                .isPresent();
    }

    /** True when the program asks for keys, and all that it writes into requests are secrets. */
    private static boolean onlySecretsAreFetched(Check check) {
        Optional<Long> secret = ContractValue.constant(SECRET, check.catalog());
        List<Expr> stores = new ArrayList<>();
        for (StructType struct : check.catalog().structs()) {
            storeField(struct, check)
                    .ifPresent(field -> stores.addAll(written(struct.name(), field, check)));
        }
        return secret.isPresent()
                && !stores.isEmpty()
                && stores.stream()
                        .allMatch(
                                e -> e.uncast() instanceof Expr.Num n && n.value() == secret.get());
    }

    /** The field that chooses a store. */
    private static Optional<String> storeField(StructType struct, Check check) {
        return struct.fields().stream()
                .filter(
                        f ->
                                f.constraints().stream()
                                        .anyMatch(
                                                c ->
                                                        c instanceof Constraint.OneOf one
                                                                && hasSecret(one, check)))
                .map(StructType.Field::path)
                .findFirst();
    }

    private static boolean hasSecret(Constraint.OneOf one, Check check) {
        return check.catalog().enumerations().stream()
                .anyMatch(e -> e.name().equals(one.enumName()) && e.constant(SECRET).isPresent());
    }

    private static List<Expr> written(String struct, String field, Check check) {
        List<Expr> values = new ArrayList<>();
        for (Function function : check.program().functions()) {
            function.stores()
                    .forEach(
                            s -> {
                                if (s.place() instanceof Expr.Field f
                                        && f.name().equals(field)
                                        && isStruct(f.base().type(), struct)) {
                                    values.add(s.value());
                                }
                                entries(s.value(), s.place().type(), struct, field, values);
                            });
        }
        check.program()
                .globals()
                .forEach(
                        g ->
                                g.declaration()
                                        .initializer()
                                        .ifPresent(
                                                e -> entries(e, g.type(), struct, field, values)));
        return values;
    }

    private static void entries(
            Expr value, CType type, String struct, String field, List<Expr> values) {
        CType element = type.isArray() ? type.target().orElse(type) : type;
        if (value instanceof Expr.Aggregate aggregate && isStruct(element, struct)) {
            aggregate.entries().stream()
                    .filter(e -> e.path().endsWith("." + field))
                    .forEach(e -> values.add(e.value()));
        }
    }

    private static boolean isStruct(CType type, String name) {
        return type.struct().filter(s -> s.name().equals(name)).isPresent();
    }

    private static void report(NetworkFill fill, Leak leak, Check check) {
        Instr.Call call = leak.place();
        Report report =
                Report.of(
                                INFO,
                                leak.function().name(),
                                leak.argument().range(),
                                "a value of the secret store is written to the log by "
                                        + call.name())
                        .why("whoever may read the log then knows the secret")
                        .help("log that there is a value, or its length, never the value")
                        .note(fill.call().nameRange(), fill.name() + " receives it here");
        call.statement()
                .flatMap(s -> Edits.in(s, check).flatMap(e -> e.remove(s)))
                .map(e -> Edits.suggestion("Do not log it", e))
                .ifPresent(report::fix);
        check.report(report);
    }
}
