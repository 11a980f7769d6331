package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.FunctionExit;
import dev.microvisor.analysis.engine.StoreSite;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.Optional;

/**
 * Flags a channel that a call has found closed, when the program singles that status out and then
 * only logs it: the channel is neither closed nor opened anew, and nobody is told.
 */
public final class ChannelclosedNotRecovered implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("channelclosed-not-recovered", Severity.WARNING, RuleInfo.Tag.STATUS);

    private static final String CLOSED = "MV_STATUS_CHANNELCLOSED";
    private static final String CLOSURE = "MV_EVENTTYPE_CHANNELNOTCONNECTED";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private Aftermath aftermath(Check check) {
        long closed = check.catalog().constant(CLOSED).orElseThrow().value();
        return check.memory(
                this,
                Aftermath.class,
                () ->
                        new Aftermath(
                                (sym, set) ->
                                        set.isOnly(closed)
                                                && check.catalog()
                                                        .call(sym.call())
                                                        .filter(
                                                                ChannelclosedNotRecovered
                                                                        ::usesChannel)
                                                        .isPresent()));
    }

    private static boolean usesChannel(SystemCall call) {
        return Effects.of(call, Effect.Uses.class)
                        .anyMatch(u -> u.resource().equals(Effects.CHANNEL))
                && !Effects.releases(call, Effects.CHANNEL);
    }

    @Override
    public void onCall(CallSite site, Check check) {
        aftermath(check).call(site);
    }

    @Override
    public void onStore(StoreSite site, Check check) {
        aftermath(check).store(site);
    }

    @Override
    public void onReturn(FunctionExit exit, Check check) {
        aftermath(check).end(exit.function(), exit.state(), exit.result());
    }

    @Override
    public void checkProgram(Check check) {
        if (handlesClosure(check)) {
            return;
        }
        Doers actors =
                check.doers(
                        c ->
                                Effects.acquires(c, Effects.CHANNEL)
                                        || Effects.releases(c, Effects.CHANNEL)
                                        || Effects.releases(c, Effects.NETWORK));
        for (Aftermath.Course course : aftermath(check).courses()) {
            boolean silent =
                    course.ends()
                            && course.function().result().plain().equals(CType.VOID)
                            && !course.stores()
                            && !course.calls().isEmpty()
                            && course.calls().stream()
                                    .allMatch(c -> LogCalls.isLog(c, check) && !actors.may(c));
            if (silent) {
                report(course, check);
            }
        }
    }

    /** True when the program looks for the event that tells of a lost channel. */
    private static boolean handlesClosure(Check check) {
        long event = ContractValue.constant(CLOSURE, check.catalog()).orElse(-1L);
        return check.program().functions().stream()
                .flatMap(f -> f.blocks().stream())
                .anyMatch(b -> tests(b, event));
    }

    private static boolean tests(Block block, long event) {
        if (block.exit() instanceof Block.Exit.Switch choice) {
            return choice.value().type().isEnum("MvEventType")
                    && choice.cases().stream().anyMatch(c -> c.low() == event);
        }
        return block.exit() instanceof Block.Exit.Branch branch
                && branch.condition()
                        .walk()
                        .anyMatch(
                                e ->
                                        e instanceof Expr.Num n
                                                && n.value() == event
                                                && n.type().isEnum("MvEventType"));
    }

    private static void report(Aftermath.Course course, Check check) {
        Optional<Instr.Call> log = course.calls().stream().findFirst();
        check.report(
                Report.of(
                                INFO,
                                course.function().name(),
                                log.map(Instr.Call::nameRange).orElse(course.failing().nameRange()),
                                "the channel is gone, and this only logs it")
                        .why(
                                "a channel that answers MV_STATUS_CHANNELCLOSED never works again,"
                                        + " and counts as open until it is closed")
                        .help("close the channel and open a new one")
                        .note(
                                course.failing().nameRange(),
                                course.failing().name() + " answers " + CLOSED + " here"));
    }
}
