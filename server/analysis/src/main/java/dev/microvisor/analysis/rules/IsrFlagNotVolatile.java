package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Variable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        Map<Slot, Expr> flags = HandlerFlags.of(check);
        for (Slot slot : shared.writtenInHandlers()) {
            SharedVariables.Access write = shared.storeInHandler(slot).orElseThrow();
            List<SharedVariables.Read> reads = shared.readsElsewhere(slot);
            if (reads.isEmpty()) {
                continue;
            }
            if (write.store().place() instanceof Expr.Var v) {
                variable(v.variable(), write.function(), reads.get(0).function(), check);
            } else if (flags.containsKey(slot) && !isVolatile(write, reads)) {
                member(slot, write, reads.get(0).function(), check);
            }
        }
    }

    private static void variable(Variable variable, Function writer, Function reader, Check check) {
        Variable definition = check.program().definition(variable);
        boolean scalar =
                definition.type().plain() instanceof CType.Int || definition.type().isPointer();
        if (!scalar
                || definition.type().isVolatile()
                || definition.declaration().name() == null
                || !definition.declaration().definition()) {
            return;
        }
        Report report = report(definition.declaration().name(), definition.name(), writer, reader);
        VolatileEdits.of(definition, check)
                .map(edits -> new Fix("Make it volatile", true, edits))
                .ifPresent(report::fix);
        check.report(report);
    }

    private static void member(
            Slot slot, SharedVariables.Access write, Function reader, Check check) {
        String name = ((Expr.Field) write.store().place()).name();
        check.report(report(slot.member(), name, write.function(), reader));
    }

    /** True when the member is volatile, or an object or pointer through which it is reached. */
    private static boolean isVolatile(
            SharedVariables.Access write, List<SharedVariables.Read> reads) {
        return Stream.concat(
                        Stream.of(write.store().place()),
                        reads.stream().map(SharedVariables.Read::expression))
                .flatMap(Expr::walk)
                .anyMatch(e -> e.type().isVolatile());
    }

    private static Report report(SourceRange where, String name, Function writer, Function reader) {
        return Report.of(
                        INFO,
                        "",
                        where,
                        "'" + name + "' is set by " + writer.name() + " but not volatile")
                .why(
                        "the compiler may read it once and keep it: "
                                + reader.name()
                                + " then never sees the change")
                .help("declare it volatile")
                .note(writer.nameRange(), writer.name() + " writes it")
                .note(reader.nameRange(), reader.name() + " reads it");
    }
}
