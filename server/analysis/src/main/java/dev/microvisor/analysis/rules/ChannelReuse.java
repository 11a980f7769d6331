package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.HandleUse;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.SystemCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Flags a second request on a channel that carries one. */
public final class ChannelReuse implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("channel-reuse", Severity.ERROR, RuleInfo.Tag.HANDLES);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** Second requests that some path meets; whether they are certain needs the whole function. */
    private static final class Seen {
        private final Map<SourceRange, Second> byPlace = new LinkedHashMap<>();
    }

    private record Second(HandleUse use, SourceRange first) {}

    @Override
    public void onHandleUse(HandleUse use, Check check) {
        Optional<Handle> handle = use.value().symbol().map(s -> use.state().handles().get(s));
        boolean oneRequest = Effects.isOneShot(use.contract()) && !use.effect().states().isEmpty();
        if (handle.isEmpty() || !oneRequest || handle.get().change() == null) {
            return;
        }
        String now = use.state().stateOf(handle.get());
        if (now.equals(Effects.REQUESTED) || now.equals(Effects.SPENT)) {
            check.memory(this, Seen.class, Seen::new)
                    .byPlace
                    .putIfAbsent(use.where(), new Second(use, handle.get().change().where()));
        }
    }

    /** The first request is known to have been sent, and nothing on the way could close. */
    private static boolean isAtOnce(
            HandleUse use, Instr.Call first, Instr.Call again, Doers closers) {
        Function function = use.function();
        return !first.equals(again)
                && use.value()
                        .symbol()
                        .map(s -> use.state().handles().get(s).change())
                        .filter(c -> c.status() != null && use.state().set(c.status()).isOnly(0))
                        .isPresent()
                && Inevitable.reaches(function, first, again)
                && function.calls()
                        .filter(closers::may)
                        .noneMatch(c -> Inevitable.between(function, first, c, again));
    }

    /** One call in a loop that closes nothing. */
    private static boolean isRepeated(
            Function function, Instr.Call first, Instr.Call again, Doers closers) {
        int block = Ways.blockOf(function, again).map(Block::id).orElse(-1);
        return first.equals(again)
                && function.loops().stream()
                        .filter(l -> l.blocks().contains(block))
                        .anyMatch(
                                l ->
                                        UnboundedWait.instructions(function, l).stream()
                                                .noneMatch(
                                                        i ->
                                                                i instanceof Instr.Call c
                                                                        && closers.may(c)));
    }

    @Override
    public void checkProgram(Check check) {
        Doers closers = check.doers(c -> Effects.releases(c, Effects.CHANNEL));
        for (Second second : check.memory(this, Seen.class, Seen::new).byPlace.values()) {
            HandleUse use = second.use();
            Optional<Instr.Call> first = Inevitable.callAt(use.function(), second.first());
            Optional<Instr.Call> again = Inevitable.callAt(use.function(), use.where());
            if (first.isEmpty() || again.isEmpty()) {
                continue;
            }
            boolean inOrder =
                    !first.get().equals(again.get())
                            && Inevitable.follows(use.function(), first.get(), again.get());
            boolean certain =
                    inOrder
                            || isAtOnce(use, first.get(), again.get(), closers)
                            || !closers.may(use.function())
                            || isRepeated(use.function(), first.get(), again.get(), closers);
            if (certain) {
                SystemCall contract = use.contract();
                check.report(
                        Report.of(
                                        INFO,
                                        use.function().name(),
                                        use.where(),
                                        "this channel has carried its request already")
                                .why(
                                        contract.name()
                                                + " answers MV_STATUS_REQUESTALREADYSENT, whether the"
                                                + " first request was successful or not")
                                .help("close the channel and open a new one for each request")
                                .note(second.first(), "the first request, or its answer")
                                .note(use.where(), "second request"));
            }
        }
    }
}
