package dev.microvisor.dap.request;

import dev.microvisor.dap.motion.CodeMap.Caller;
import dev.microvisor.dap.motion.StepOut;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import org.eclipse.lsp4j.debug.StepOutArguments;

/** {@code stepOut}: runs to where the present function returns. */
public final class StepOutward implements Handler<StepOutArguments, Void> {
    private final Session session;

    public StepOutward(Session session) {
        this.session = session;
    }

    @Override
    public Void handle(StepOutArguments arguments) {
        Debugged debugged = session.resumable();
        ThreadIds.needOnCore(arguments.getThreadId(), debugged);
        Caller caller =
                debugged.code()
                        .caller()
                        .orElseThrow(
                                () ->
                                        new RequestFailed(
                                                "this function has no caller that is known"));
        session.resume(new StepOut(debugged.execution(), caller));
        return null;
    }
}
