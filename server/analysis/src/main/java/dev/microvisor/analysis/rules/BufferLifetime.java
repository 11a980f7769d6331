package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Effect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Flags memory on the stack that Microvisor goes on using after its function has returned, and
 * memory on the heap that is freed while it does. A function that never returns, or that closes
 * what it opened, may well keep its buffers there; one that starts a scheduler loses its stack.
 */
public final class BufferLifetime implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                            "buffer-lifetime",
                            Severity.ERROR,
                            RuleInfo.Fixing.SAFE,
                            RuleInfo.Tag.BUFFERS)
                    .alias("stack-buffer");

    /** Functions of the C library and of FreeRTOS that take memory back. */
    private static final Set<String> FREEING = Set.of("free", "vPortFree", "realloc");

    /** What starts the scheduler of CMSIS-RTOS2 and of FreeRTOS; handlers then get main's stack. */
    private static final Set<String> SCHEDULERS = Set.of("osKernelStart", "vTaskStartScheduler");

    private static final List<String> RESOURCES = List.of(Effects.CHANNEL, Centre.RESOURCE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onFunctionEnd(Function function, State state, Check check) {
        for (Handle handle : state.handles().values()) {
            String now = state.stateOf(handle);
            boolean open =
                    !now.isEmpty()
                            && !now.equals(Handle.CLOSED)
                            && handle.openStatus() != null
                            && state.set(handle.openStatus()).contains(0);
            for (Handle.Loan loan : handle.borrowed()) {
                if (open) {
                    loan.place()
                            .variable()
                            .filter(v -> isLocal(function, v))
                            .ifPresent(v -> report(function, v, handle.opened(), check));
                }
            }
        }
    }

    /** Calls that free lent memory on some path. */
    private static final class Freed {
        private final Map<Instr.Call, Release> releases = new LinkedHashMap<>();
    }

    private record Release(CallSite site, SourceRange lent, String resource) {}

    @Override
    public void onCall(CallSite site, Check check) {
        Optional<Sym> memory =
                FREEING.contains(site.call().name()) ? site.argument(0).symbol() : Optional.empty();
        if (memory.isEmpty()) {
            return;
        }
        for (String resource : RESOURCES) {
            for (Handle handle : OpenChannels.on(site.state(), resource)) {
                boolean lent =
                        handle.borrowed().stream()
                                .anyMatch(
                                        l ->
                                                l.place().root() instanceof Place.Pointee p
                                                        && p.pointer().equals(memory.get()));
                if (lent && OpenChannels.isCertain(handle, site.state())) {
                    check.memory(this, Freed.class, Freed::new)
                            .releases
                            .putIfAbsent(site.call(), new Release(site, handle.opened(), resource));
                }
            }
        }
    }

    private void freed(Check check) {
        for (Release release : check.memory(this, Freed.class, Freed::new).releases.values()) {
            Doers closers = check.doers(c -> Effects.releases(c, release.resource()));
            CallSite site = release.site();
            if (OpenChannels.staysOpen(site.function(), release.lent(), site.call(), closers)) {
                check.report(
                        Report.of(
                                        INFO,
                                        site.function().name(),
                                        site.call().nameRange(),
                                        "'"
                                                + check.text(site.call().arguments().get(0).range())
                                                + "' is freed while Microvisor uses it")
                                .why(
                                        "whoever gets the memory next shares it with Microvisor, until"
                                                + " the handle is closed")
                                .help("close the handle first, and free the memory then")
                                .note(release.lent(), "handed to Microvisor here"));
            }
        }
    }

    /** What is lent for good is no handle's; only the end of the program gives it back. */
    @Override
    public void checkProgram(Check check) {
        freed(check);
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            for (Effect effect : fact.contract().effects()) {
                if (effect instanceof Effect.Borrows borrows
                        && borrows.until().isEmpty()
                        && !keepsStack(fact.function(), check)) {
                    fact.places()
                            .getOrDefault(borrows.place(), Value.UNKNOWN)
                            .target()
                            .flatMap(Place::variable)
                            .filter(v -> isLocal(fact.function(), v))
                            .ifPresent(
                                    v ->
                                            report(
                                                    fact.function(),
                                                    v,
                                                    fact.call().nameRange(),
                                                    check));
                }
            }
        }
    }

    /** True for a function that does not return and whose stack nobody else gets. */
    private static boolean keepsStack(Function function, Check check) {
        return check.facts().isNeverReturning(function) && !startsScheduler(function, check);
    }

    private static boolean startsScheduler(Function function, Check check) {
        return check.facts().graph().reachable(function).stream()
                .flatMap(Function::calls)
                .anyMatch(c -> SCHEDULERS.contains(c.name()));
    }

    private static boolean isLocal(Function function, Variable variable) {
        return variable.storage() == Variable.Storage.LOCAL
                && function.variables().contains(variable);
    }

    private static void report(
            Function function, Variable variable, SourceRange lent, Check check) {
        boolean scheduled = check.facts().isNeverReturning(function);
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                variable.declaration().name(),
                                "'"
                                        + variable.name()
                                        + "' is on the stack, and Microvisor uses it after "
                                        + (scheduled
                                                ? "the scheduler has taken that over"
                                                : function.name() + " has returned"))
                        .why(
                                (scheduled
                                                ? "the variables of interrupt handlers"
                                                : "the next function's variables")
                                        + " lie there; one spoils the other")
                        .help("declare it static")
                        .note(lent, "handed to Microvisor here");
        if (!variable.declaration().initialised()) {
            SourceRange whole = variable.declaration().statement();
            report.safeFix(
                    "Make '" + variable.name() + "' static",
                    new SourceRange(
                            whole.file(),
                            whole.startLine(),
                            whole.startColumn(),
                            whole.startLine(),
                            whole.startColumn()),
                    "static ");
        }
        check.report(report);
    }
}
