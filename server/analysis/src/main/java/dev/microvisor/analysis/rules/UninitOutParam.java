package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.ReadSite;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Variable;
import java.util.Optional;

/** Flags a read of a variable that only a successful call would have filled. */
public final class UninitOutParam implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "uninit-out-param",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.STATUS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onUnsetRead(ReadSite site, Check check) {
        Optional<Variable> variable = site.place().variable();
        if (variable.isEmpty() || !variable.get().isAutomatic()) {
            return;
        }
        String name = site.place().display();
        String call = site.unset().call();
        Report report =
                Report.of(
                                INFO,
                                site.function().name(),
                                site.unset().where(),
                                site.certain()
                                        ? "'" + name + "' is read where " + call + " has failed"
                                        : "'"
                                                + name
                                                + "' is read though "
                                                + call
                                                + " may have failed")
                        .why(
                                "the call writes it only when it succeeds; otherwise it holds whatever"
                                        + " was on the stack")
                        .help("read it only after the status was MV_STATUS_OKAY, or initialise it")
                        .note(site.unset().where(), call + " should fill it here")
                        .note(site.expression().range(), "read here");
        if (!isWrongSide(site, variable.get(), check)) {
            initialise(variable.get(), report);
        }
        check.report(report);
    }

    @Override
    public void checkFunction(Function function, Check check) {
        for (FailureOnlyReads.Found found : FailureOnlyReads.in(function, check)) {
            if (!found.isFilledBefore()) {
                continue;
            }
            String name = found.variable().name();
            String call = found.call().name();
            check.report(
                    Report.of(
                                    INFO,
                                    function.name(),
                                    found.call().range(),
                                    "'" + name + "' is only read where " + call + " has failed")
                            .why(
                                    "the call writes it only when it succeeds; the test is the wrong way round")
                            .help("read it where the status was MV_STATUS_OKAY")
                            .note(found.call().range(), call + " should fill it here")
                            .note(found.read(), "read here, after it has failed"));
        }
    }

    /** With a value from before, nothing would be better: the test has to be turned round. */
    private static boolean isWrongSide(ReadSite site, Variable variable, Check check) {
        return site.certain()
                && FailureOnlyReads.in(site.function(), check).stream()
                        .anyMatch(
                                f ->
                                        f.variable().equals(variable)
                                                && f.call().range().equals(site.unset().where()));
    }

    private static void initialise(Variable variable, Report report) {
        if (variable.declaration().initialised() || variable.storage() != Variable.Storage.LOCAL) {
            return;
        }
        boolean scalar =
                variable.type().plain() instanceof CType.Int || variable.type().isPointer();
        SourceRange place = variable.declaration().attributePlace();
        report.suggestion(
                "Initialise '" + variable.name() + "'", place, scalar ? " = 0" : " = {0}");
    }
}
