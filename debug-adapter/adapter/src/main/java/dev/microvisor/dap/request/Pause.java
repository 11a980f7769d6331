package dev.microvisor.dap.request;

import dev.microvisor.dap.motion.Stop;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.session.SessionState;
import org.eclipse.lsp4j.debug.PauseArguments;

/** {@code pause}: stops at the next safe point. Running motions, also steps, end there. */
public final class Pause implements Handler<PauseArguments, Void> {
    private final Session session;

    public Pause(Session session) {
        this.session = session;
    }

    @Override
    public Void handle(PauseArguments arguments) {
        session.debugged();
        if (session.state() instanceof SessionState.Running) {
            session.afterResponse(() -> session.halt(Stop.of("pause", "Paused")));
        }
        return null;
    }
}
