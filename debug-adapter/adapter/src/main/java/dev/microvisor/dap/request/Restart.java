package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import org.eclipse.lsp4j.debug.RestartArguments;

/** {@code restart}: back to reset, at once, from the first remembered state. */
public final class Restart implements Handler<RestartArguments, Void> {
    private final Session session;

    public Restart(Session session) {
        this.session = session;
    }

    @Override
    public Void handle(RestartArguments arguments) {
        Debugged debugged = session.debugged();
        session.machineThread().stopActivity();
        debugged.history().restart();
        debugged.breakpoints().forgetHits();
        debugged.resumed();
        session.afterResponse(() -> new ConfigurationDone(session).start(debugged));
        return null;
    }
}
