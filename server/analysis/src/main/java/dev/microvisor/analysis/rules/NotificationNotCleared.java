package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import java.util.Optional;
import java.util.Set;

/** Flags a handler that takes records and never marks one as taken. */
public final class NotificationNotCleared implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "notification-not-cleared",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.NOTIFICATIONS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Centre centre : Centre.all(check)) {
            if (centre.ring().isPresent() && centre.handler().isPresent()) {
                check(centre, centre.ring().get(), check);
            }
        }
    }

    private static void check(Centre centre, Ring ring, Check check) {
        Set<Function> code = centre.handlerCode(check);
        RingUse use = new RingUse(ring, check);
        Optional<RingUse.Mention> read = use.first(code);
        if (read.isPresent()
                && RecordReads.eventType(code)
                && !RecordReads.escapes(code, check)
                && check.program().functions().stream()
                        .noneMatch(
                                f ->
                                        RecordReads.clears(
                                                f, ring, use, starts(f, centre, check), check))) {
            Function handler = read.get().function();
            Report report =
                    Report.of(
                                    INFO,
                                    handler.name(),
                                    read.get().record().range(),
                                    "the records of '" + ring.name() + "' are never cleared")
                            .why(
                                    "after the ring has wrapped an old record looks like a new one, and"
                                            + " an overrun cannot be told")
                            .help(
                                    "set event_type to MV_EVENTTYPE_NOEVENT in each record that was taken")
                            .note(ring.declared(), "the ring is declared here");
            ring.variable().flatMap(v -> clearing(handler, ring, check)).ifPresent(report::fix);
            check.report(report);
        }
    }

    private static boolean starts(Function function, Centre centre, Check check) {
        return check.facts().graph().reachable(function).contains(centre.setup().function());
    }

    /** Clears the record just before the index leaves it. */
    private static Optional<Fix> clearing(Function handler, Ring ring, Check check) {
        Optional<Expr.Index> record =
                RecordReads.expressions(handler)
                        .filter(e -> e instanceof Expr.Index i && ring.is(i.base()))
                        .map(Expr.Index.class::cast)
                        .findFirst();
        if (record.isEmpty() || record.get().type().isConst()) {
            return Optional.empty();
        }
        String index = check.text(record.get().index().range());
        return handler.stores()
                .filter(s -> check.text(s.place().range()).equals(index))
                .findFirst()
                .flatMap(
                        s ->
                                Edits.in(s.range(), check)
                                        .flatMap(
                                                e ->
                                                        e.statementBefore(
                                                                s.range(),
                                                                ring.name()
                                                                        + "["
                                                                        + index
                                                                        + "].event_type ="
                                                                        + " MV_EVENTTYPE_NOEVENT;")))
                .map(e -> Edits.suggestion("Clear the record before the index moves on", e));
    }
}
