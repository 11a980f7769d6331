package dev.microvisor.analysis.corpus;

import dev.microvisor.analysis.Finding;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One mistake made in a project.
 *
 * @param kind what was done, one word for all its like
 * @param rules those that may speak of it; one has to
 * @param text the file as it is then
 * @param where what the line of the report must hold; empty for the lines that were changed
 */
record Mutation(
        Project project,
        String kind,
        Set<String> rules,
        Path file,
        String text,
        Optional<Pattern> where) {

    /** The finding that names the mistake, if there is one. */
    Optional<Finding> caught() {
        List<Finding> found = project.lint(Map.of(file, text));
        return found.stream().filter(f -> rules.contains(f.rule())).filter(this::isAt).findFirst();
    }

    /** What is found instead, for the message. */
    String instead() {
        StringBuilder all = new StringBuilder();
        for (Finding f : project.lint(Map.of(file, text))) {
            all.append("\n      found ").append(f.rule()).append(" at ").append(place(f));
        }
        return all.toString();
    }

    private static String place(Finding f) {
        return f.range().file().getFileName() + ":" + (f.range().startLine() + 1);
    }

    private boolean isAt(Finding finding) {
        Path at = finding.range().file();
        String whole = at.equals(file) ? text : project.texts().getOrDefault(at, "");
        String[] lines = whole.split("\n", -1);
        int line = finding.range().startLine();
        if (where.isPresent()) {
            return line < lines.length && where.get().matcher(lines[line]).find();
        }
        return at.equals(file) && line >= firstChange() && line <= lastChange();
    }

    private String[] before() {
        return project.texts().get(file).split("\n", -1);
    }

    private int firstChange() {
        int first = Arrays.mismatch(before(), text.split("\n", -1));
        return first;
    }

    private int lastChange() {
        String[] before = before();
        String[] after = text.split("\n", -1);
        int same = 0;
        while (same < before.length
                && same < after.length
                && before[before.length - 1 - same].equals(after[after.length - 1 - same])) {
            same++;
        }
        return Math.max(firstChange(), after.length - 1 - same);
    }

    @Override
    public String toString() {
        String[] lines = text.split("\n", -1);
        int at = Math.min(firstChange(), lines.length - 1);
        return kind
                + " in "
                + project.name()
                + "/"
                + file.getFileName()
                + ":"
                + (at + 1)
                + " wants "
                + rules
                + "\n      "
                + lines[at].strip();
    }
}
