package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.EnumType;
import java.util.Optional;

/**
 * Flags a number that the contract rules out: no constant of its enumeration, too many elements, an
 * address that is no multiple. Timeouts, versions and sizes of buffers have rules of their own.
 */
public final class ValueOutOfRange implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "value-out-of-range", Severity.ERROR, RuleInfo.Tag.BUFFERS, RuleInfo.Tag.QUICK);

    /** How the header names the constant that only gives an enumeration its width. */
    private static final String WIDTH = "__MAX";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCall(CallSite site, Check check) {
        Verdicts verdicts = check.memory(this, Verdicts.class, Verdicts::new);
        for (ContractValue value : check.values(site)) {
            Optional<String> mistake =
                    value.value()
                            .number()
                            .filter(n -> !isBuffer(value, check) && !isMiscounted(value, n))
                            .flatMap(n -> mistake(value, n, check));
            if (mistake.isPresent()) {
                verdicts.bad(value, report(value, mistake.get()));
            } else {
                verdicts.good(value);
            }
        }
    }

    @Override
    public void checkProgram(Check check) {
        check.memory(this, Verdicts.class, Verdicts::new).report(check);
    }

    private static Optional<String> mistake(ContractValue value, long number, Check check) {
        for (Constraint constraint : value.constraints()) {
            if (!value.applies(constraint, check.catalog())) {
                continue;
            }
            if (constraint instanceof Constraint.Range range
                    && !TimeoutRange.isTimeout(range, check.catalog())
                    && (number < range.min() || number > range.max())) {
                return Optional.of(
                        number < range.min()
                                ? "must be at least " + range.min()
                                : "must be at most " + range.max());
            }
            if (constraint instanceof Constraint.MultipleOf multiple
                    && number % multiple.factor() != 0) {
                return Optional.of("must be a multiple of " + multiple.factor());
            }
            if (constraint instanceof Constraint.OneOf oneOf
                    && check.catalog()
                            .enumeration(oneOf.enumName())
                            .filter(e -> !has(e, number))
                            .isPresent()) {
                return Optional.of("is no value of enum " + oneOf.enumName());
            }
        }
        return Optional.empty();
    }

    private static boolean has(EnumType type, long number) {
        return type.constants().stream()
                .anyMatch(c -> c.value() == number && !c.name().endsWith(WIDTH));
    }

    /** The size of a buffer, which must be a multiple of something. */
    private static boolean isBuffer(ContractValue value, Check check) {
        return has(value, Constraint.LengthOf.class)
                && value.constraints().stream()
                        .anyMatch(
                                c ->
                                        c instanceof Constraint.MultipleOf
                                                && value.applies(c, check.catalog()));
    }

    private static boolean has(ContractValue value, Class<? extends Constraint> kind) {
        return value.constraints().stream().anyMatch(kind::isInstance);
    }

    /** A count that is already wrong for its array. */
    private static boolean isMiscounted(ContractValue value, long number) {
        for (Constraint constraint : value.constraints()) {
            if (constraint instanceof Constraint.LengthOf length
                    && length.unit() == Constraint.Unit.ELEMENTS) {
                Optional<Place> array = value.sibling(length.of()).target();
                long extent = array.map(Place::extent).orElse(-1L);
                long element = array.flatMap(a -> a.type().target()).map(t -> t.size()).orElse(-1L);
                return extent >= 0 && element > 0 && number > extent / element;
            }
        }
        return false;
    }

    private static Report report(ContractValue value, String mistake) {
        CallSite site = value.site();
        long number = value.value().number().orElseThrow();
        return Report.of(
                        INFO,
                        site.function().name(),
                        value.written(),
                        value.name() + " is " + number + ", it " + mistake)
                .why(why(value))
                .help("pass a value that the contract of " + site.call().name() + " names")
                .note(site.call().nameRange(), "passed to " + site.call().name() + " here");
    }

    /** The status whose text speaks of the field. */
    private static String why(ContractValue value) {
        String call = value.site().call().name();
        return value.site().contract().orElseThrow().statuses().stream()
                .filter(s -> s.when().contains("`" + value.name() + "`"))
                .findFirst()
                .map(s -> call + " answers " + s.status())
                .orElse(call + " does not do what it should, now or in a later version");
    }
}
