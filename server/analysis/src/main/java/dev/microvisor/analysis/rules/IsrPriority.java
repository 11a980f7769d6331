package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Flags RTOS calls in the handler of a centre whose interrupt still has the highest priority. */
public final class IsrPriority implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "isr-priority",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.INTERRUPTS);

    /**
     * The calls that FreeRTOS has for interrupts, and those of CMSIS-RTOS, which become them. Their
     * names are the contract, whether the RTOS is built with the firmware or linked from a library.
     */
    private static final Pattern RTOS =
            Pattern.compile(
                    "[a-z]+(Task|Queue|Semaphore|EventGroup|Timer|StreamBuffer|MessageBuffer)\\w*FromISR"
                            + "|os(Message|Event|Thread|Semaphore|Mutex|Timer|Memory|Signal|Mail)\\w+");

    /** CMSIS, the HAL and this project's SDK call it by these names. */
    private static final Pattern SETS_PRIORITY =
            Pattern.compile("NVIC_SetPriority$|nvic_set_priority$");

    /** What configLIBRARY_MAX_SYSCALL_INTERRUPT_PRIORITY is in ST's and FreeRTOS' templates. */
    private static final int RTOS_PRIORITY = 5;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Centre centre : Centre.all(check)) {
            if (centre.handler().isPresent()
                    && centre.irq().isPresent()
                    && !setsPriority(check, centre.irq().get())) {
                rtosCall(centre, check)
                        .ifPresent(call -> check.report(report(centre, call, check)));
            }
        }
    }

    private static Optional<Instr.Call> rtosCall(Centre centre, Check check) {
        for (Function function : centre.handlerCode(check)) {
            Optional<Instr.Call> call =
                    function.calls().filter(c -> RTOS.matcher(c.name()).matches()).findFirst();
            if (call.isPresent()) {
                return call;
            }
        }
        return Optional.empty();
    }

    private static boolean setsPriority(Check check, long irq) {
        return check.program().functions().stream()
                .flatMap(Function::calls)
                .filter(c -> SETS_PRIORITY.matcher(c.name()).find() && !c.arguments().isEmpty())
                .map(c -> c.arguments().get(0).uncast())
                .anyMatch(e -> !(e instanceof Expr.Num num) || num.value() == irq);
    }

    /** Where the interrupt is enabled: the priority is missing before that. */
    private static Report report(Centre centre, Instr.Call call, Check check) {
        long irq = centre.irq().orElseThrow();
        String handler = centre.handler().orElseThrow().name();
        List<CallGraph.Site> enabled = enabled(irq, check);
        Report report =
                Report.of(
                                INFO,
                                enabled.isEmpty() ? handler : enabled.get(0).caller().name(),
                                (enabled.isEmpty() ? call : enabled.get(0).call()).nameRange(),
                                handler
                                        + " calls "
                                        + call.name()
                                        + ", and its priority is never set")
                        .why(
                                "interrupts start with priority 0, above what the RTOS masks; a call"
                                        + " into it from there corrupts its lists")
                        .help(
                                "call NVIC_SetPriority for interrupt "
                                        + irq
                                        + " with a priority that the RTOS allows, before enabling"
                                        + " it");
        if (!enabled.isEmpty()) {
            report.note(call.nameRange(), call.name() + " is called here");
        }
        enabled.stream()
                .flatMap(e -> priority(e.call(), check).stream())
                .findFirst()
                .ifPresent(report::fix);
        return report;
    }

    private static List<CallGraph.Site> enabled(long irq, Check check) {
        return check.program().functions().stream()
                .flatMap(
                        f ->
                                f.calls()
                                        .filter(c -> c.name().endsWith("NVIC_EnableIRQ"))
                                        .filter(c -> isAbout(irq, c))
                                        .map(c -> new CallGraph.Site(f, c)))
                .toList();
    }

    private static boolean isAbout(long irq, Instr.Call call) {
        return call.arguments().size() == 1
                && call.arguments().get(0).uncast() instanceof Expr.Num n
                && n.value() == irq;
    }

    /** Before the interrupt is enabled, by the same library. */
    private static Optional<Fix> priority(Instr.Call enable, Check check) {
        String number = check.text(enable.arguments().get(0).range());
        String set = enable.name().replace("EnableIRQ", "SetPriority");
        String rest = set.startsWith("HAL_") ? ", 0);" : ");";
        String statement = set + "(" + number + ", " + RTOS_PRIORITY + rest;
        return Edits.in(enable.range(), check)
                .flatMap(e -> e.statementBefore(enable.range(), statement))
                .map(
                        e ->
                                Edits.suggestion(
                                        "Give it priority "
                                                + RTOS_PRIORITY
                                                + ", the first that FreeRTOS ports allow",
                                        e));
    }
}
