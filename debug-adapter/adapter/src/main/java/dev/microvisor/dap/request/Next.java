package dev.microvisor.dap.request;

import dev.microvisor.dap.motion.NextLine;
import dev.microvisor.dap.motion.StepInstruction;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import org.eclipse.lsp4j.debug.NextArguments;
import org.eclipse.lsp4j.debug.SteppingGranularity;

/** {@code next}: one line or one instruction, over calls. */
public final class Next implements Handler<NextArguments, Void> {
    private final Session session;

    public Next(Session session) {
        this.session = session;
    }

    @Override
    public Void handle(NextArguments arguments) {
        Debugged debugged = session.resumable();
        ThreadIds.needOnCore(arguments.getThreadId(), debugged);
        session.resume(
                arguments.getGranularity() == SteppingGranularity.INSTRUCTION
                        ? new StepInstruction(debugged.execution(), true)
                        : new NextLine(debugged.execution(), debugged.code()));
        return null;
    }
}
