package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.CannotRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What {@code --expect} checks: every line of a file must come in the server log, in this order;
 * other lines may come in between. A line of the form {@code /REGEX/} matches what the expression
 * finds; empty lines and lines that begin with # are left out. Mutable: it is fed with the log.
 */
public final class ExpectedLines {
    private final List<Line> expected;
    private int next;

    private ExpectedLines(List<Line> lines) {
        expected = lines;
    }

    /**
     * A line that must come.
     *
     * @param number in the file, from 1
     * @param pattern what has to be found in it, when it is an expression
     */
    private record Line(int number, String text, Optional<Pattern> pattern) {
        static Line of(int number, String text) throws CannotRun {
            boolean regex = text.length() > 2 && text.startsWith("/") && text.endsWith("/");
            try {
                return new Line(
                        number,
                        text,
                        regex
                                ? Optional.of(Pattern.compile(text.substring(1, text.length() - 1)))
                                : Optional.empty());
            } catch (PatternSyntaxException e) {
                throw new CannotRun(
                        "--expect: "
                                + text
                                + " is not a regular expression: "
                                + e.getDescription());
            }
        }

        boolean matches(String line) {
            return pattern.map(p -> p.matcher(line).find()).orElse(text.equals(line));
        }
    }

    static ExpectedLines of(List<String> lines) throws CannotRun {
        List<Line> expected = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                expected.add(Line.of(i + 1, line.stripTrailing()));
            }
        }
        return new ExpectedLines(expected);
    }

    public static ExpectedLines read(Path file) throws CannotRun {
        try {
            return of(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CannotRun("--expect " + file + " cannot be read: " + IoProblem.of(e));
        }
    }

    void logged(String line) {
        if (next < expected.size() && expected.get(next).matches(line.stripTrailing())) {
            next++;
        }
    }

    /**
     * The first line that has not come, where it is in the file and which one it was to follow;
     * empty when all have come.
     */
    Optional<String> missing() {
        if (next == expected.size()) {
            return Optional.empty();
        }
        Line missing = expected.get(next);
        String after = next == 0 ? "" : ", after \"" + expected.get(next - 1).text() + "\"";
        return Optional.of(
                "\""
                        + missing.text()
                        + "\" (line "
                        + missing.number()
                        + " of the file"
                        + after
                        + ")");
    }
}
