package dev.microvisor.emulator.cloud.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The TCP connection to a broker. It is ours, with the client library at a loopback end of it, so
 * that it can be cut without a word: that is what a crash of the application or a lost network
 * looks like to the broker, which then publishes the will. The library itself always says goodbye.
 *
 * <p>Any thread may cut.
 */
final class Wire {
    private static final Logger LOG = Logger.getLogger(Wire.class.getName());

    /** Longest wait for a broker to take the connection. */
    private static final int CONNECT_TIMEOUT_MS = 10_000;

    private static final int CHUNK_BYTES = 8192;

    private final String host;
    private final Socket far;
    private final ServerSocket door;
    private volatile Socket near;
    private volatile boolean cut;

    private Wire(String host, Socket far, ServerSocket door) {
        this.host = host;
        this.far = far;
        this.door = door;
    }

    /**
     * Connects to a broker.
     *
     * @throws java.net.UnknownHostException when there is no such host
     */
    static Wire open(String host, int port, Executor threads) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        Socket far = new Socket();
        try {
            far.connect(new InetSocketAddress(address, port), CONNECT_TIMEOUT_MS);
            far.setTcpNoDelay(true);
            ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            door.setSoTimeout(CONNECT_TIMEOUT_MS);
            Wire wire = new Wire(host, far, door);
            threads.execute(() -> wire.join(threads));
            return wire;
        } catch (IOException e) {
            far.close();
            throw e;
        }
    }

    /** Where the library connects to. It carries the broker's name, which TLS checks. */
    InetSocketAddress nearEnd() {
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(host, door.getInetAddress().getAddress()),
                    door.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("an IP address of a wrong length", e);
        }
    }

    private void join(Executor threads) {
        try (door) {
            near = door.accept();
            near.setTcpNoDelay(true);
            if (cut) {
                near.close();
                return;
            }
            threads.execute(() -> pump(near, far));
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "nobody took the wire to " + host);
            cut();
            return;
        }
        pump(far, near);
    }

    /** Carries bytes until one side ends, which ends the other. */
    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                out.write(chunk, 0, n);
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "the wire to " + host + " has ended");
        }
    }

    /** Ends the connection without a word. */
    void cut() {
        cut = true;
        close(far);
        if (near != null) {
            close(near);
        }
        try {
            door.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "the door of the wire to " + host);
        }
    }

    private void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "cutting the wire to " + host);
        }
    }
}
