package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.FunctionExit;
import dev.microvisor.analysis.engine.StoreSite;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.SystemCall;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Flags a failed attempt to open a channel that is followed by the next one at once: in a loop, or
 * by way of an event that the program posts to itself.
 */
public final class ReopenWithoutBackoff implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("reopen-without-backoff", Severity.WARNING, RuleInfo.Tag.CONTROL_FLOW);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** What the paths showed. */
    private static final class Seen {
        private final Aftermath aftermath;

        /** Calls that some path reaches again after an attempt in them has failed. */
        private final Set<Instr.Call> repeated = new LinkedHashSet<>();

        private Seen(Check check) {
            aftermath =
                    new Aftermath(
                            (sym, set) ->
                                    !set.contains(0)
                                            && check.catalog()
                                                    .call(sym.call())
                                                    .filter(ReopenWithoutBackoff::opensOrRequests)
                                                    .isPresent());
        }
    }

    private static boolean opens(SystemCall call) {
        return Effects.acquires(call, Effects.CHANNEL);
    }

    private static boolean opensOrRequests(SystemCall call) {
        return opens(call) || Effects.requests(call);
    }

    private Seen seen(Check check) {
        return check.memory(this, Seen.class, () -> new Seen(check));
    }

    @Override
    public void onCall(CallSite site, Check check) {
        seen(check).aftermath.call(site);
        for (Sym sym : site.state().symbols()) {
            boolean failed =
                    sym.kind() == Sym.Kind.STATUS
                            && site.call().range().equals(sym.origin())
                            && check.catalog()
                                    .call(sym.call())
                                    .filter(ReopenWithoutBackoff::opens)
                                    .isPresent()
                            && !site.state().set(sym).contains(0);
            if (failed) {
                seen(check).repeated.add(site.call());
            }
        }
    }

    @Override
    public void onStore(StoreSite site, Check check) {
        seen(check).aftermath.store(site);
    }

    @Override
    public void onReturn(FunctionExit exit, Check check) {
        seen(check).aftermath.end(exit.function(), exit.state(), exit.result());
    }

    @Override
    public void checkProgram(Check check) {
        Doers openers = check.doers(ReopenWithoutBackoff::opens);
        Pauses pauses = new Pauses(check);
        for (Function function : check.program().functions()) {
            function.calls()
                    .filter(seen(check).repeated::contains)
                    .filter(c -> openers.is(c) || !pauses.isPause(c))
                    .filter(c -> !UnboundedRetry.isUnbounded(function, c, check))
                    .filter(c -> pauses.leadsStraight(function, c, c))
                    .filter(c -> !pausesInLoop(function, c, pauses))
                    .filter(c -> !opensAnother(function, c))
                    .forEach(c -> check.report(loop(function, c)));
        }
        Events events = Events.of(check);
        for (Aftermath.Course course : seen(check).aftermath.courses()) {
            for (Instr.Call call : course.calls()) {
                events.posted(course.function(), call)
                        .filter(
                                p ->
                                        pauses.leadsStraight(
                                                course.function(), course.failing(), call))
                        .ifPresent(p -> reopened(course, p, events, openers, pauses, check));
            }
        }
    }

    /** A pause before every try but the first is as good as one after each. */
    private static boolean pausesInLoop(Function function, Instr.Call call, Pauses pauses) {
        return function.loops().stream()
                .map(l -> UnboundedWait.instructions(function, l))
                .filter(all -> all.contains(call))
                .anyMatch(all -> all.stream().anyMatch(pauses::isPause));
    }

    /** True when each round opens the next of several channels, whatever became of the last. */
    private static boolean opensAnother(Function function, Instr.Call call) {
        return function.loops().stream()
                .filter(l -> UnboundedWait.instructions(function, l).contains(call))
                .anyMatch(l -> UnboundedWait.goesThrough(function, l, call));
    }

    private static Report loop(Function function, Instr.Call call) {
        return Report.of(
                        INFO,
                        function.name(),
                        call.nameRange(),
                        "a failed " + call.name() + " leads straight to the next one")
                .why(
                        "after 8 calls in a second Microvisor answers MV_STATUS_RATELIMITED, and"
                                + " tries in quick succession only prolong that")
                .help("wait a second before the next try, longer after each failure");
    }

    /** The case of the consumer that a posted event leads to, when it opens a channel at once. */
    private static void reopened(
            Aftermath.Course course,
            Events.Posted posted,
            Events events,
            Doers openers,
            Pauses pauses,
            Check check) {
        Events.Consumer consumer = events.consumer(posted.enumeration()).orElseThrow();
        Optional<Block> block =
                consumer.choice().cases().stream()
                        .filter(c -> c.low() <= posted.value() && posted.value() <= c.high())
                        .map(Block.Exit.Case::target)
                        .findFirst();
        if (block.isEmpty()) {
            return;
        }
        Instr.Call[] open = new Instr.Call[1];
        boolean straight =
                Ways.find(
                        block.get(),
                        new Ways.Visitor() {
                            @Override
                            public Ways.Step at(Instr instr) {
                                if (instr instanceof Instr.Call call && openers.may(call)) {
                                    open[0] = call;
                                    return Ways.Step.FOUND;
                                }
                                return pauses.isPause(instr) ? Ways.Step.STOP : Ways.Step.ON;
                            }

                            @Override
                            public Ways.Step at(Block.Exit exit) {
                                return exit.equals(consumer.choice())
                                        ? Ways.Step.STOP
                                        : Ways.Step.ON;
                            }
                        });
        if (straight) {
            check.report(
                    Report.of(
                                    INFO,
                                    posted.function().name(),
                                    posted.where().range(),
                                    events.written(posted)
                                            + " leads straight to opening a channel again")
                            .why(
                                    course.failing().name()
                                            + " has just failed; tries in quick succession end in"
                                            + " MV_STATUS_RATELIMITED")
                            .help("wait a second before the next try, longer after each failure")
                            .note(
                                    course.failing().nameRange(),
                                    course.failing().name() + " fails here")
                            .note(open[0].nameRange(), "a channel is opened again here"));
        }
    }
}
