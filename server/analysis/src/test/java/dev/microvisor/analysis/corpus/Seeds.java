package dev.microvisor.analysis.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Mistakes written down beside a project, in {@code seeds.txt}:
 *
 * <pre>
 * === rule[, rule] | file | text of the line to report (the changed lines when left out)
 * old text, found once in the file
 * +++
 * new text
 * </pre>
 */
final class Seeds {
    private Seeds() {}

    static List<Mutation> of(Project project) {
        Path file = project.folder().resolve("seeds.txt");
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Mutation> seeds = new ArrayList<>();
        try {
            String text = Files.readString(file);
            for (String block : text.split("(?m)^=== ")) {
                if (!block.isBlank()) {
                    seeds.add(seed(project, block));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seeds;
    }

    private static Mutation seed(Project project, String block) {
        int line = block.indexOf('\n');
        String[] head = block.substring(0, line).strip().split(" \\| ");
        String[] parts = block.substring(line + 1).split("(?m)^\\+\\+\\+\n", -1);
        if (head.length < 2 || parts.length != 2) {
            throw new AssertionError("seed of " + project.name() + " is not in form: " + block);
        }
        Path file = project.folder().resolve(head[1].strip());
        String before = project.texts().get(file);
        if (before != null && !before.contains(parts[0])) {
            // A part of a line.
            parts[0] = parts[0].stripTrailing();
            parts[1] = parts[1].stripTrailing();
        }
        int at = before == null ? -1 : before.indexOf(parts[0]);
        if (at < 0 || before.indexOf(parts[0], at + 1) >= 0) {
            throw new AssertionError(
                    "text of a seed is not once in "
                            + project.name()
                            + "/"
                            + head[1]
                            + ":\n"
                            + block);
        }
        String after =
                before.substring(0, at) + parts[1] + before.substring(at + parts[0].length());
        Set<String> rules = new TreeSet<>(Arrays.asList(head[0].split(",\\s*")));
        return new Mutation(
                project,
                "seed",
                rules,
                file,
                after,
                head.length > 2
                        ? Optional.of(Pattern.compile(at(head[2].strip())))
                        : Optional.empty());
    }

    /** A dot stands for any line of the project. */
    private static String at(String text) {
        return text.equals(".") ? "" : Pattern.quote(text);
    }
}
