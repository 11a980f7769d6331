package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import java.util.Optional;
import java.util.Set;

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
        Set<Slot> ofCentres = HandlerFlags.of(check).keySet();
        for (Slot slot : shared.writtenInHandlers()) {
            SharedVariables.Access write = shared.writeInHandler(slot).orElseThrow();
            Optional<SharedVariables.Access> read = shared.plainReadElsewhere(slot);
            Optional<SourceRange> declared = SharedVariables.declared(slot, write.place(), check);
            if (read.isPresent()
                    && declared.isPresent()
                    && (ofCentres.contains(slot) || isOwn(write.place()))) {
                report(write, read.get().function(), declared.get(), check);
            }
        }
    }

    /**
     * True for a variable, its members, and those of the object that a method belongs to.
     * Structures that come by parameter are those of drivers, who have their own ways to wait.
     */
    private static boolean isOwn(Expr place) {
        Expr at = place;
        while (at instanceof Expr.Field || at instanceof Expr.Index || at instanceof Expr.Deref) {
            at = at.parts().get(0);
        }
        return at instanceof Expr.Var v
                && (v.variable().isStatic() || v.variable().name().equals("this"));
    }

    private static void report(
            SharedVariables.Access write, Function reader, SourceRange declared, Check check) {
        Function writer = write.function();
        Expr place = write.place().uncast();
        String name =
                place instanceof Expr.Field field
                        ? field.name()
                        : ((Expr.Var) place).variable().name();
        Report report =
                Report.of(
                                INFO,
                                "",
                                declared,
                                "'" + name + "' is set by " + writer.name() + " but not volatile")
                        .why(
                                "the compiler may read it once and keep it: "
                                        + reader.name()
                                        + " then never sees the change")
                        .help("declare it volatile")
                        .note(writer.nameRange(), writer.name() + " writes it")
                        .note(reader.nameRange(), reader.name() + " reads it");
        if (place instanceof Expr.Var v) {
            VolatileEdits.of(check.program().definition(v.variable()), check)
                    .map(edits -> new Fix("Make it volatile", true, edits))
                    .ifPresent(report::fix);
        }
        check.report(report);
    }
}
