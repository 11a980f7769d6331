package dev.microvisor.gdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a debugger says about a stop: its frames, innermost first, and the leaves of all values. */
final class Opinion {
    /** A frame: kind, line, name and the leaves of its variables. */
    static final class Seen {
        final String kind;
        final int line;
        final String name;
        final Map<String, String> leaves = new LinkedHashMap<>();

        Seen(String kind, int line, String name) {
            this.kind = kind;
            this.line = line;
            this.name = name;
        }
    }

    final List<Seen> frames = new ArrayList<>();

    /** Globals and statics of the innermost frame's file. */
    final Map<String, String> globals = new LinkedHashMap<>();

    /** Reads what oracle.py wrote. */
    static List<Opinion> read(Path file) throws IOException {
        List<Opinion> stops = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.equals("stop")) {
                stops.add(new Opinion());
            } else if (!line.isEmpty()) {
                stops.get(stops.size() - 1).add(line);
            }
        }
        return stops;
    }

    private void add(String line) {
        int space = line.indexOf(' ');
        String rest = line.substring(space + 1);
        int equals = rest.lastIndexOf('=');
        switch (line.substring(0, space)) {
            case "frame" -> {
                String[] parts = rest.split(" ", 3);
                frames.add(new Seen(parts[0], Integer.parseInt(parts[1]), parts[2]));
            }
            case "var" ->
                    frames.get(frames.size() - 1)
                            .leaves
                            .put(rest.substring(0, equals), rest.substring(equals + 1));
            case "global" -> globals.put(rest.substring(0, equals), rest.substring(equals + 1));
            default -> throw new AssertionError(line);
        }
    }
}
