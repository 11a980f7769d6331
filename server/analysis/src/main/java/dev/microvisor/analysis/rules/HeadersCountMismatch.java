package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.ContractPlaces;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.StructType;
import java.util.Optional;

/** Flags a count of headers, keys, topics or certificates that does not fit their array. */
public final class HeadersCountMismatch implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "headers-count-mismatch",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.BUFFERS,
                    RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCallInContext(CallSite site, Check check) {
        onCall(site, check);
    }

    @Override
    public void onCall(CallSite site, Check check) {
        for (ContractValue value : check.values(site)) {
            for (Constraint constraint : value.constraints()) {
                if (constraint instanceof Constraint.LengthOf length
                        && length.unit() == Constraint.Unit.ELEMENTS) {
                    check(value, length, check);
                }
            }
        }
    }

    private static void check(ContractValue value, Constraint.LengthOf length, Check check) {
        Optional<Long> number = value.value().number();
        Optional<Place> array = value.sibling(length.of()).target();
        if (number.isEmpty() || array.isEmpty()) {
            return;
        }
        Optional<StructType> wanted = elementType(value, length, check.catalog());
        CType type = array.get().type();
        CType element = type.plain() instanceof CType.Array a ? a.element() : type;
        boolean fits =
                wanted.isPresent()
                        && element.struct()
                                .filter(s -> s.name().equals(wanted.get().name()))
                                .isPresent();
        long extent = array.get().extent();
        if (!fits || extent < 0 || array.get().path().contains("*")) {
            return;
        }
        long count = extent / wanted.get().sizeBytes();
        if (number.get() > count) {
            report(
                    value,
                    array.get(),
                    value.name()
                            + " is "
                            + number.get()
                            + ", but '"
                            + array.get().display()
                            + "' has only "
                            + count,
                    "Microvisor reads past the end of the array, and sends or refuses what it finds",
                    check,
                    Severity.ERROR);
        } else if (number.get() < count
                && type.isArray()
                && !isChosen(value)
                && isFilled(
                        value.site(), array.get(), number.get(), wanted.get(), check.catalog())) {
            report(
                    value,
                    array.get(),
                    value.name()
                            + " is "
                            + number.get()
                            + ", but '"
                            + array.get().display()
                            + "' has more elements that are filled in",
                    "element " + number.get() + " and what follows it are left out of the request",
                    check,
                    Severity.WARNING);
        }
    }

    /** True when other ways lead to another count: to send fewer is what the program decides. */
    private static boolean isChosen(ContractValue value) {
        Function function = value.site().function();
        return value.member().map(Expr::uncast).stream()
                .anyMatch(
                        e ->
                                e instanceof Expr.Temp
                                        || (e instanceof Expr.Var v
                                                && function.storesTo(v.variable()).count() > 1));
    }

    private static Optional<StructType> elementType(
            ContractValue value, Constraint.LengthOf length, Catalog catalog) {
        return catalog.struct(value.owner())
                .flatMap(s -> s.field(length.of()))
                .flatMap(f -> ContractPlaces.struct(f.type(), catalog));
    }

    /** True when a pointer of this element was given a target. */
    private static boolean isFilled(
            CallSite site, Place array, long index, StructType type, Catalog catalog) {
        Place element = array.at("[" + index + "]");
        for (StructType.Field field : type.fields()) {
            Place place = element.at("." + field.path());
            boolean text =
                    !field.type().endsWith("*")
                            && ContractPlaces.struct(field.type(), catalog)
                                    .filter(s -> s.field("data").isPresent())
                                    .isPresent();
            if (site.load(text ? place.field("data") : place) instanceof Value.Address) {
                return true;
            }
        }
        return false;
    }

    private static void report(
            ContractValue value,
            Place array,
            String message,
            String why,
            Check check,
            Severity severity) {
        CallSite site = value.site();
        SourceRange where = value.written();
        Report report =
                Report.of(INFO, site.function().name(), where, message)
                        .severity(severity)
                        .why(why)
                        .help("count the array: sizeof(array) / sizeof(array[0])")
                        .note(site.call().nameRange(), "passed to " + site.call().name() + " here");
        if (array.type().isArray()
                && array.path().isEmpty()
                && array.variable().isPresent()
                && !where.equals(site.call().nameRange())) {
            String name = array.variable().get().name();
            report.suggestion(
                    "Count the elements of '" + name + "'",
                    where,
                    "sizeof(" + name + ") / sizeof(" + name + "[0])");
        }
        check.report(report);
    }
}
