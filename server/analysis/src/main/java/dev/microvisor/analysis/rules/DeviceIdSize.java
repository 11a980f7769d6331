package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Constraint;
import java.util.Optional;

/** Flags a buffer of fixed length that is of another length, or used as text without its end. */
public final class DeviceIdSize implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "device-id-size",
                    Severity.ERROR,
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
            Optional<Constraint.Const> exact = of(value, Constraint.Const.class);
            Optional<Constraint.LengthOf> length = of(value, Constraint.LengthOf.class);
            if (exact.isPresent() && length.isPresent()) {
                Optional<Place> memory = value.sibling(length.get().of()).target();
                checkLength(value, exact.get().value(), memory, check);
                memory.ifPresent(m -> checkText(site, m, exact.get().value(), check));
            }
        }
    }

    private static <T extends Constraint> Optional<T> of(ContractValue value, Class<T> kind) {
        return value.constraints().stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static void checkLength(
            ContractValue value, long wanted, Optional<Place> memory, Check check) {
        CallSite site = value.site();
        Optional<Long> number = value.value().number();
        long extent = memory.map(Place::extent).orElse(-1L);
        boolean wrong = number.isPresent() && number.get() != wanted;
        boolean small = extent >= 0 && extent < wanted;
        if (!wrong && !small) {
            return;
        }
        SourceRange where = wrong ? value.written() : site.call().nameRange();
        String message =
                small
                        ? "'"
                                + memory.get().display()
                                + "' has "
                                + extent
                                + " bytes, "
                                + site.call().name()
                                + " writes "
                                + wanted
                        : value.name() + " is " + number.get() + ", it must be " + wanted;
        Report report =
                Report.of(INFO, site.function().name(), where, message)
                        .why(
                                wrong
                                        ? "the call answers MV_STATUS_INVALIDBUFFERSIZE"
                                        : "it writes over what follows the buffer")
                        .help("pass " + wanted + " with a buffer of " + (wanted + 1) + " bytes");
        if (wrong && !small) {
            report.suggestion("Pass " + wanted, where, Long.toString(wanted));
        }
        check.report(report);
    }

    /** The bytes have no terminator of their own: somebody must have left room and set it. */
    private static void checkText(CallSite site, Place memory, long length, Check check) {
        Optional<Variable> variable = memory.variable().filter(v -> memory.path().isEmpty());
        if (variable.isEmpty() || memory.extent() < length) {
            return;
        }
        Function function = site.function();
        boolean room = memory.extent() > length;
        if (room && (!isBare(variable.get()) || isStored(function, variable.get()))) {
            return;
        }
        function.calls()
                .flatMap(c -> TextUses.of(c).stream())
                .filter(e -> isVariable(e, variable.get()))
                .forEach(
                        e ->
                                check.report(
                                        Report.of(
                                                        INFO,
                                                        function.name(),
                                                        e.range(),
                                                        "'"
                                                                + variable.get().name()
                                                                + "' is used as text and has no"
                                                                + " terminator")
                                                .severity(Severity.WARNING)
                                                .why(
                                                        site.call().name()
                                                                + " writes "
                                                                + length
                                                                + " bytes and no NUL")
                                                .help(
                                                        "declare it with "
                                                                + (length + 1)
                                                                + " bytes and = {0}")
                                                .note(site.call().nameRange(), "filled here")));
    }

    /** A local that nobody set to zero. */
    private static boolean isBare(Variable variable) {
        return variable.storage() == Variable.Storage.LOCAL
                && !variable.declaration().initialised();
    }

    /** A byte of it is stored, or another call but the text functions gets it. */
    private static boolean isStored(Function function, Variable variable) {
        boolean stored =
                function.instructions()
                        .anyMatch(
                                i ->
                                        i instanceof Instr.Store s
                                                && s.place()
                                                        .walk()
                                                        .anyMatch(e -> isVariable(e, variable)));
        long passed =
                function.calls()
                        .filter(
                                c ->
                                        c.arguments().stream()
                                                .flatMap(Expr::walk)
                                                .anyMatch(e -> isVariable(e, variable)))
                        .filter(
                                c ->
                                        TextUses.of(c).stream()
                                                .noneMatch(e -> isVariable(e, variable)))
                        .count();
        return stored || passed > 1;
    }

    private static boolean isVariable(Expr e, Variable variable) {
        return e.uncast() instanceof Expr.Var v && v.variable().equals(variable);
    }
}
