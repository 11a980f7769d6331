package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Effect;

/**
 * Flags memory on the stack that Microvisor goes on using after its function has returned. A
 * function that never returns, or that closes what it opened, may well keep its buffers there.
 */
public final class BufferLifetime implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                            "buffer-lifetime",
                            Severity.ERROR,
                            RuleInfo.Fixing.SAFE,
                            RuleInfo.Tag.BUFFERS)
                    .alias("stack-buffer");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onFunctionEnd(Function function, State state, Check check) {
        for (Handle handle : state.handles().values()) {
            String now = state.stateOf(handle);
            boolean open =
                    !now.isEmpty()
                            && !now.equals(Handle.CLOSED)
                            && handle.openStatus() != null
                            && state.set(handle.openStatus()).contains(0);
            for (Handle.Loan loan : handle.borrowed()) {
                if (open) {
                    loan.place()
                            .variable()
                            .filter(v -> isLocal(function, v))
                            .ifPresent(v -> report(function, v, handle.opened(), check));
                }
            }
        }
    }

    /** What is lent for good is no handle's; only the end of the program gives it back. */
    @Override
    public void checkProgram(Check check) {
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            for (Effect effect : fact.contract().effects()) {
                if (effect instanceof Effect.Borrows borrows
                        && borrows.until().isEmpty()
                        && !check.facts().isNeverReturning(fact.function())) {
                    fact.places()
                            .getOrDefault(borrows.place(), Value.UNKNOWN)
                            .target()
                            .flatMap(Place::variable)
                            .filter(v -> isLocal(fact.function(), v))
                            .ifPresent(
                                    v ->
                                            report(
                                                    fact.function(),
                                                    v,
                                                    fact.call().nameRange(),
                                                    check));
                }
            }
        }
    }

    private static boolean isLocal(Function function, Variable variable) {
        return variable.storage() == Variable.Storage.LOCAL
                && function.variables().contains(variable);
    }

    private static void report(
            Function function, Variable variable, SourceRange lent, Check check) {
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                variable.declaration().name(),
                                "'"
                                        + variable.name()
                                        + "' is on the stack, and Microvisor uses it after "
                                        + function.name()
                                        + " has returned")
                        .why("the next function's variables lie there; one spoils the other")
                        .help("declare it static")
                        .note(lent, "handed to Microvisor here");
        if (!variable.declaration().initialised()) {
            SourceRange whole = variable.declaration().statement();
            report.safeFix(
                    "Make '" + variable.name() + "' static",
                    new SourceRange(
                            whole.file(),
                            whole.startLine(),
                            whole.startColumn(),
                            whole.startLine(),
                            whole.startColumn()),
                    "static ");
        }
        check.report(report);
    }
}
