package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Function;
import java.util.Optional;
import java.util.Set;

/** Flags a handler that takes a record for news of one kind without looking at its kind. */
public final class EventTypeUnchecked implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("event-type-unchecked", Severity.WARNING, RuleInfo.Tag.NOTIFICATIONS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Centre centre : Centre.all(check)) {
            if (centre.ring().isEmpty()
                    || centre.handler().isEmpty()
                    || centre.events().size() < 2) {
                continue;
            }
            Set<Function> code = centre.handlerCode(check);
            Optional<RingUse.Mention> read = new RingUse(centre.ring().get(), check).first(code);
            if (read.isPresent()
                    && !RecordReads.eventType(code)
                    && !RecordReads.escapes(code, check)) {
                check.report(
                        Report.of(
                                        INFO,
                                        read.get().function().name(),
                                        read.get().record().range(),
                                        "the record is used without a look at its event_type")
                                .why(
                                        "this centre can get "
                                                + String.join(", ", centre.events())
                                                + ": a lost connection would pass for data")
                                .help("test event_type before anything else of the record"));
            }
        }
    }
}
