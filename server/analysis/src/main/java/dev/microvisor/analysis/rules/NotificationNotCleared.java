package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Flags a program that takes records and never marks one as taken. */
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
            centre.ring().ifPresent(ring -> check(centre, ring, check));
        }
    }

    private static void check(Centre centre, Ring ring, Check check) {
        RingUse use = new RingUse(ring, check);
        Set<Function> code = readers(centre, use, check);
        Optional<RingUse.Mention> read = use.first(code);
        if (read.isPresent()
                && RecordReads.eventType(code)
                && !RecordReads.escapes(code, check)
                && check.program().functions().stream()
                        .noneMatch(f -> clears(f, centre, ring, use, check))) {
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

    /** The handler's code; when that only wakes others, the functions that ask what has come. */
    private static Set<Function> readers(Centre centre, RingUse use, Check check) {
        Set<Function> handler = centre.handlerCode(check);
        if (use.first(handler).isPresent() || !check.program().isWhole()) {
            return handler;
        }
        return check.program().functions().stream()
                .filter(f -> RecordReads.eventType(Set.of(f)) && !use.mentions(f).isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What is stored before the centre is made clears nothing that came from it. */
    private static boolean clears(
            Function function, Centre centre, Ring ring, RingUse use, Check check) {
        Instr.Call setup = centre.setup().call();
        boolean makes = function.equals(centre.setup().function());
        boolean starts = starts(function, centre, check);
        return function.instructions()
                .filter(i -> !makes || Inevitable.reaches(function, setup, i))
                .anyMatch(i -> RecordReads.clears(i, function, ring, use, starts, check));
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
