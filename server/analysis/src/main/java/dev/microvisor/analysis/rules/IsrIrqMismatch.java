package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.Vectors;
import dev.microvisor.analysis.ir.Function;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Flags a centre whose interrupt has no handler of the name that the vector table wants, and any
 * other interrupt that is enabled without one.
 */
public final class IsrIrqMismatch implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "isr-irq-mismatch",
                    Severity.ERROR,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.INTERRUPTS,
                    RuleInfo.Tag.WHOLE_PROGRAM);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        if (!check.program().isWhole()) {
            return;
        }
        Vectors vectors = check.facts().vectors();
        Set<Long> used = new HashSet<>();
        Centre.all(check).forEach(c -> c.irq().ifPresent(used::add));
        for (Centre centre : Centre.all(check)) {
            Optional<String> wanted = centre.irq().flatMap(vectors::handler);
            if (wanted.isEmpty() || centre.handler().isPresent()) {
                continue;
            }
            Report report =
                    Report.of(
                                    INFO,
                                    centre.setup().function().name(),
                                    CentrePlaces.irq(centre, check),
                                    "interrupt "
                                            + centre.irq().get()
                                            + " has no handler: there is no function "
                                            + wanted.get())
                            .why(
                                    "the vector table then holds the default handler, an endless loop:"
                                            + " the first notification hangs the application")
                            .help("name the handler " + wanted.get());
            orphan(check, vectors, used)
                    .ifPresent(
                            f ->
                                    report.suggestion(
                                                    "Rename " + f.name() + " to " + wanted.get(),
                                                    f.nameRange(),
                                                    wanted.get())
                                            .note(
                                                    f.nameRange(),
                                                    f.name() + " belongs to no centre"));
            check.report(report);
        }
        enabled(check, vectors, used);
    }

    /** Interrupts of peripherals that are enabled and that nobody handles. */
    private static void enabled(Check check, Vectors vectors, Set<Long> used) {
        boolean moved =
                check.program().functions().stream()
                        .flatMap(Function::calls)
                        .anyMatch(c -> c.name().endsWith("NVIC_SetVector"));
        if (moved) {
            return;
        }
        for (EnabledInterrupts.Enabling enabling : EnabledInterrupts.of(check).all()) {
            Optional<String> wanted = vectors.handler(enabling.irq());
            if (wanted.isEmpty()
                    || used.contains(enabling.irq())
                    || check.program().function(wanted.get()).isPresent()) {
                continue;
            }
            check.report(
                    Report.of(
                                    INFO,
                                    enabling.function().name(),
                                    enabling.number().range(),
                                    "interrupt "
                                            + enabling.irq()
                                            + " is enabled and has no handler: there is no"
                                            + " function "
                                            + wanted.get())
                            .severity(Severity.WARNING)
                            .why(
                                    "the vector table then holds the default handler, an endless loop:"
                                            + " the first such interrupt hangs the application")
                            .help("name the handler " + wanted.get()));
        }
    }

    /** The one handler that reads like an interrupt's and belongs to no centre. */
    private static Optional<Function> orphan(Check check, Vectors vectors, Set<Long> used) {
        Optional<Function> found = Optional.empty();
        for (Function function : check.program().functions()) {
            boolean looksLike = function.name().endsWith("_IRQHandler");
            boolean ours =
                    vectors.irq(function.name()).map(n -> used.contains((long) n)).orElse(false);
            if (looksLike && !ours && check.facts().graph().callers(function).isEmpty()) {
                if (found.isPresent()) {
                    return Optional.empty();
                }
                found = Optional.of(function);
            }
        }
        return found;
    }
}
