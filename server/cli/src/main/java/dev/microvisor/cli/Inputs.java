package dev.microvisor.cli;

import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.settings.SettingsFinder;
import dev.microvisor.analysis.text.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is linted: files, and contents that do not come from disk.
 *
 * @param files absolute
 * @param overlays standard input under the name that the user gave it
 * @param problems paths that could not be taken
 */
record Inputs(List<Path> files, Map<Path, String> overlays, List<Problem> problems) {
    private static final Path STANDARD_INPUT = Path.of("-");
    private static final Path UNNAMED = Path.of("stdin.c");

    Inputs {
        files = List.copyOf(files);
        overlays = Map.copyOf(overlays);
        problems = List.copyOf(problems);
    }

    static Inputs of(LintOptions options, Console console, SettingsFinder settings) {
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
        Targets targets = Targets.find(wanted.stream().map(console::resolve).toList(), settings);
        List<Path> files = new ArrayList<>(targets.files());
        files.addAll(overlays.keySet());
        return new Inputs(files, overlays, targets.problems());
    }

    private static String standardInput(Console console) {
        try {
            return SourceText.decode(console.in().readAllBytes()).content();
        } catch (IOException e) {
            throw new UserError(
                    "standard input cannot be read (" + e.getMessage() + ")", "name a file");
        }
    }
}
