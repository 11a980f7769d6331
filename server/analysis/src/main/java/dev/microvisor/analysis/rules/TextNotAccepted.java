package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Constraint;
import java.util.List;
import java.util.Optional;

/**
 * Flags a constant text that the contract rules out: a URL of another scheme, an unknown method, a
 * key that is too long, an endpoint.
 */
public final class TextNotAccepted implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "text-not-accepted", Severity.ERROR, RuleInfo.Tag.BUFFERS, RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCall(CallSite site, Check check) {
        Verdicts verdicts = check.memory(this, Verdicts.class, Verdicts::new);
        for (ContractValue value : check.values(site)) {
            Optional<ContractValue> data = part(value, "data", check);
            Optional<ContractValue> length = part(value, "length", check);
            if (data.isPresent() && length.isPresent() && isRestricted(value)) {
                Optional<String> mistake = mistake(value, data.get(), length.get(), check);
                if (mistake.isPresent()) {
                    verdicts.bad(value, report(value, data.get(), mistake.get()));
                } else {
                    verdicts.good(value);
                }
            }
        }
    }

    @Override
    public void checkProgram(Check check) {
        check.memory(this, Verdicts.class, Verdicts::new).report(check);
    }

    /** A field of a text; the text is a structure itself. */
    private static Optional<ContractValue> part(ContractValue text, String name, Check check) {
        return check.values(text.site()).stream()
                .filter(v -> v.scope().equals(text.path()) && v.name().equals(name))
                .findFirst();
    }

    private static boolean isRestricted(ContractValue value) {
        return value.constraints().stream()
                .anyMatch(
                        c ->
                                c instanceof Constraint.Length
                                        || c instanceof Constraint.Prefix
                                        || c instanceof Constraint.OneOfTexts
                                        || c instanceof Constraint.Printable);
    }

    private static Optional<String> mistake(
            ContractValue value, ContractValue data, ContractValue length, Check check) {
        Optional<Long> bytes = length.value().number();
        Optional<String> whole =
                data.value().target().flatMap(p -> text(p, value.site().function()));
        Optional<String> text = whole.flatMap(t -> cut(t, bytes));
        Optional<String> start =
                text.or(
                        () ->
                                data.value()
                                        .target()
                                        .flatMap(p -> start(p, value.site().function())));
        for (Constraint constraint : value.constraints()) {
            Optional<String> mistake = Optional.empty();
            if (!value.applies(constraint, check.catalog())
                    || bytes.filter(n -> n == 0).isPresent()) {
                continue;
            }
            if (constraint instanceof Constraint.Length limit) {
                mistake = bytes.filter(n -> n > limit.max()).map(n -> tooLong(n, limit.max()));
            } else if (constraint instanceof Constraint.Prefix prefix) {
                mistake =
                        start.filter(s -> !agree(s, prefix.text(), text.isPresent()))
                                .map(s -> "does not begin with " + prefix.text());
            } else if (constraint instanceof Constraint.OneOfTexts oneOf) {
                mistake =
                        text.filter(t -> !oneOf.texts().contains(t))
                                .map(
                                        t ->
                                                "is '"
                                                        + visible(t)
                                                        + "', none of "
                                                        + list(oneOf.texts()));
            } else if (constraint instanceof Constraint.Printable) {
                mistake =
                        text.filter(t -> !t.chars().allMatch(c -> c >= ' ' && c <= '~'))
                                .map(t -> "is '" + visible(t) + "', which is not printable ASCII");
            }
            if (mistake.isPresent()) {
                return mistake;
            }
        }
        return Optional.empty();
    }

    private static String tooLong(long bytes, long max) {
        return max == 0
                ? "has " + bytes + " bytes; it must be empty"
                : "has " + bytes + " bytes, more than " + max;
    }

    private static String list(List<String> texts) {
        return String.join(", ", texts);
    }

    /** With what cannot be shown in other words. */
    private static String visible(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars()
                .forEach(
                        c -> {
                            if (c >= ' ' && c <= '~') {
                                shown.append((char) c);
                            } else {
                                shown.append(String.format("\\x%02x", c & 0xFF));
                            }
                        });
        return shown.toString();
    }

    /** As far as a text is known it begins in that way; schemes may be of any case. */
    private static boolean agree(String start, String prefix, boolean complete) {
        int length = Math.min(start.length(), prefix.length());
        return start.regionMatches(true, 0, prefix, 0, length)
                && (!complete || start.length() >= prefix.length());
    }

    /** The bytes that are sent; empty when a literal's length is not known. */
    private static Optional<String> cut(String text, Optional<Long> bytes) {
        if (bytes.isEmpty() || bytes.get() > text.length() + 1L) {
            return Optional.empty();
        }
        return Optional.of(
                bytes.get() > text.length()
                        ? text + '\0'
                        : text.substring(0, bytes.get().intValue()));
    }

    /** The constant text at a place. */
    private static Optional<String> text(Place place, Function function) {
        if (!place.path().isEmpty()) {
            return Optional.empty();
        }
        if (place.root() instanceof Place.Literal literal) {
            return Optional.of(literal.text().value());
        }
        return place.variable()
                .filter(TextNotAccepted::isConstantArray)
                .flatMap(v -> initializer(v, function));
    }

    private static boolean isConstantArray(Variable variable) {
        return variable.type().isArray()
                && variable.type().target().filter(CType::isConst).isPresent();
    }

    private static Optional<String> initializer(Variable variable, Function function) {
        Optional<Expr> value =
                variable.isStatic()
                        ? variable.declaration().initializer()
                        : stores(variable, function).stream()
                                .filter(Instr.Store::declaration)
                                .map(Instr.Store::value)
                                .findFirst();
        return value.filter(Expr.Text.class::isInstance).map(e -> ((Expr.Text) e).value());
    }

    private static List<Instr.Store> stores(Variable variable, Function function) {
        return function.stores()
                .filter(
                        s ->
                                s.place()
                                        .walk()
                                        .anyMatch(
                                                e ->
                                                        e instanceof Expr.Var v
                                                                && v.variable().equals(variable)))
                .toList();
    }

    /** How a local array begins into which one call prints. */
    private static Optional<String> start(Place place, Function function) {
        Optional<Variable> local =
                place.variable()
                        .filter(v -> place.path().isEmpty() && v.type().isArray())
                        .filter(Variable::isAutomatic);
        if (local.isEmpty()
                || stores(local.get(), function).stream().anyMatch(s -> !s.declaration())) {
            return Optional.empty();
        }
        ByteTarget target = new ByteTarget(local.get(), "");
        List<Instr.Call> writers =
                function.calls()
                        .filter(
                                c ->
                                        !c.arguments().isEmpty()
                                                && BufferUses.isBuffer(
                                                        c.arguments().get(0), target, function))
                        .filter(c -> !c.name().equals("strlen") && !c.name().equals("memset"))
                        .toList();
        if (writers.size() != 1) {
            return Optional.empty();
        }
        List<Expr> arguments = writers.get(0).arguments();
        int format =
                switch (writers.get(0).name()) {
                    case "sprintf" -> 1;
                    case "snprintf" -> 2;
                    default -> arguments.size();
                };
        return format < arguments.size() && arguments.get(format).uncast() instanceof Expr.Text t
                ? Optional.of(t.value().replaceFirst("(?s)%.*", ""))
                : Optional.empty();
    }

    private static Report report(ContractValue value, ContractValue data, String mistake) {
        CallSite site = value.site();
        return Report.of(INFO, site.function().name(), data.written(), value.name() + " " + mistake)
                .why("the call fails, or the request ends with a failure after it was sent")
                .help("look at the contract: microvisor explain " + value.owner())
                .note(site.call().nameRange(), "passed to " + site.call().name() + " here");
    }
}
