package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Flags a wait for an answer on a path where the request was refused: no answer will come. */
public final class WaitAfterFailedRequest implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("wait-after-failed-request", Severity.WARNING, RuleInfo.Tag.CONTROL_FLOW);

    /** Calls of CMSIS-RTOS2 and FreeRTOS that wait for what a handler signals. */
    private static final Set<String> WAITS =
            Set.of(
                    "osEventFlagsWait",
                    "osThreadFlagsWait",
                    "ulTaskNotifyTake",
                    "ulTaskGenericNotifyTake",
                    "xTaskNotifyWait",
                    "xTaskGenericNotifyWait",
                    "xEventGroupWaitBits");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** A call reached after a request that failed. */
    private record After(CallSite site, Sym request) {}

    /** The first path to each call. */
    private static final class Seen {
        private final Map<Instr.Call, After> calls = new LinkedHashMap<>();
    }

    @Override
    public void onCall(CallSite site, Check check) {
        failedRequest(site, check)
                .ifPresent(
                        sym ->
                                check.memory(this, Seen.class, Seen::new)
                                        .calls
                                        .putIfAbsent(site.call(), new After(site, sym)));
    }

    /** The request, when all requests on the path are known to have failed. */
    private static Optional<Sym> failedRequest(CallSite site, Check check) {
        Optional<Sym> failed = Optional.empty();
        for (Sym sym : site.state().symbols()) {
            if (sym.kind() == Sym.Kind.STATUS && sends(sym, check)) {
                boolean known =
                        !site.state().set(sym).contains(0)
                                && (!site.state().isTrusted(sym) || check.program().isWhole());
                if (!known) {
                    return Optional.empty();
                }
                failed = Optional.of(sym);
            }
        }
        return failed;
    }

    private static boolean sends(Sym sym, Check check) {
        return check.catalog().call(sym.call()).filter(IsrFlagRace::leadsToData).isPresent();
    }

    @Override
    public void checkProgram(Check check) {
        Set<Slot> flags = HandlerFlags.of(check).keySet();
        for (After after : check.memory(this, Seen.class, Seen::new).calls.values()) {
            Function function = after.site().function();
            Optional<Instr.Call> request = requestIn(function, after.request());
            if (request.isEmpty()) {
                continue;
            }
            Instr.Call call = after.site().call();
            Optional<Function.Loop> loop = waitFor(function, call, flags);
            boolean waits = WAITS.contains(call.name());
            boolean apart =
                    function.loops().stream()
                            .filter(l -> l.blocks().contains(block(function, request.get())))
                            .noneMatch(l -> loop.filter(w -> isSame(w, l)).isPresent());
            if ((waits || loop.isPresent()) && apart) {
                report(after, request.get(), loop, check);
            }
        }
    }

    private static boolean isSame(Function.Loop a, Function.Loop b) {
        return a.head().equals(b.head());
    }

    private static int block(Function function, Instr instr) {
        return Ways.blockOf(function, instr).map(Block::id).orElse(-1);
    }

    /** The call of the function that made the request, itself or further down. */
    private static Optional<Instr.Call> requestIn(Function function, Sym request) {
        return function.calls().filter(c -> c.range().equals(request.origin())).findFirst();
    }

    /** A loop around a call that only ends when a handler sets its flag, or by time. */
    private static Optional<Function.Loop> waitFor(
            Function function, Instr.Call call, Set<Slot> flags) {
        int block = block(function, call);
        List<Function.Loop> around = new ArrayList<>(function.loops());
        around.removeIf(l -> !l.blocks().contains(block));
        return around.stream()
                .filter(
                        l ->
                                UnboundedWait.exits(function, l).stream()
                                        .flatMap(Expr::walk)
                                        .anyMatch(
                                                e ->
                                                        Slot.of(e)
                                                                .filter(flags::contains)
                                                                .isPresent()))
                .findFirst();
    }

    private static void report(
            After after, Instr.Call request, Optional<Function.Loop> loop, Check check) {
        check.report(
                Report.of(
                                INFO,
                                after.site().function().name(),
                                loop.map(UnboundedWait::head)
                                        .orElse(after.site().call().nameRange()),
                                "this waits for an answer though " + request.name() + " failed")
                        .why(
                                "a request that is refused leads to no notification; the wait ends"
                                        + " only when its time is over, or never")
                        .help("leave, and close the channel, when the request fails")
                        .note(request.nameRange(), "the request")
                        .notes(after.site().trail()));
    }
}
