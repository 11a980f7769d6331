package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.session.SessionState;
import dev.microvisor.dap.view.GuestThreads;
import java.util.List;
import org.eclipse.lsp4j.debug.Thread;
import org.eclipse.lsp4j.debug.ThreadsResponse;

/** {@code threads}: the tasks of the operating system in the firmware, or the one core. */
public final class Threads implements Handler<Void, ThreadsResponse> {
    private final Session session;

    public Threads(Session session) {
        this.session = session;
    }

    @Override
    public ThreadsResponse handle(Void nothing) {
        GuestThreads threads = session.debugged().threads();
        if (session.state() instanceof SessionState.Running) {
            // A slice may have ended in the middle of the kernel's work on its lists.
            threads.forget();
        }
        List<GuestThreads.GuestThread> all = threads.all();
        ThreadsResponse response = new ThreadsResponse();
        response.setThreads(all.stream().map(Threads::row).toArray(Thread[]::new));
        return response;
    }

    private static Thread row(GuestThreads.GuestThread thread) {
        Thread row = new Thread();
        row.setId(thread.number());
        row.setName(thread.name());
        return row;
    }
}
