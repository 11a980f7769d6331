package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import org.eclipse.lsp4j.debug.ContinueArguments;
import org.eclipse.lsp4j.debug.ContinueResponse;

/** {@code continue}: runs until something stops the firmware. */
public final class Continue implements Handler<ContinueArguments, ContinueResponse> {
    private final Session session;

    public Continue(Session session) {
        this.session = session;
    }

    @Override
    public ContinueResponse handle(ContinueArguments arguments) {
        Debugged debugged = session.resumable();
        session.resume(new dev.microvisor.dap.motion.Continue(debugged.execution()));
        ContinueResponse response = new ContinueResponse();
        response.setAllThreadsContinued(true);
        return response;
    }
}
