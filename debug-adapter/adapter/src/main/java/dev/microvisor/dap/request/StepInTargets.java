package dev.microvisor.dap.request;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.emulator.disassembly.DisassembledInstruction;
import dev.microvisor.emulator.disassembly.Disassembler;
import dev.microvisor.symbols.line.SourceLine;
import dev.microvisor.symbols.scope.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.debug.StepInTarget;
import org.eclipse.lsp4j.debug.StepInTargetsArguments;
import org.eclipse.lsp4j.debug.StepInTargetsResponse;

/**
 * {@code stepInTargets}: the calls of the present line, in the order of their code. A target's
 * number is the address of its call. Calls of functions without lines (system calls, the C library)
 * cannot be stepped into and are left out.
 */
public final class StepInTargets implements Handler<StepInTargetsArguments, StepInTargetsResponse> {
    private static final int MAX_TARGETS = 100;

    private final Session session;

    public StepInTargets(Session session) {
        this.session = session;
    }

    @Override
    public StepInTargetsResponse handle(StepInTargetsArguments arguments) {
        Debugged debugged = session.stopped();
        List<StepInTarget> targets = new ArrayList<>();
        if (FrameIds.place(arguments.getFrameId(), debugged).isInnermostOnCore()) {
            collect(debugged.target(), (int) debugged.frames().get(0).pc() & ~1, targets);
        }
        StepInTargetsResponse response = new StepInTargetsResponse();
        response.setTargets(targets.toArray(StepInTarget[]::new));
        return response;
    }

    private void collect(Target target, int pc, List<StepInTarget> targets) {
        Optional<SourceLine> here = target.program().lineAt(pc);
        Optional<Function> function = target.program().functionAt(pc);
        if (here.isEmpty() || function.isEmpty()) {
            return;
        }
        function.get().ranges().stream()
                .flatMap(
                        range ->
                                Disassembler.all(
                                        (int) range.start(),
                                        target.machine()
                                                .peek(
                                                        (int) range.start(),
                                                        (int) (range.end() - range.start())))
                                        .stream())
                .filter(
                        i ->
                                i.mnemonic()
                                        .matches(
                                                "blx?(eq|ne|cs|cc|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)?"))
                .filter(i -> Integer.compareUnsigned(i.address(), pc) >= 0)
                .filter(i -> isOnLine(target, i.address(), here.get()))
                .limit(MAX_TARGETS)
                .forEach(call -> name(target, call).ifPresent(n -> targets.add(row(call, n))));
    }

    private static boolean isOnLine(Target target, int address, SourceLine line) {
        return target.program()
                .lineAt(address)
                .filter(l -> l.line() == line.line() && l.file().equals(line.file()))
                .isPresent();
    }

    /** What is called; empty when it has no lines. A pointer's target is not known beforehand. */
    private static Optional<String> name(Target target, DisassembledInstruction call) {
        if (call.target().isEmpty()) {
            return Optional.of("*" + call.operands());
        }
        int callee = call.target().getAsInt();
        return target.program().lineAt(callee).isPresent()
                ? Optional.of(target.functionName(callee))
                : Optional.empty();
    }

    private static StepInTarget row(DisassembledInstruction call, String name) {
        StepInTarget row = new StepInTarget();
        row.setId(call.address());
        row.setLabel(name);
        return row;
    }
}
