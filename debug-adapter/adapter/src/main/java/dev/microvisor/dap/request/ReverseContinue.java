package dev.microvisor.dap.request;

import dev.microvisor.dap.motion.BackwardsMotion;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import org.eclipse.lsp4j.debug.ReverseContinueArguments;

/** {@code reverseContinue}: back to the last breakpoint, or to where history begins. */
public final class ReverseContinue implements Handler<ReverseContinueArguments, Void> {
    private final Session session;

    public ReverseContinue(Session session) {
        this.session = session;
    }

    @Override
    public Void handle(ReverseContinueArguments arguments) {
        Debugged debugged = session.stopped();
        session.resume(new BackwardsMotion(debugged.history(), debugged.breakpoints()));
        return null;
    }
}
