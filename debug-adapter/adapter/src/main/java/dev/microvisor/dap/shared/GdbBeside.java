package dev.microvisor.dap.shared;

import dev.microvisor.dap.console.GdbCommands;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.gdb.GdbServer;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lets gdb into a session, once that has firmware, on a port of its own. gdb may come and go; its
 * {@code kill} ends no more than its own part. When the session ends, so does this.
 */
public final class GdbBeside implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GdbBeside.class.getName());

    private final GdbServer server;
    private Optional<SharedMachine> machine = Optional.empty();

    private GdbBeside(GdbServer server) {
        this.server = server;
    }

    /** Takes the port; gdb waits there until the session has firmware. */
    public static GdbBeside listen(int port) throws IOException {
        return new GdbBeside(GdbServer.listen(port));
    }

    public int port() {
        return server.port();
    }

    /** Machine's thread, once: the session has firmware now. */
    public void join(Session session) {
        if (machine.isPresent()) {
            return;
        }
        Debugged debugged = session.debugged();
        SharedMachine shared = new SharedMachine(session);
        machine = Optional.of(shared);
        GdbCommands commands = new GdbCommands(debugged.console(), shared::goTo, shared::restart);
        Thread thread =
                new Thread(
                        () -> serve(shared, text -> shared.ask(() -> commands.run(text))),
                        "microvisor gdb");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(SharedMachine shared, dev.microvisor.gdb.MonitorCommands commands) {
        try {
            while (!server.isClosed()) {
                server.serve(shared, Optional.of(shared), commands);
            }
        } catch (SharedMachine.SessionOver e) {
            LOG.fine(() -> "the session is over, and gdb's part with it");
        }
    }

    @Override
    public void close() {
        machine.ifPresent(SharedMachine::end);
        try {
            server.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "closing the gdb port");
        }
    }
}
