package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.engine.ValueSet;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Constraint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Flags a request timeout that Microvisor does not take; missing ones are 0. */
public final class TimeoutRange implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "timeout-range",
                    Severity.ERROR,
                    RuleInfo.Fixing.SAFE,
                    RuleInfo.Tag.BUFFERS,
                    RuleInfo.Tag.QUICK);

    private static final String WHY =
            "the request ends with MV_HTTPRESULT_INVALIDTIMEOUT, nothing is sent";

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
                if (constraint instanceof Constraint.Range range
                        && isTimeout(range, check.catalog())) {
                    check(value, range, check);
                    Held held = check.memory(this, Held.class, Held::new);
                    held.add(value, range);
                }
            }
        }
    }

    /** Requests whose timeout is whatever a variable or a member of a structure holds. */
    private static final class Held {
        private final Map<Slot, Use> uses = new LinkedHashMap<>();

        /**
         * @param can the numbers that reach the request
         */
        private record Use(Instr.Call call, Constraint.Range range, ValueSet can) {}

        void add(ContractValue value, Constraint.Range range) {
            Optional<Sym> held = value.value().symbol().filter(s -> s.kind() == Sym.Kind.INITIAL);
            Optional<Slot> slot = held.flatMap(s -> Slot.lasting(s.place()));
            if (slot.isPresent()) {
                ValueSet can = value.site().state().set(held.get());
                uses.merge(
                        slot.get(),
                        new Use(value.site().call(), range, can),
                        (a, b) -> new Use(a.call(), range, a.can().or(b.can())));
            }
        }

        /**
         * What is put there beyond the limits. Nothing is said of 0: that may stand for nothing.
         */
        void report(Check check) {
            uses.forEach(
                    (slot, use) ->
                            SlotConstants.of(slot, check.program()).stream()
                                    .filter(g -> g.value().value() != 0)
                                    .filter(g -> !isIn(g.value().value(), use.range()))
                                    .filter(g -> use.can().contains(g.value().value()))
                                    .forEach(g -> check.report(report(g, use))));
        }

        private static Report report(SlotConstants.Given given, Use use) {
            long number = given.value().value();
            return Report.of(
                            INFO,
                            given.function(),
                            given.value().range(),
                            "the timeout of a request is "
                                    + number
                                    + ", outside "
                                    + use.range().min()
                                    + " to "
                                    + use.range().max())
                    .severity(Severity.WARNING)
                    .why(WHY)
                    .help(
                            "choose "
                                    + use.range().min()
                                    + " to "
                                    + use.range().max()
                                    + " milliseconds")
                    .note(use.call().nameRange(), "passed to " + use.call().name() + " here")
                    .safeFix(
                            "Make it " + nearest(number, use.range()),
                            given.value().range(),
                            Long.toString(nearest(number, use.range())));
        }
    }

    @Override
    public void checkProgram(Check check) {
        check.memory(this, Held.class, Held::new).report(check);
    }

    private static boolean isIn(long number, Constraint.Range range) {
        return number >= range.min() && number <= range.max();
    }

    private static long nearest(long number, Constraint.Range range) {
        return number < range.min() ? range.min() : range.max();
    }

    static boolean isTimeout(Constraint.Range range, Catalog catalog) {
        return range.min() == catalog.limit("http-timeout-min-ms")
                && range.max() == catalog.limit("http-timeout-max-ms");
    }

    private static void check(ContractValue value, Constraint.Range range, Check check) {
        Optional<Long> number = value.value().number();
        boolean unset = value.value() instanceof Value.Unset;
        if (!unset && (number.isEmpty() || isIn(number.get(), range))) {
            return;
        }
        SourceRange where = value.written();
        CallSite site = value.site();
        Report report =
                Report.of(
                                INFO,
                                site.function().name(),
                                where,
                                unset
                                        ? value.name() + " is not set"
                                        : value.name()
                                                + " is "
                                                + number.get()
                                                + ", outside "
                                                + range.min()
                                                + " to "
                                                + range.max())
                        .why(WHY)
                        .help("choose " + range.min() + " to " + range.max() + " milliseconds")
                        .note(site.call().nameRange(), "passed to " + site.call().name() + " here");
        if (number.isPresent() && !where.equals(site.call().nameRange())) {
            long nearest = nearest(number.get(), range);
            report.safeFix("Make it " + nearest, where, Long.toString(nearest));
        }
        check.report(report);
    }
}
