package dev.microvisor.debug;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of the GDB remote protocol that sends what a test wants, sound or not. */
final class RspClient implements AutoCloseable {
    private static final int PATIENCE_MS = 30_000;

    private final Socket socket;
    private final InputStream in;

    RspClient(int port) throws IOException {
        socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        socket.setSoTimeout(PATIENCE_MS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a packet and returns the answer. */
    String ask(String command) throws IOException {
        send(command);
        return answer();
    }

    void send(String command) throws IOException {
        int sum = 0;
        for (char c : command.toCharArray()) {
            sum += c;
        }
        raw(String.format("$%s#%02x", command, sum & 0xFF));
    }

    void raw(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    String answer() throws IOException {
        int c = in.read();
        while (c != '$') {
            if (c < 0) {
                return "closed";
            }
            c = in.read();
        }
        StringBuilder text = new StringBuilder();
        for (c = in.read(); c != '#' && c >= 0; c = in.read()) {
            text.append((char) c);
        }
        in.readNBytes(2);
        raw("+");
        return text.toString();
    }

    /** What {@code monitor} prints. */
    String monitor(String command) throws IOException {
        StringBuilder hex = new StringBuilder("qRcmd,");
        for (byte b : command.getBytes(StandardCharsets.UTF_8)) {
            hex.append(String.format("%02x", b));
        }
        String answer = ask(hex.toString());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < answer.length(); i += 2) {
            text.append((char) Integer.parseInt(answer.substring(i, i + 2), 16));
        }
        return text.toString();
    }

    /** Waits for the other side to close the connection; what it still had to say. */
    String lastWords() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
