package dev.microvisor.dap.request;

import dev.microvisor.dap.session.ClientEvents;
import dev.microvisor.dap.session.Session;
import org.eclipse.lsp4j.debug.Thread;
import org.eclipse.lsp4j.debug.ThreadsResponse;

/** {@code threads}: the one core. */
public final class Threads implements Handler<Void, ThreadsResponse> {
    private final Session session;

    public Threads(Session session) {
        this.session = session;
    }

    @Override
    public ThreadsResponse handle(Void nothing) {
        session.debugged();
        Thread core = new Thread();
        core.setId(ClientEvents.THREAD_ID);
        core.setName("Cortex-M33");
        ThreadsResponse response = new ThreadsResponse();
        response.setThreads(new Thread[] {core});
        return response;
    }
}
