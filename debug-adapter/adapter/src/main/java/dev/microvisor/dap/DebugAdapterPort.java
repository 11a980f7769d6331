package dev.microvisor.dap;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.TargetLoader;
import dev.microvisor.dap.session.LeftFirmware;
import dev.microvisor.dap.shared.GdbBeside;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Serves clients on a loopback port, each with a session and an emulator of its own. */
public final class DebugAdapterPort implements AutoCloseable {
    /** Sessions at the same time; each may hold a machine with its history. */
    static final int MAX_SESSIONS = 4;

    private static final int BACKLOG = 8;
    private static final Logger LOG = Logger.getLogger(DebugAdapterPort.class.getName());

    private final ServerSocket socket;
    private final TargetLoader.BoardMaker boards;
    private final Map<String, Object> given;
    private final int sessions;
    private final Semaphore free;
    private final LeftFirmware left = new LeftFirmware();
    private Optional<GdbBeside> gdb = Optional.empty();
    private final CompletableFuture<Void> served = new CompletableFuture<>();

    private DebugAdapterPort(
            ServerSocket socket, TargetLoader.BoardMaker boards, Map<String, Object> given) {
        this.socket = socket;
        this.boards = boards;
        this.given = Map.copyOf(given);
        this.sessions = given.isEmpty() ? MAX_SESSIONS : 1;
        this.free = new Semaphore(sessions);
    }

    /** Opens the port; 0 takes any free one. */
    public static DebugAdapterPort open(int port, TargetLoader.BoardMaker boards) throws CannotRun {
        return open(port, boards, Map.of());
    }

    /**
     * Opens a port for one client at a time, and for the firmware that the attributes name.
     *
     * @param given launch attributes that clients need not give
     */
    public static DebugAdapterPort open(
            int port, TargetLoader.BoardMaker boards, Map<String, Object> given) throws CannotRun {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), BACKLOG);
            return new DebugAdapterPort(socket, boards, given);
        } catch (IOException e) {
            throw new CannotRun(
                    "cannot listen on 127.0.0.1:"
                            + port
                            + ": "
                            + e.getMessage()
                            + ". Another program may use the port; choose another, or 0"
                            + " for any free one");
        }
    }

    /**
     * Lets gdb into the one session, on another port.
     *
     * @return the number of that port
     */
    public int alsoGdb(int port) throws CannotRun {
        try {
            gdb = Optional.of(GdbBeside.listen(port));
            return gdb.get().port();
        } catch (IOException e) {
            throw new CannotRun(
                    "cannot serve gdb on 127.0.0.1:"
                            + port
                            + " ("
                            + e.getMessage()
                            + "): choose another port with --gdb=PORT");
        }
    }

    public int number() {
        return socket.getLocalPort();
    }

    /**
     * Serves one client and returns when it has gone; others are refused meanwhile. A client that
     * leaves the firmware standing is followed by another one.
     */
    public void serveOne() {
        Thread refusing = new Thread(this::serve, "microvisor port");
        refusing.setDaemon(true);
        refusing.start();
        served.join();
        close();
    }

    /** Serves clients until the port is closed. */
    public void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                client.setTcpNoDelay(true);
                if (free.tryAcquire()) {
                    Thread thread = new Thread(() -> session(client), "microvisor session");
                    thread.setDaemon(true);
                    thread.start();
                } else {
                    refuse(client);
                }
            } catch (IOException e) {
                LOG.log(Level.FINE, e, () -> "accept ended");
            }
        }
    }

    private void session(Socket client) {
        try (client) {
            serve(client);
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "the client went away");
        }
    }

    /** The next client is welcome before this one can see its connection end. */
    private void serve(Socket client) throws IOException {
        try {
            boolean mayStay = !given.isEmpty() && gdb.isEmpty();
            new DebugAdapter(boards, given, Optional.of(left).filter(f -> mayStay))
                    .serve(client.getInputStream(), client.getOutputStream(), gdb);
        } finally {
            free.release();
            if (!left.isThere()) {
                served.complete(null);
            }
        }
    }

    /** One output event that says why, in the protocol's own form. */
    private void refuse(Socket client) {
        String body =
                "{\"type\":\"event\",\"seq\":1,\"event\":\"output\",\"body\":{\"category\":"
                        + "\"important\",\"output\":\"This adapter already serves "
                        + sessions
                        + (sessions == 1 ? " session" : " sessions")
                        + ", its limit: end one, or start another adapter.\\n\"}}";
        String message =
                "Content-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length
                        + "\r\n\r\n"
                        + body;
        try (client) {
            client.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "the refused client went away");
        }
    }

    @Override
    public void close() {
        gdb.ifPresent(GdbBeside::close);
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "closing the port");
        }
    }
}
