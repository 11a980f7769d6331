package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Variable;

/** Flags a variable that a handler writes and other code reads, and that is not volatile. */
public final class IsrFlagNotVolatile implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "isr-flag-not-volatile",
                    Severity.WARNING,
                    RuleInfo.Fixing.SAFE,
                    RuleInfo.Tag.INTERRUPTS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        SharedVariables shared = SharedVariables.of(check);
        for (Variable variable : shared.writtenInHandlers()) {
            Variable definition = check.program().definition(variable);
            boolean scalar =
                    definition.type().plain() instanceof CType.Int || definition.type().isPointer();
            Function reader = shared.readerElsewhere(variable).orElse(null);
            if (reader == null
                    || !scalar
                    || definition.type().isVolatile()
                    || definition.declaration().name() == null
                    || !definition.declaration().definition()) {
                continue;
            }
            Function writer = shared.handlerThatWrites(variable).orElseThrow();
            Report report =
                    Report.of(
                                    INFO,
                                    "",
                                    definition.declaration().name(),
                                    "'"
                                            + definition.name()
                                            + "' is set by "
                                            + writer.name()
                                            + " but not volatile")
                            .why(
                                    "the compiler may read it once and keep it: "
                                            + reader.name()
                                            + " then never sees the change")
                            .help("declare it volatile")
                            .note(writer.nameRange(), writer.name() + " writes it")
                            .note(reader.nameRange(), reader.name() + " reads it");
            VolatileEdits.of(definition, check)
                    .map(edits -> new Fix("Make it volatile", true, edits))
                    .ifPresent(report::fix);
            check.report(report);
        }
    }
}
