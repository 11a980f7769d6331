package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Session;
import org.eclipse.lsp4j.debug.TerminateArguments;

/** {@code terminate}: ends the firmware, as pulling the plug would. */
public final class Terminate implements Handler<TerminateArguments, Void> {
    private final Session session;

    public Terminate(Session session) {
        this.session = session;
    }

    @Override
    public Void handle(TerminateArguments arguments) {
        session.afterResponse(() -> session.finish(0));
        return null;
    }
}
