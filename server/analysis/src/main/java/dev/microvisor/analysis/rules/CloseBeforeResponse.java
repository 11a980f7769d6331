package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.HandleUse;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Flags a channel or its network that is closed right after the request, before any response. */
public final class CloseBeforeResponse implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("close-before-response", Severity.WARNING, RuleInfo.Tag.HANDLES);

    /** Library functions that let no time pass. */
    private static final Set<String> INSTANT =
            Set.of(
                    "printf",
                    "puts",
                    "putchar",
                    "snprintf",
                    "vsnprintf",
                    "sprintf",
                    "vsprintf",
                    "strlen",
                    "memset",
                    "memcpy",
                    "strcpy",
                    "strcat",
                    "free");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** Closings of channels that wait for an answer, with the request. */
    private static final class Seen {
        private final Map<SourceRange, Closing> byPlace = new LinkedHashMap<>();
    }

    private record Closing(HandleUse use, SourceRange request) {}

    @Override
    public void onHandleUse(HandleUse use, Check check) {
        boolean channel = Effects.releases(use.contract(), Effects.CHANNEL);
        if (!channel && !Effects.releases(use.contract(), Effects.NETWORK)) {
            return;
        }
        for (Map.Entry<Sym, Handle> entry : use.state().handles().entrySet()) {
            Handle handle = entry.getValue();
            boolean same =
                    !channel || use.value().symbol().filter(entry.getKey()::equals).isPresent();
            if (same
                    && handle.resource().equals(Effects.CHANNEL)
                    && handle.change() != null
                    && handle.change().state().equals(Effects.REQUESTED)
                    && use.state().stateOf(handle).equals(Effects.REQUESTED)) {
                check.memory(this, Seen.class, Seen::new)
                        .byPlace
                        .putIfAbsent(use.where(), new Closing(use, handle.change().where()));
            }
        }
    }

    @Override
    public void checkProgram(Check check) {
        Doers readers = check.doers(Effects::answers);
        for (Closing closing : check.memory(this, Seen.class, Seen::new).byPlace.values()) {
            Function function = closing.use().function();
            Optional<Instr.Call> request = Inevitable.callAt(function, closing.request());
            Optional<Instr.Call> close = Inevitable.callAt(function, closing.use().where());
            if (request.isPresent()
                    && close.isPresent()
                    && !readers.may(request.get())
                    && !readers.may(close.get())
                    && isInstant(request.get(), readers, check)
                    && Inevitable.follows(function, request.get(), close.get())
                    && nothingBetween(function, request.get(), close.get(), readers, check)) {
                boolean channel = Effects.releases(closing.use().contract(), Effects.CHANNEL);
                check.report(
                        Report.of(
                                        INFO,
                                        function.name(),
                                        closing.use().where(),
                                        "the "
                                                + (channel ? "channel" : "network")
                                                + " is closed before the response can arrive")
                                .why(
                                        "the request call only sends; the response comes later, with"
                                                + " MV_EVENTTYPE_CHANNELDATAREADABLE, and is lost when the"
                                                + " channel is gone")
                                .help("wait for the notification and read the response first")
                                .note(closing.request(), "request sent here")
                                .note(closing.use().where(), "closed here"));
            }
        }
    }

    /** True when between two calls nothing reads, waits, or does what cannot be seen. */
    private static boolean nothingBetween(
            Function function, Instr.Call from, Instr.Call to, Doers readers, Check check) {
        return !Inevitable.loopsBetween(function, from, to)
                && function.calls()
                        .filter(c -> !c.equals(from) && !c.equals(to))
                        .filter(c -> Inevitable.between(function, from, c, to))
                        .allMatch(c -> !readers.may(c) && isInstant(c, readers, check));
    }

    private static boolean isInstant(Instr.Call call, Doers readers, Check check) {
        Optional<Function> callee = check.program().function(call.callee());
        if (callee.isEmpty()) {
            return readers.contract(call).isPresent() || INSTANT.contains(call.name());
        }
        return check.facts().graph().reachable(callee.get()).stream()
                .allMatch(
                        f ->
                                f.loops().isEmpty()
                                        && f.calls().allMatch(c -> isKnown(c, f, readers, check)));
    }

    private static boolean isKnown(Instr.Call call, Function function, Doers readers, Check check) {
        return readers.contract(call).isPresent()
                || Locks.isLocking(call, function)
                || INSTANT.contains(call.name())
                || check.program().function(call.callee()).isPresent();
    }
}
