package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Direction;
import dev.microvisor.catalog.Group;
import dev.microvisor.catalog.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Flags a static message buffer that several tasks fill and log without a lock. */
public final class SharedLogBufferRace implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "shared-log-buffer-race",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.INTERRUPTS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            if (fact.contract().group() != Group.LOGGING) {
                continue;
            }
            for (Parameter parameter : fact.contract().parameters()) {
                if (parameter.isPointer() && parameter.direction() == Direction.IN) {
                    Optional.ofNullable(fact.places().get(parameter.name()))
                            .flatMap(v -> v.target())
                            .flatMap(Place::variable)
                            .filter(v -> v.isStatic() && !v.type().isConst())
                            .ifPresent(v -> check(fact, v, check));
                }
            }
        }
    }

    private static void check(Facts.SystemCallFact fact, Variable buffer, Check check) {
        Function logger = fact.function();
        if (!isFilled(logger, buffer) || isLocked(logger)) {
            return;
        }
        List<CallGraph.Task> users = new ArrayList<>();
        for (CallGraph.Task task : check.facts().graph().tasks()) {
            boolean uses = check.facts().graph().reachable(task.function()).contains(logger);
            boolean otherTimer = task.timer() && users.stream().anyMatch(CallGraph.Task::timer);
            if (uses && !otherTimer && !lockedOnTheWay(task, logger, check)) {
                users.add(task);
            }
        }
        if (users.size() < 2 || buffer.declaration().name() == null) {
            return;
        }
        Report report =
                Report.of(
                                INFO,
                                logger.name(),
                                buffer.declaration().name(),
                                "'"
                                        + buffer.name()
                                        + "' is shared by "
                                        + users.size()
                                        + " tasks that log")
                        .why("a task switch in the middle mixes two messages or sends a cut one")
                        .help(
                                "make it a local variable, or take a mutex around filling and logging");
        for (CallGraph.Task task : users) {
            report.note(
                    task.created().call().range(),
                    task.function().name() + " runs as a task and gets here");
        }
        SourceRange declaration = buffer.declaration().statement();
        if (buffer.storage() == Variable.Storage.STATIC_LOCAL) {
            Edits.in(declaration, check)
                    .flatMap(e -> e.withoutWord(declaration, "static"))
                    .map(e -> Edits.suggestion("Make it a local variable", e))
                    .ifPresent(report::fix);
        }
        check.report(report);
    }

    /** Somebody writes it here: a call that is handed its address, or a store. */
    private static boolean isFilled(Function function, Variable buffer) {
        return function.instructions()
                .anyMatch(
                        i ->
                                (i instanceof Instr.Store s && mentions(s.place(), buffer))
                                        || (i instanceof Instr.Call c
                                                && c.arguments().stream()
                                                        .anyMatch(a -> mentions(a, buffer))));
    }

    private static boolean mentions(Expr e, Variable variable) {
        return e.walk().anyMatch(x -> x instanceof Expr.Var v && v.variable().equals(variable));
    }

    private static boolean isLocked(Function function) {
        return function.calls().anyMatch(Locks::takes);
    }

    private static boolean lockedOnTheWay(CallGraph.Task task, Function logger, Check check) {
        return check.facts().graph().path(task.function(), logger).stream()
                .filter(s -> !s.caller().equals(task.function()))
                .anyMatch(s -> isLocked(s.caller()));
    }
}
