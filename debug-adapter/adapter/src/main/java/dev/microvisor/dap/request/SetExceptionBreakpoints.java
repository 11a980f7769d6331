package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Session;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsResponse;

/**
 * {@code setExceptionBreakpoints}: no filters are offered yet; clients send the request all the
 * same. An unhandled fault always stops.
 */
public final class SetExceptionBreakpoints
        implements Handler<SetExceptionBreakpointsArguments, SetExceptionBreakpointsResponse> {
    private final Session session;

    public SetExceptionBreakpoints(Session session) {
        this.session = session;
    }

    @Override
    public SetExceptionBreakpointsResponse handle(SetExceptionBreakpointsArguments arguments) {
        session.debugged();
        SetExceptionBreakpointsResponse response = new SetExceptionBreakpointsResponse();
        response.setBreakpoints(new Breakpoint[0]);
        return response;
    }
}
