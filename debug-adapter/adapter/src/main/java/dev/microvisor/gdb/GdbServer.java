package dev.microvisor.gdb;

import dev.microvisor.emulator.machine.Debuggee;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Listens on loopback for gdb and lets one client after another debug the machine. A second one at
 * the same time is told so.
 */
public final class GdbServer implements AutoCloseable {
    /** Where the vendor's tool listened. */
    public static final int DEFAULT_PORT = 8001;

    /** So long a client may take to be gone when the next one comes. */
    private static final long GOING_MS = 2_000;

    private static final String REFUSAL = "E.another debugger is connected: let it detach first";
    private static final Logger LOG = Logger.getLogger(GdbServer.class.getName());

    private final ServerSocket socket;
    private final Semaphore free = new Semaphore(1);
    private final BlockingQueue<Optional<Socket>> arrived = new LinkedBlockingQueue<>();

    private GdbServer(ServerSocket socket) {
        this.socket = socket;
    }

    /**
     * Begins to listen.
     *
     * @param port 0 takes a free one
     * @throws IOException when the port is taken
     */
    public static GdbServer listen(int port) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        return new GdbServer(new ServerSocket(port, 2, loopback));
    }

    public int port() {
        return socket.getLocalPort();
    }

    public boolean isClosed() {
        return socket.isClosed();
    }

    /**
     * Serves clients until one kills the program or the server is closed. The calling thread owns
     * the machine meanwhile.
     */
    public void serve(Debuggee machine, Optional<TimeTravel> travel, MonitorCommands monitor) {
        serve(machine, travel, monitor, GuestTasks.CORE);
    }

    /** The same, with other threads than the core. */
    public void serve(
            Debuggee machine,
            Optional<TimeTravel> travel,
            MonitorCommands monitor,
            GuestTasks tasks) {
        Thread door = new Thread(this::accept, "gdb-door");
        door.setDaemon(true);
        door.start();
        GdbSession.End end = GdbSession.End.DETACHED;
        while (end == GdbSession.End.DETACHED) {
            Optional<Socket> next = next();
            if (next.isEmpty()) {
                return;
            }
            try (Socket client = next.get()) {
                client.setTcpNoDelay(true);
                end = new GdbSession(machine, travel, monitor, tasks, packets(client)).serve();
            } catch (IOException e) {
                LOG.log(Level.FINE, e, () -> "the client went away");
            } finally {
                free.release();
            }
        }
    }

    private static PacketStream packets(Socket client) throws IOException {
        return new PacketStream(
                new BufferedInputStream(client.getInputStream()),
                new BufferedOutputStream(client.getOutputStream()));
    }

    private Optional<Socket> next() {
        try {
            return arrived.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                if (free.tryAcquire(GOING_MS, TimeUnit.MILLISECONDS)) {
                    arrived.add(Optional.of(client));
                } else {
                    refuse(client);
                }
            } catch (IOException e) {
                LOG.log(Level.FINE, e, () -> "accept ended");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        arrived.add(Optional.empty());
    }

    /** Answers whatever it asks first with an error. */
    private static void refuse(Socket client) {
        try (client) {
            client.setSoTimeout((int) GOING_MS);
            PacketStream packets = packets(client);
            packets.receive();
            packets.send(REFUSAL);
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "the refused client went away");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
