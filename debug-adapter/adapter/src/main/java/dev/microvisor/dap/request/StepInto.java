package dev.microvisor.dap.request;

import dev.microvisor.dap.motion.StepIn;
import dev.microvisor.dap.motion.StepInstruction;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import java.util.Optional;
import org.eclipse.lsp4j.debug.StepInArguments;
import org.eclipse.lsp4j.debug.SteppingGranularity;

/** {@code stepIn}: one line or one instruction, into calls. */
public final class StepInto implements Handler<StepInArguments, Void> {
    private final Session session;

    public StepInto(Session session) {
        this.session = session;
    }

    @Override
    public Void handle(StepInArguments arguments) {
        Debugged debugged = session.resumable();
        ThreadIds.needOnCore(arguments.getThreadId(), debugged);
        session.resume(
                arguments.getGranularity() == SteppingGranularity.INSTRUCTION
                        ? new StepInstruction(debugged.execution(), false)
                        : new StepIn(
                                debugged.execution(),
                                debugged.code(),
                                Optional.ofNullable(arguments.getTargetId())));
        return null;
    }
}
