package dev.microvisor.analysis.project;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.microvisor.analysis.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code compile_commands.json}, or a {@code compile_flags.txt}.
 *
 * @param file where it was read from
 * @param commands by source file, in the order of their entries: one for each way in which the file
 *     is compiled
 * @param fixed flags for every file, of a {@code compile_flags.txt}
 * @param problems entries and files that could not be read
 */
record CompileDatabase(
        Path file,
        Map<Path, List<CompileCommand>> commands,
        Optional<List<String>> fixed,
        List<Problem> problems) {
    static final String NAME = "compile_commands.json";
    static final String FIXED = "compile_flags.txt";

    /** A hundred thousand commands have about fifty. */
    private static final long MAX_BYTES = 256L << 20;

    private static final String ADVICE =
            "make it again, for example with cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON";

    /**
     * Looks in the folder of {@code source}, its parents, and {@code build} in each of them; for
     * fixed flags in each after these.
     */
    static Optional<Path> find(Path source) {
        for (Path dir = source.getParent(); dir != null; dir = dir.getParent()) {
            for (Path candidate :
                    List.of(
                            dir.resolve(NAME),
                            dir.resolve("build").resolve(NAME),
                            dir.resolve(FIXED))) {
                if (Files.isRegularFile(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    static CompileDatabase read(Path file) {
        if (!Files.exists(file)) {
            Problem gone =
                    new Problem(
                            file,
                            Optional.empty(),
                            "does not exist",
                            "name a " + NAME + " or the folder that holds it",
                            true);
            return new CompileDatabase(file, Map.of(), Optional.empty(), List.of(gone));
        }
        if (file.toFile().length() > MAX_BYTES) {
            Problem large = broken(file, "is larger than " + (MAX_BYTES >> 20) + " MB");
            return new CompileDatabase(file, Map.of(), Optional.empty(), List.of(large));
        }
        return file.endsWith(FIXED) ? readFixed(file) : readCommands(file);
    }

    /** One argument a line; what is relative is so to the folder of the file. */
    private static CompileDatabase readFixed(Path file) {
        try {
            List<String> flags =
                    Files.readString(file, StandardCharsets.UTF_8)
                            .lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList();
            return new CompileDatabase(file, Map.of(), Optional.of(flags), List.of());
        } catch (IOException e) {
            return new CompileDatabase(
                    file, Map.of(), Optional.empty(), List.of(broken(file, "cannot be read")));
        }
    }

    /** How a file is compiled that is compiled like all others. */
    CompileCommand fixedCommand(Path source) {
        List<String> arguments = new ArrayList<>(List.of("cc"));
        arguments.addAll(fixed.orElse(List.of()));
        return new CompileCommand(file.toAbsolutePath().getParent(), source, arguments, "");
    }

    private static CompileDatabase readCommands(Path file) {
        List<Problem> problems = new ArrayList<>();
        Map<Path, List<CompileCommand>> commands = new LinkedHashMap<>();
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            JsonElement root = JsonParser.parseString(text);
            if (!root.isJsonArray()) {
                problems.add(broken(file, "is not a JSON array"));
            } else {
                readEntries(file, root.getAsJsonArray(), commands, problems);
            }
        } catch (IOException e) {
            problems.add(broken(file, "cannot be read"));
        } catch (JsonParseException e) {
            problems.add(broken(file, "is not valid JSON"));
        }
        return new CompileDatabase(file, commands, Optional.empty(), problems);
    }

    private static void readEntries(
            Path file,
            JsonArray entries,
            Map<Path, List<CompileCommand>> commands,
            List<Problem> problems) {
        if (entries.isEmpty()) {
            problems.add(
                    new Problem(
                            file,
                            Optional.empty(),
                            "has no entries; include folders are guessed from the tree",
                            ADVICE,
                            false));
        }
        int skipped = 0;
        for (JsonElement entry : entries) {
            Optional<CompileCommand> command =
                    entry.isJsonObject()
                            ? command(file, entry.getAsJsonObject())
                            : Optional.empty();
            if (command.isPresent()) {
                commands.computeIfAbsent(command.get().file(), f -> new ArrayList<>())
                        .add(command.get());
            } else {
                skipped++;
            }
        }
        if (skipped > 0) {
            problems.add(
                    broken(
                            file,
                            "has "
                                    + skipped
                                    + (skipped == 1 ? " entry" : " entries")
                                    + " without file and command"));
        }
    }

    private static Optional<CompileCommand> command(Path database, JsonObject entry) {
        try {
            Path base = database.toAbsolutePath().getParent();
            Path directory =
                    entry.has("directory")
                            ? base.resolve(entry.get("directory").getAsString()).normalize()
                            : base;
            if (!entry.has("file")) {
                return Optional.empty();
            }
            Path file = directory.resolve(entry.get("file").getAsString()).normalize();
            List<String> arguments = new ArrayList<>();
            if (entry.has("arguments") && entry.get("arguments").isJsonArray()) {
                entry.getAsJsonArray("arguments").forEach(a -> arguments.add(a.getAsString()));
            } else if (entry.has("command")) {
                arguments.addAll(
                        ShellWords.split(
                                entry.get("command").getAsString(), isWindows(entry, file)));
            } else {
                return Optional.empty();
            }
            String output =
                    entry.has("output") ? entry.get("output").getAsString() : output(arguments);
            return Optional.of(new CompileCommand(directory, file, arguments, output));
        } catch (InvalidPathException
                | UnsupportedOperationException
                | IllegalStateException
                | ClassCastException e) {
            return Optional.empty();
        }
    }

    /** Backslashes are part of its paths there, and guard nothing but quotes. */
    private static boolean isWindows(JsonObject entry, Path file) {
        String folder =
                entry.has("directory") ? entry.get("directory").getAsString() : file.toString();
        return folder.matches("[A-Za-z]:[\\\\/].*");
    }

    private static String output(List<String> arguments) {
        int at = arguments.indexOf("-o");
        return at >= 0 && at + 1 < arguments.size() ? arguments.get(at + 1) : "";
    }

    private static Problem broken(Path file, String what) {
        return new Problem(file, Optional.empty(), what, ADVICE, true);
    }
}
