package dev.microvisor.debug;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.debug.run.IoProblem;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.hardware.Hardware;
import dev.microvisor.emulator.outside.Outside;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Option;

/**
 * What comes in at serial ports: a file, or what a person types. It goes through the door to the
 * outside, so that it is recorded and replayed as everything from there is.
 */
final class SerialInputs {
    private static final Logger LOG = Logger.getLogger(SerialInputs.class.getName());
    private static final String SOURCE = "serial";
    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final int READ_AT_ONCE = 4096;

    @Option(
            names = "--serial-in",
            paramLabel = "PORT=FILE|-",
            description =
                    "Bytes that come in at a serial port, such as USART2=input.txt; - is standard"
                            + " input. May be given several times.")
    private List<String> inputs = List.of();

    /** A port and where its bytes come from; no file: standard input. */
    private record Wire(String port, Path file) {
        boolean isTyped() {
            return file == null;
        }
    }

    boolean given() {
        return !inputs.isEmpty();
    }

    /** Wires the ports of a board. Before the run. */
    void open(EmulatedBoard board, Outside outside, InputStream typed) throws CannotRun {
        outside.receive(SOURCE, content -> receive(board, outside, content));
        boolean isTyping = false;
        for (String input : inputs) {
            Wire wire = parse(input);
            if (!wire.isTyped()) {
                outside.admit(SOURCE, message(wire.port(), content(wire)));
            } else if (isTyping) {
                throw new CannotRun("--serial-in: only one port can read standard input");
            } else {
                isTyping = true;
                type(wire.port(), outside, typed);
            }
        }
    }

    private static void receive(EmulatedBoard board, Outside outside, String content) {
        JsonObject message = JsonParser.parseString(content).getAsJsonObject();
        if (message.has("end")) {
            outside.close(SOURCE);
        } else {
            byte[] bytes = HexFormat.of().parseHex(message.get("bytes").getAsString());
            board.peripherals().receive(message.get("port").getAsString(), Bytes.of(bytes));
        }
    }

    private static Wire parse(String input) throws CannotRun {
        int equals = input.indexOf('=');
        String port = equals < 0 ? "" : input.substring(0, equals);
        if (!Hardware.SERIAL_PORTS.contains(port) || equals == input.length() - 1) {
            throw new CannotRun(
                    "--serial-in "
                            + input
                            + " is not PORT=FILE or PORT=-; ports are "
                            + String.join(", ", Hardware.SERIAL_PORTS));
        }
        String from = input.substring(equals + 1);
        return new Wire(port, from.equals("-") ? null : Path.of(from));
    }

    private static byte[] content(Wire wire) throws CannotRun {
        try {
            if (Files.size(wire.file()) > MAX_FILE_BYTES) {
                throw new CannotRun(
                        "--serial-in " + wire.file() + " is larger than " + MAX_FILE_BYTES + " B");
            }
            return Files.readAllBytes(wire.file());
        } catch (IOException e) {
            throw new CannotRun(
                    "--serial-in " + wire.file() + " cannot be read: " + IoProblem.of(e));
        }
    }

    private static String message(String port, byte[] bytes) {
        JsonObject message = new JsonObject();
        message.addProperty("port", port);
        message.addProperty("bytes", HexFormat.of().formatHex(bytes));
        return message.toString();
    }

    /** Reads standard input on a thread of its own until it ends. */
    private static void type(String port, Outside outside, InputStream typed) {
        outside.open(SOURCE);
        Thread reader =
                new Thread(
                        () -> {
                            byte[] buffer = new byte[READ_AT_ONCE];
                            try {
                                for (int n = typed.read(buffer); n >= 0; n = typed.read(buffer)) {
                                    outside.offer(SOURCE, message(port, Arrays.copyOf(buffer, n)));
                                }
                            } catch (IOException e) {
                                LOG.log(Level.WARNING, "standard input cannot be read", e);
                            }
                            outside.offer(SOURCE, "{\"end\":true}");
                        },
                        "serial input");
        reader.setDaemon(true);
        reader.start();
    }
}
