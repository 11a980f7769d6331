package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.StoreSite;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.Group;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
        Map<Slot, Expr> flags = HandlerFlags.of(check);
        if (flags.isEmpty()) {
            return;
        }
        Doers senders = check.doers(IsrFlagRace::leadsToData);
        Doers readers = check.doers(IsrFlagRace::readsMessages);
        Doers closers = check.doers(c -> Effects.releases(c, Effects.CHANNEL));
        SharedVariables shared = SharedVariables.of(check);
        for (Function function : check.program().functions()) {
            if (shared.isHandlerCode(function)) {
                continue;
            }
            for (Clearing clear : clearings(function, flags, senders, check)) {
                if (!onlyAfterFailure(clear.store(), check) && !closesFirst(clear, closers)) {
                    afterSending(function, clear, senders, closers, check);
                    afterReading(function, clear, readers, check);
                }
            }
        }
    }

    /**
     * A flag is set to 0.
     *
     * @param instr the store, or a call of a function that begins with it
     * @param name the flag as the handler writes it
     */
    private record Clearing(
            Slot flag, String name, Instr instr, Instr.Store store, Function function) {}

    private static List<Clearing> clearings(
            Function function, Map<Slot, Expr> flags, Doers senders, Check check) {
        List<Clearing> found = new ArrayList<>();
        for (Instr instr : function.instructions().toList()) {
            if (instr instanceof Instr.Store store) {
                clearing(function, store, store, flags, check).ifPresent(found::add);
            } else if (instr instanceof Instr.Call call && !senders.may(call)) {
                check.program()
                        .function(call.callee())
                        .ifPresent(
                                f ->
                                        stores(f)
                                                .filter(s -> isFirst(f, s))
                                                .flatMap(
                                                        s ->
                                                                clearing(f, call, s, flags, check)
                                                                        .stream())
                                                .forEach(found::add));
            }
        }
        return found;
    }

    private static Optional<Clearing> clearing(
            Function function, Instr instr, Instr.Store store, Map<Slot, Expr> flags, Check check) {
        boolean zero =
                store.op().isEmpty()
                        && store.value().uncast() instanceof Expr.Num n
                        && n.value() == 0;
        return Slot.of(store.place())
                .filter(f -> zero && flags.containsKey(f))
                .map(
                        f ->
                                new Clearing(
                                        f,
                                        check.text(flags.get(f).range()),
                                        instr,
                                        store,
                                        function));
    }

    private static Stream<Instr.Store> stores(Function function) {
        return function.stores();
    }

    /** True when a function stores before it branches or calls anything of the program. */
    private static boolean isFirst(Function function, Instr.Store store) {
        return function.entry().instructions().contains(store);
    }

    /** True for the clearing of a function that has closed the channel: no answer comes then. */
    private static boolean closesFirst(Clearing clearing, Doers closers) {
        if (!(clearing.instr() instanceof Instr.Call)) {
            return false;
        }
        for (Instr instr : clearing.function().entry().instructions()) {
            if (instr.equals(clearing.store())) {
                return false;
            }
            if (instr instanceof Instr.Call call && closers.is(call)) {
                return true;
            }
        }
        return false;
    }

    /** Clearings on paths without a request that is known to have failed. */
    private static final class Seen {
        private final Set<Instr.Store> clearings = new HashSet<>();
    }

    @Override
    public void onStore(StoreSite site, Check check) {
        if (!site.value().equals(Value.ZERO) || Slot.of(site.place()).isEmpty()) {
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
            Function function, Clearing clearing, Doers senders, Doers closers, Check check) {
        Instr clear = clearing.instr();
        Slot flag = clearing.flag();
        for (Instr.Call send : function.calls().filter(senders::may).toList()) {
            boolean cleared =
                    clearsUntested(function, send, clear, flag, senders, closers)
                            && Inevitable.followsInRound(function, send, clear)
                            && !mayTest(send, flag, check)
                            && !waitsFirst(function, send, clearing, senders, check)
                            && !sendsAgain(function, clear, flag, senders);
            if (cleared) {
                Report report =
                        Report.of(
                                        INFO,
                                        clearing.function().name(),
                                        clearing.store().range(),
                                        "'"
                                                + clearing.name()
                                                + "' is cleared after the request was sent")
                                .why(
                                        "the answer may have come in between: the handler has set the"
                                                + " flag, this clears it, and the answer is never seen")
                                .help("clear it before the request is sent")
                                .note(send.nameRange(), "sent here");
                if (clear instanceof Instr.Store store) {
                    moved(store, send, check).ifPresent(report::fix);
                } else {
                    report.note(clear.range(), "cleared in a function called here");
                }
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
            Function function, Instr send, Instr clear, Slot flag, Doers senders, Doers closers) {
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
                                flag.isIn(instr.expressions())
                                        || (instr instanceof Instr.Call c
                                                && (senders.may(c) || closers.is(c)));
                        return other ? Ways.Step.STOP : Ways.Step.ON;
                    }

                    @Override
                    public Ways.Step at(Block.Exit exit) {
                        return flag.isIn(exit.expressions()) ? Ways.Step.STOP : Ways.Step.ON;
                    }
                });
    }

    /** True when some way leads to a function that waits for the flag before it is cleared. */
    private static boolean waitsFirst(
            Function function, Instr send, Clearing clearing, Doers senders, Check check) {
        return Ways.find(
                function,
                send,
                instr -> {
                    if (instr.equals(clearing.instr())) {
                        return Ways.Step.STOP;
                    }
                    if (instr instanceof Instr.Call call) {
                        return mayTest(call, clearing.flag(), check)
                                ? Ways.Step.FOUND
                                : senders.may(call) ? Ways.Step.STOP : Ways.Step.ON;
                    }
                    return Ways.Step.ON;
                });
    }

    /** True when the clearing prepares another request, not the wait for this one. */
    private static boolean sendsAgain(Function function, Instr clear, Slot flag, Doers senders) {
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
                        return flag.isIn(exit.expressions()) ? Ways.Step.STOP : Ways.Step.ON;
                    }
                });
    }

    /** True when the called function looks at the flag itself, as one that waits does. */
    private static boolean mayTest(Instr.Call call, Slot flag, Check check) {
        return check.program()
                .function(call.callee())
                .map(f -> check.facts().graph().reachable(f).stream().anyMatch(r -> tests(r, flag)))
                .orElse(false);
    }

    private static boolean tests(Function function, Slot flag) {
        return function.blocks().stream().anyMatch(b -> flag.isIn(b.exit().expressions()));
    }

    /** {@code if (flag) { read(); flag = false; }}: a message that comes meanwhile is lost. */
    private static void afterReading(
            Function function, Clearing clearing, Doers readers, Check check) {
        if (!(clearing.instr() instanceof Instr.Store clear)) {
            return;
        }
        Slot flag = clearing.flag();
        for (Block block : function.blocks()) {
            boolean test =
                    block.exit() instanceof Block.Exit.Branch branch
                            && Slot.of(branch.condition().uncast())
                                    .filter(flag::equals)
                                    .isPresent();
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
                                                    + clearing.name()
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

    private static boolean reaches(Block from, Instr read, Instr clear, Slot flag) {
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
                        return flag.isIn(exit.expressions()) ? Ways.Step.STOP : Ways.Step.ON;
                    }
                });
    }

    /** Finds the clearing, on ways that do not pass what is given. */
    private static Ways.Visitor to(Instr clear, Slot flag, Instr... without) {
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
                return flag.isIn(exit.expressions()) ? Ways.Step.STOP : Ways.Step.ON;
            }
        };
    }
}
