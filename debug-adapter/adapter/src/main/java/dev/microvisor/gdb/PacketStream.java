package dev.microvisor.gdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Packets over a byte stream: {@code $data#checksum}, acknowledged by {@code +} until the client
 * turns that off. Section "Overview" of the protocol. Not thread-safe, except {@link #send}.
 */
final class PacketStream {
    /** Largest packet taken; also what the stub tells the client in qSupported. */
    static final int MAX_PACKET_BYTES = 0x4000;

    /** How often a packet is sent again when the client asks for it. */
    private static final int MAX_RESENDS = 3;

    private static final int INTERRUPT = 0x03;
    private static final int ESCAPE = '}';
    private static final int ESCAPE_XOR = 0x20;

    private final InputStream in;
    private final OutputStream out;
    private volatile boolean acknowledged = true;
    private byte[] lastSent = {};
    private int resends;

    PacketStream(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** What can arrive. */
    sealed interface Input {}

    /**
     * A command.
     *
     * @param data one character a byte, escapes resolved
     */
    record Command(String data) implements Input {}

    /** Control-C: stop the machine. */
    record Interrupt() implements Input {}

    void acknowledge(boolean on) {
        acknowledged = on;
    }

    /** The next command or interrupt; empty when the client has gone. */
    Optional<Input> receive() throws IOException {
        int next = in.read();
        while (next >= 0) {
            if (next == INTERRUPT) {
                return Optional.of(new Interrupt());
            } else if (next == '-' && resends < MAX_RESENDS) {
                resends++;
                out.write(lastSent);
                out.flush();
            } else if (next == '$') {
                Optional<Input> command = command();
                if (command.isPresent()) {
                    return command;
                }
            }
            next = in.read();
        }
        return Optional.empty();
    }

    /** Reads what follows a dollar sign; empty when it was damaged and will be sent again. */
    private Optional<Input> command() throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int sum = 0;
        int next = in.read();
        while (next != '#') {
            if (next < 0) {
                return Optional.empty();
            }
            sum += next;
            if (next == ESCAPE) {
                next = in.read();
                sum += next;
                next ^= ESCAPE_XOR;
            }
            if (data.size() >= MAX_PACKET_BYTES) {
                throw new IOException("packet over " + MAX_PACKET_BYTES + " bytes");
            }
            data.write(next);
            next = in.read();
        }
        int high = Character.digit(in.read(), 16);
        int low = Character.digit(in.read(), 16);
        boolean good = high >= 0 && low >= 0 && (high << 4 | low) == (sum & 0xFF);
        if (acknowledged) {
            out.write(good ? '+' : '-');
            out.flush();
        }
        return good
                ? Optional.of(new Command(data.toString(StandardCharsets.ISO_8859_1)))
                : Optional.empty();
    }

    /** Sends a reply of which each character is one byte. */
    void send(String reply) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write('$');
        int sum = 0;
        for (byte b : reply.getBytes(StandardCharsets.ISO_8859_1)) {
            if (b == '#' || b == '$' || b == ESCAPE || b == '*') {
                packet.write(ESCAPE);
                packet.write(b ^ ESCAPE_XOR);
                sum += ESCAPE + (b ^ ESCAPE_XOR);
            } else {
                packet.write(b);
                sum += b;
            }
        }
        packet.write('#');
        packet.writeBytes(String.format("%02x", sum & 0xFF).getBytes(StandardCharsets.US_ASCII));
        synchronized (out) {
            lastSent = packet.toByteArray();
            resends = 0;
            out.write(lastSent);
            out.flush();
        }
    }
}
