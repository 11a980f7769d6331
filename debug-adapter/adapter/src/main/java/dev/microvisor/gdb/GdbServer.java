package dev.microvisor.gdb;

import dev.microvisor.emulator.machine.Debuggee;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;

/** Listens on loopback for gdb and lets one client after another debug the machine. */
public final class GdbServer implements AutoCloseable {
    /** Where the vendor's tool listened. */
    public static final int DEFAULT_PORT = 8001;

    private final ServerSocket socket;

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
        return new GdbServer(new ServerSocket(port, 1, loopback));
    }

    public int port() {
        return socket.getLocalPort();
    }

    /**
     * Serves clients until one kills the program or the server is closed. The calling thread owns
     * the machine meanwhile.
     */
    public void serve(Debuggee machine, Optional<TimeTravel> travel, MonitorCommands monitor)
            throws IOException {
        GdbSession.End end = GdbSession.End.DETACHED;
        while (end == GdbSession.End.DETACHED && !socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.setTcpNoDelay(true);
                PacketStream packets =
                        new PacketStream(
                                new BufferedInputStream(client.getInputStream()),
                                new BufferedOutputStream(client.getOutputStream()));
                end = new GdbSession(machine, travel, monitor, packets).serve();
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
