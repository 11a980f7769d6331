package dev.microvisor.symbols;

import dev.microvisor.symbols.target.FrameContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.InflaterOutputStream;

/** A stop of a machine as gdb recorded it (oracle.py), and what gdb said about it. */
final class RecordedStop implements FrameContext {
    private static final long RAM_START = 0x3800_0000L;
    private static final long CODE_START = 0x1000_0000L;
    private static final long ALIAS_SIZE = 0x8_0000L;

    /** A frame as gdb sees it: kind, line, name and the leaves of its variables. */
    static final class GdbFrame {
        String kind;
        int line;
        String name;
        final Map<String, String> leaves = new LinkedHashMap<>();
    }

    private final Program program;
    private final int[] core = new int[17];
    private final int[] singles = new int[32];
    private byte[] ram = new byte[0];
    final List<GdbFrame> frames = new ArrayList<>();

    private RecordedStop(Program program) {
        this.program = program;
    }

    static List<RecordedStop> read(Path file, Program program) {
        List<RecordedStop> stops = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.equals("stop")) {
                    stops.add(new RecordedStop(program));
                } else if (!line.equals("end")) {
                    stops.get(stops.size() - 1).add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stops;
    }

    private void add(String line) throws IOException {
        int space = line.indexOf(' ');
        String rest = line.substring(space + 1);
        switch (line.substring(0, space)) {
            case "core":
                String[] words = rest.split(" ");
                for (int i = 0; i < core.length; i++) {
                    core[i] = (int) Long.parseLong(words[i]);
                }
                break;
            case "fp":
                String[] doubles = rest.split(" ");
                for (int i = 0; i < doubles.length; i++) {
                    long bits = Long.parseUnsignedLong(doubles[i]);
                    singles[2 * i] = (int) bits;
                    singles[2 * i + 1] = (int) (bits >>> 32);
                }
                break;
            case "ram":
                ByteArrayOutputStream expanded = new ByteArrayOutputStream();
                try (InflaterOutputStream inflater = new InflaterOutputStream(expanded)) {
                    inflater.write(Base64.getDecoder().decode(rest));
                }
                ram = expanded.toByteArray();
                break;
            case "frame":
                String[] parts = rest.split(" ", 3);
                GdbFrame frame = new GdbFrame();
                frame.kind = parts[0];
                frame.line = Integer.parseInt(parts[1]);
                frame.name = parts[2];
                frames.add(frame);
                break;
            case "var":
                int equals = rest.lastIndexOf('=');
                frames.get(frames.size() - 1)
                        .leaves
                        .put(rest.substring(0, equals), rest.substring(equals + 1));
                break;
            default:
                throw new AssertionError(line);
        }
    }

    @Override
    public OptionalInt register(int number) {
        if (number >= 0 && number < 16) {
            return OptionalInt.of(core[number]);
        }
        if (number >= FIRST_SINGLE && number < FIRST_SINGLE + 32) {
            return OptionalInt.of(singles[number - FIRST_SINGLE]);
        }
        return OptionalInt.empty();
    }

    @Override
    public OptionalInt named(String name) {
        switch (name) {
            case "xpsr":
                return OptionalInt.of(core[16]);
            case "msp":
                return OptionalInt.of(core[13]);
            default:
                return OptionalInt.empty();
        }
    }

    @Override
    public byte[] read(long address, int sizeBytes) {
        long offset = address - RAM_START;
        if (offset >= 0 && offset < ram.length) {
            int from = (int) offset;
            return Arrays.copyOfRange(ram, from, Math.min(ram.length, from + sizeBytes));
        }
        if (address < ALIAS_SIZE) {
            // The non-secure view of the code memory.
            return Arrays.copyOf(program.storedBytes(CODE_START + address, sizeBytes), sizeBytes);
        }
        return program.storedBytes(address, sizeBytes);
    }
}
