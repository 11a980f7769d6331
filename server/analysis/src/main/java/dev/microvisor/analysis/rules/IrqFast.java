package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.catalog.Group;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Flags a notification centre on an interrupt that the program makes a fast one. */
public final class IrqFast implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "irq-fast", Severity.ERROR, RuleInfo.Fixing.SUGGESTED, RuleInfo.Tag.INTERRUPTS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            if (!makesFast(fact.contract())) {
                continue;
            }
            Optional<Long> irq =
                    fact.places()
                            .getOrDefault(fact.contract().parameters().get(0).name(), Value.UNKNOWN)
                            .number();
            for (Centre centre : Centre.all(check)) {
                if (irq.isPresent() && irq.equals(centre.irq())) {
                    Report report =
                            Report.of(
                                            INFO,
                                            fact.function().name(),
                                            fact.call().nameRange(),
                                            "interrupt "
                                                    + irq.get()
                                                    + " of a notification centre is made a fast"
                                                    + " interrupt")
                                    .why("a fast interrupt cannot serve a notification centre")
                                    .help("use another interrupt for one of the two")
                                    .note(
                                            CentrePlaces.irq(centre, check),
                                            "the centre is told of it here");
                    slow(irq.get(), check).ifPresent(report::fix);
                    check.report(report);
                }
            }
        }
    }

    /** Takes every call away that treats the interrupt as a fast one. */
    private static Optional<Fix> slow(long irq, Check check) {
        List<TextEdit> edits = new ArrayList<>();
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            SystemCall contract = fact.contract();
            boolean about =
                    contract.group() == Group.INTERRUPTS
                            && contract.parameters().size() == 1
                            && fact.places()
                                    .getOrDefault(
                                            contract.parameters().get(0).name(), Value.UNKNOWN)
                                    .number()
                                    .filter(n -> n == irq)
                                    .isPresent();
            if (!about) {
                continue;
            }
            SourceRange place = fact.call().statement().orElse(fact.call().range());
            Optional<TextEdit> edit =
                    fact.call().statement().isPresent()
                            ? Edits.in(place, check).flatMap(e -> e.remove(place))
                            : Optional.of(new TextEdit(place, "MV_STATUS_OKAY"));
            edit.ifPresent(edits::add);
        }
        return edits.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fix("Leave interrupt " + irq + " an ordinary one", false, edits));
    }

    /** Only a call that makes an interrupt fast looks at its vector. */
    private static boolean makesFast(SystemCall call) {
        return call.parameters().size() == 1
                && call.statuses().stream()
                        .anyMatch(s -> s.status().equals("MV_STATUS_INVALIDVECTOR"));
    }
}
