package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Flags a channel's handler that knows some events, but not the loss of the connection. */
public final class ChannelClosureUnhandled implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("channel-closure-unhandled", Severity.WARNING, RuleInfo.Tag.NOTIFICATIONS);

    private static final String LOST = "MV_EVENTTYPE_CHANNELNOTCONNECTED";
    private static final String NONE = "MV_EVENTTYPE_NOEVENT";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        Optional<Long> lost = ContractValue.constant(LOST, check.catalog());
        Optional<Long> none = ContractValue.constant(NONE, check.catalog());
        for (Centre centre : Centre.all(check)) {
            if (lost.isEmpty()
                    || none.isEmpty()
                    || centre.handler().isEmpty()
                    || !centre.events().contains(LOST)) {
                continue;
            }
            Tests tests = new Tests();
            Set<Function> code = centre.handlerCode(check);
            code.forEach(tests::read);
            tests.open |= passesOn(code, check);
            tests.events.remove(none.get());
            if (!tests.open
                    && !tests.events.isEmpty()
                    && !tests.events.contains(lost.get())
                    && !RecordReads.escapes(code, check.catalog())) {
                Function handler = centre.handler().get();
                check.report(
                        Report.of(
                                        INFO,
                                        handler.name(),
                                        handler.nameRange(),
                                        handler.name() + " does not know " + LOST)
                                .why(
                                        "when the connection breaks no response will come: without this"
                                                + " event the program waits for one, and keeps the dead channel")
                                .help(
                                        "handle it: ask for the reason, close the channel, try again later"));
            }
        }
    }

    /** True when code that is not here gets the kind of an event. */
    private static boolean passesOn(Set<Function> code, Check check) {
        return code.stream()
                .flatMap(Function::calls)
                .filter(c -> check.program().function(c.callee()).isEmpty())
                .flatMap(c -> c.arguments().stream())
                .anyMatch(Tests::isEvent);
    }

    /** The kinds of events that code compares with. */
    private static final class Tests {
        private final Set<Long> events = new HashSet<>();

        /** True when other kinds are treated too, or the kind is passed on. */
        private boolean open;

        void read(Function function) {
            for (Block block : function.blocks()) {
                if (block.exit() instanceof Block.Exit.Branch branch) {
                    branch(branch);
                } else if (block.exit() instanceof Block.Exit.Switch choice
                        && isEvent(choice.value())) {
                    choice.cases().forEach(c -> events.add(c.low()));
                    open |= choice.hasDefault();
                }
                for (Instr instr : block.instructions()) {
                    boolean kept =
                            instr instanceof Instr.Store s
                                    && isEvent(s.value())
                                    && !(s.place() instanceof Expr.Var v
                                            && v.variable().isAutomatic());
                    open |= kept || (instr instanceof Instr.Store s && comparesInside(s.value()));
                }
            }
        }

        private static boolean comparesInside(Expr value) {
            return value.walk()
                    .anyMatch(e -> e instanceof Expr.Binary && e.walk().anyMatch(Tests::isEvent));
        }

        private void branch(Block.Exit.Branch branch) {
            if (branch.condition() instanceof Expr.Binary test && isEvent(test.left())) {
                if (test.right().uncast() instanceof Expr.Num number
                        && (test.op().equals("==") || test.op().equals("!="))) {
                    events.add(number.value());
                    Block other = test.op().equals("==") ? branch.no() : branch.yes();
                    open |= number.value() != 0 && raisesFlag(other);
                } else {
                    open = true;
                }
            } else {
                open |=
                        branch.condition().walk().anyMatch(Tests::isEvent)
                                && !isEvent(branch.condition());
            }
        }

        /** An else that does something with the rest of the events. */
        private static boolean raisesFlag(Block block) {
            return block.instructions().stream()
                    .anyMatch(
                            i ->
                                    i instanceof Instr.Store s
                                            && s.op().isEmpty()
                                            && s.place() instanceof Expr.Var v
                                            && v.variable().isStatic()
                                            && s.value() instanceof Expr.Num);
        }

        private static boolean isEvent(Expr e) {
            Expr plain = e.uncast();
            return RecordReads.isType(plain)
                    || (plain.type().isEnum("MvEventType") && !(plain instanceof Expr.Num));
        }
    }
}
