package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.StoreSite;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.Group;
import dev.microvisor.catalog.SystemCall;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Flags a notification's flag that is cleared when the notification may have come already: after
 * the request was sent, or after the messages of a channel that brings more of them were read.
 */
public final class IsrFlagRace implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "isr-flag-race",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.INTERRUPTS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        Set<Variable> flags = HandlerFlags.of(check);
        if (flags.isEmpty()) {
            return;
        }
        Doers senders = Doers.of(check, IsrFlagRace::leadsToData);
        Doers readers = Doers.of(check, IsrFlagRace::readsMessages);
        SharedVariables shared = SharedVariables.of(check);
        for (Function function : check.program().functions()) {
            if (shared.isHandlerCode(function)) {
                continue;
            }
            for (Instr instr : function.instructions().toList()) {
                if (instr instanceof Instr.Store clear
                        && clear.op().isEmpty()
                        && !onlyAfterFailure(clear, check)
                        && clear.value().uncast() instanceof Expr.Num zero
                        && zero.value() == 0
                        && clear.place() instanceof Expr.Var flag
                        && flags.contains(flag.variable())) {
                    afterSending(function, clear, flag.variable(), senders, check);
                    afterReading(function, clear, flag.variable(), readers, check);
                }
            }
        }
    }

    /** Clearings on paths without a request that is known to have failed. */
    private static final class Seen {
        private final Set<Instr.Store> clearings = new HashSet<>();
    }

    @Override
    public void onStore(StoreSite site, Check check) {
        if (!site.value().equals(Value.ZERO)
                || site.place().variable().filter(Variable::isStatic).isEmpty()) {
            return;
        }
        boolean failed =
                site.state().symbols().stream()
                        .anyMatch(
                                s ->
                                        s.kind() == Sym.Kind.STATUS
                                                && !site.state().set(s).contains(0)
                                                && check.catalog()
                                                        .call(s.call())
                                                        .filter(IsrFlagRace::leadsToData)
                                                        .isPresent());
        if (!failed) {
            check.memory(this, Seen.class, Seen::new).clearings.add(site.store());
        }
    }

    private boolean onlyAfterFailure(Instr.Store clear, Check check) {
        return !check.memory(this, Seen.class, Seen::new).clearings.contains(clear);
    }

    /** A request whose answer a notification announces. */
    static boolean leadsToData(SystemCall call) {
        return call.notifications().contains("MV_EVENTTYPE_CHANNELDATAREADABLE")
                && Effects.of(call, Effect.Acquires.class).findAny().isEmpty();
    }

    /** A read on a channel that brings messages unasked. */
    private static boolean readsMessages(SystemCall call) {
        return call.group() == Group.MQTT
                && Effects.of(call, Effect.Writes.class).findAny().isPresent();
    }

    /** {@code send(); flag = false; while (!flag)}: what was set in between is lost. */
    private static void afterSending(
            Function function, Instr.Store clear, Variable flag, Doers senders, Check check) {
        for (Instr.Call send : function.calls().filter(senders::may).toList()) {
            boolean cleared =
                    clearsUntested(function, send, clear, flag, senders)
                            && Inevitable.follows(function, send, clear)
                            && !mayTest(send, flag, check)
                            && !sendsAgain(function, clear, flag, senders);
            if (cleared) {
                Report report =
                        Report.of(
                                        INFO,
                                        function.name(),
                                        clear.range(),
                                        "'"
                                                + flag.name()
                                                + "' is cleared after the request was sent")
                                .why(
                                        "the answer may have come in between: the handler has set the"
                                                + " flag, this clears it, and the answer is never seen")
                                .help("clear it before the request is sent")
                                .note(send.nameRange(), "sent here");
                moved(clear, send, check).ifPresent(report::fix);
                check.report(report);
                return;
            }
        }
    }

    /** The clearing, moved up before the statement of a call. */
    private static Optional<Fix> moved(Instr.Store clear, Instr.Call up, Check check) {
        String written = check.text(clear.range());
        if (!written.matches("[\\w.>\\[\\]-]+\\s*=\\s*\\w+")) {
            return Optional.empty();
        }
        return Edits.in(clear.range(), check)
                .flatMap(
                        e ->
                                e.remove(clear.range())
                                        .flatMap(
                                                gone ->
                                                        e.statementBefore(up.range(), written + ";")
                                                                .map(
                                                                        here ->
                                                                                Edits.suggestion(
                                                                                        "Clear it before "
                                                                                                + up
                                                                                                        .name(),
                                                                                        here,
                                                                                        gone))));
    }

    private static boolean clearsUntested(
            Function function, Instr send, Instr clear, Variable flag, Doers senders) {
        return Ways.find(
                function,
                send,
                new Ways.Visitor() {
                    @Override
                    public Ways.Step at(Instr instr) {
                        if (instr.equals(clear)) {
                            return Ways.Step.FOUND;
                        }
                        boolean other =
                                mentions(instr.expressions(), flag)
                                        || (instr instanceof Instr.Call c && senders.may(c));
                        return other ? Ways.Step.STOP : Ways.Step.ON;
                    }

                    @Override
                    public Ways.Step at(Block.Exit exit) {
                        return mentions(exit.expressions(), flag) ? Ways.Step.STOP : Ways.Step.ON;
                    }
                });
    }

    /** True when the clearing prepares another request, not the wait for this one. */
    private static boolean sendsAgain(
            Function function, Instr clear, Variable flag, Doers senders) {
        return Ways.find(
                function,
                clear,
                new Ways.Visitor() {
                    @Override
                    public Ways.Step at(Instr instr) {
                        return instr instanceof Instr.Call c && senders.may(c)
                                ? Ways.Step.FOUND
                                : Ways.Step.ON;
                    }

                    @Override
                    public Ways.Step at(Block.Exit exit) {
                        return mentions(exit.expressions(), flag) ? Ways.Step.STOP : Ways.Step.ON;
                    }
                });
    }

    /** True when the called function looks at the flag itself, as one that waits does. */
    private static boolean mayTest(Instr.Call call, Variable flag, Check check) {
        return check.program()
                .function(call.callee())
                .map(f -> check.facts().graph().reachable(f).stream().anyMatch(r -> tests(r, flag)))
                .orElse(false);
    }

    private static boolean tests(Function function, Variable flag) {
        return function.blocks().stream().anyMatch(b -> mentions(b.exit().expressions(), flag));
    }

    /** {@code if (flag) { read(); flag = false; }}: a message that comes meanwhile is lost. */
    private static void afterReading(
            Function function, Instr.Store clear, Variable flag, Doers readers, Check check) {
        for (Block block : function.blocks()) {
            boolean test =
                    block.exit() instanceof Block.Exit.Branch branch
                            && branch.condition().uncast() instanceof Expr.Var v
                            && v.variable().equals(flag);
            if (!test) {
                continue;
            }
            Block yes = ((Block.Exit.Branch) block.exit()).yes();
            for (Instr.Call read : function.calls().filter(readers::may).toList()) {
                if (reaches(yes, read, clear, flag)
                        && Ways.find(function, read, to(clear, flag))
                        && !Ways.find(yes, to(clear, flag, read))) {
                    Report report =
                            Report.of(
                                            INFO,
                                            function.name(),
                                            clear.range(),
                                            "'"
                                                    + flag.name()
                                                    + "' is cleared after the message was read")
                                    .why(
                                            "the next message may arrive meanwhile: the handler has set"
                                                    + " the flag again, and this clears it")
                                    .help("clear it first, then read until nothing is left")
                                    .note(read.nameRange(), "read here");
                    moved(clear, read, check).ifPresent(report::fix);
                    check.report(report);
                    return;
                }
            }
        }
    }

    private static boolean reaches(Block from, Instr read, Instr clear, Variable flag) {
        return Ways.find(
                from,
                new Ways.Visitor() {
                    @Override
                    public Ways.Step at(Instr instr) {
                        if (instr.equals(read)) {
                            return Ways.Step.FOUND;
                        }
                        return instr.equals(clear) ? Ways.Step.STOP : Ways.Step.ON;
                    }

                    @Override
                    public Ways.Step at(Block.Exit exit) {
                        return mentions(exit.expressions(), flag) ? Ways.Step.STOP : Ways.Step.ON;
                    }
                });
    }

    /** Finds the clearing, on ways that do not pass what is given. */
    private static Ways.Visitor to(Instr clear, Variable flag, Instr... without) {
        return new Ways.Visitor() {
            @Override
            public Ways.Step at(Instr instr) {
                if (instr.equals(clear)) {
                    return Ways.Step.FOUND;
                }
                return List.of(without).contains(instr) ? Ways.Step.STOP : Ways.Step.ON;
            }

            @Override
            public Ways.Step at(Block.Exit exit) {
                return mentions(exit.expressions(), flag) ? Ways.Step.STOP : Ways.Step.ON;
            }
        };
    }

    private static boolean mentions(List<Expr> expressions, Variable variable) {
        return expressions.stream()
                .flatMap(Expr::walk)
                .anyMatch(e -> e instanceof Expr.Var v && v.variable().equals(variable));
    }
}
