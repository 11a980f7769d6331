package dev.microvisor.cli;

import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is linted.
 *
 * @param paths files and folders that exist, absolute
 * @param overlays standard input under the name that the user gave it
 * @param problems paths that could not be taken
 */
record Inputs(List<Path> paths, Map<Path, String> overlays, List<Problem> problems) {
    private static final Path STANDARD_INPUT = Path.of("-");
    private static final Path UNNAMED = Path.of("stdin.c");

    /** As much as of any other source. */
    private static final int MAX_STANDARD_INPUT = 16 << 20;

    Inputs {
        paths = List.copyOf(paths);
        overlays = Map.copyOf(overlays);
        problems = List.copyOf(problems);
    }

    static Inputs of(LintOptions options, Console console) {
        List<Path> wanted = new ArrayList<>(options.paths);
        Map<Path, String> overlays = new TreeMap<>();
        if (wanted.remove(STANDARD_INPUT)) {
            Path name = options.stdinFilename == null ? UNNAMED : options.stdinFilename;
            overlays.put(console.resolve(name), standardInput(console));
        } else if (options.stdinFilename != null) {
            throw new UserError(
                    "--stdin-filename names standard input, which is not read",
                    "give - as the path");
        } else if (wanted.isEmpty()) {
            wanted.add(Path.of(""));
        }
        List<Path> paths = new ArrayList<>(overlays.keySet());
        List<Problem> problems = new ArrayList<>();
        for (Path path : wanted) {
            Path absolute = console.resolve(path);
            if (!Files.exists(absolute)) {
                problems.add(problem(absolute, "no such file or folder", "check the path"));
            } else if (!Files.isReadable(absolute)) {
                problems.add(problem(absolute, "cannot be read", "check its permissions"));
            } else {
                paths.add(absolute);
            }
        }
        return new Inputs(paths, overlays, problems);
    }

    private static Problem problem(Path where, String what, String advice) {
        return new Problem(where, Optional.empty(), what, advice, true);
    }

    private static String standardInput(Console console) {
        try {
            byte[] bytes = console.in().readNBytes(MAX_STANDARD_INPUT + 1);
            if (bytes.length > MAX_STANDARD_INPUT) {
                throw new UserError(
                        "standard input is larger than " + (MAX_STANDARD_INPUT >> 20) + " MB",
                        "give one source file");
            }
            return SourceText.decode(bytes).content();
        } catch (IOException e) {
            throw new UserError(
                    "standard input cannot be read (" + e.getMessage() + ")", "name a file");
        }
    }
}
