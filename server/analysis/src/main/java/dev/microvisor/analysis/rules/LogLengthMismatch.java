package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Group;
import java.util.Optional;

/** Flags a log message whose length is not that of its text. */
public final class LogLengthMismatch implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "log-length-mismatch",
                    Severity.WARNING,
                    RuleInfo.Fixing.SAFE,
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
                if (constraint instanceof Constraint.LengthOf length && isMessage(value)) {
                    check(value, length, check);
                }
            }
        }
    }

    /** True for the length of a message to the log. */
    static boolean isMessage(ContractValue value) {
        return (value.group() == Group.LOGGING || value.group() == Group.TEST)
                && value.constraints().size() == 1
                && value.constraints().get(0) instanceof Constraint.LengthOf;
    }

    private static void check(ContractValue value, Constraint.LengthOf length, Check check) {
        sizeOfPointer(value, length, check);
        Optional<Long> number = value.value().number();
        Optional<Place> memory = value.sibling(length.of()).target();
        if (number.isEmpty()
                || memory.isEmpty()
                || !memory.get().path().isEmpty()
                || !isAlwaysSame(value)) {
            return;
        }
        long given = number.get();
        if (memory.get().root() instanceof Place.Literal literal) {
            long real = literal.type().size() - 1;
            if (real >= 0 && given != real) {
                report(
                        value,
                        "the length is " + given + ", the text has " + real,
                        given > real + 1
                                ? "the log gets what follows the text in memory"
                                : given > real
                                        ? "the log gets the NUL as well"
                                        : "the end of the text is missing from the log",
                        given == real + 1 ? Severity.NOTE : Severity.WARNING,
                        check);
            }
            return;
        }
        Function function = value.site().function();
        Optional<Variable> variable = memory.get().variable();
        if (variable.isPresent()
                && variable.get().type().isArray()
                && variable.get().type().target().orElseThrow().size() == 1
                && (isWrittenAsText(function, variable.get())
                        || holdsShorterText(variable.get(), given))) {
            report(
                    value,
                    "the length is always "
                            + given
                            + ", whatever text '"
                            + variable.get().name()
                            + "' holds",
                    "after the text the log gets its NUL and what was left in the buffer",
                    Severity.WARNING,
                    check);
        }
    }

    /** {@code sizeof text} of a pointer, which has the size of an address. */
    private static void sizeOfPointer(
            ContractValue value, Constraint.LengthOf length, Check check) {
        CallSite site = value.site();
        int index = site.contract().orElseThrow().parameterIndex(length.of());
        int count = site.contract().get().parameterIndex(value.name());
        Optional<Expr> text = site.expression(index).map(Expr::uncast);
        Optional<Expr> number = site.expression(count).map(Expr::uncast);
        if (text.isEmpty() || number.isEmpty() || !(text.get() instanceof Expr.Var message)) {
            return;
        }
        String written = check.text(number.get().range()).replaceAll("[\\s()]", "");
        if (message.type().isPointer()
                && number.get() instanceof Expr.Num
                && written.endsWith("sizeof" + message.variable().name())) {
            report(
                    value,
                    "sizeof gives the size of the pointer, not of the text",
                    "the log gets four characters of the text, or what follows a shorter one",
                    Severity.WARNING,
                    check);
        }
    }

    /** A length that is a constant on this path only was chosen by what the text has. */
    private static boolean isAlwaysSame(ContractValue value) {
        int index = value.site().contract().orElseThrow().parameterIndex(value.name());
        Optional<Expr> written = value.site().expression(index).map(Expr::uncast);
        if (written.isEmpty() || written.get() instanceof Expr.Num) {
            return written.isPresent();
        }
        return written.get() instanceof Expr.Var v
                && value.site()
                        .function()
                        .stores()
                        .filter(s -> isOf(s.place(), v))
                        .filter(s -> !(s.value().uncast() instanceof Expr.Num))
                        .findAny()
                        .isEmpty();
    }

    private static boolean isOf(Expr place, Expr.Var v) {
        return place instanceof Expr.Var p && p.variable().equals(v.variable());
    }

    /** {@code char text[64] = "started"} sent with all 64. */
    private static boolean holdsShorterText(Variable variable, long given) {
        return variable.declaration().initializer().orElse(null) instanceof Expr.Text text
                && given > text.length() + 1;
    }

    private static boolean isWrittenAsText(Function function, Variable variable) {
        return function.calls()
                .filter(TextUses::writesText)
                .filter(c -> !c.arguments().isEmpty())
                .anyMatch(
                        c ->
                                c.arguments().get(0).uncast() instanceof Expr.Var v
                                        && v.variable().equals(variable));
    }

    private static void report(
            ContractValue value, String message, String why, Severity severity, Check check) {
        CallSite site = value.site();
        SourceRange where = value.written();
        Report report =
                Report.of(INFO, site.function().name(), where, message)
                        .severity(severity)
                        .why(why)
                        .help("pass strlen() of the message");
        int index = site.contract().orElseThrow().parameterIndex(of(value));
        Optional<Expr> text = site.expression(index).map(Expr::uncast);
        if (text.isPresent() && !where.equals(site.call().range())) {
            String strlen = "strlen(" + check.text(text.get().range()) + ")";
            report.safeFix("Use " + strlen, where, strlen);
        }
        check.report(report);
    }

    private static String of(ContractValue value) {
        return value.constraints().stream()
                .filter(Constraint.LengthOf.class::isInstance)
                .map(c -> ((Constraint.LengthOf) c).of())
                .findFirst()
                .orElseThrow();
    }
}
