package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.CannotRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code --expect} checks: every line of a file must come in the server log, in this order;
 * other lines may come in between. A line of the form {@code /REGEX/} matches what the expression
 * finds; empty lines and lines that begin with # are left out. Mutable: it is fed with the log.
 */
public final class ExpectedLines {
    private final List<String> expected;
    private int next;

    ExpectedLines(List<String> lines) {
        expected =
                lines.stream()
                        .map(String::stripTrailing)
                        .filter(l -> !l.isBlank() && !l.startsWith("#"))
                        .toList();
    }

    public static ExpectedLines read(Path file) throws CannotRun {
        try {
            return new ExpectedLines(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new CannotRun("--expect " + file + ": there is no such file");
        } catch (IOException e) {
            throw new CannotRun("--expect " + file + " cannot be read: " + e.getMessage());
        }
    }

    void logged(String line) {
        if (next < expected.size() && matches(expected.get(next), line.stripTrailing())) {
            next++;
        }
    }

    private static boolean matches(String wanted, String line) {
        boolean regex = wanted.length() > 2 && wanted.startsWith("/") && wanted.endsWith("/");
        return regex
                ? line.matches(".*(?:" + wanted.substring(1, wanted.length() - 1) + ").*")
                : wanted.equals(line);
    }

    /** The first line that has not come; empty when all have. */
    Optional<String> missing() {
        return next < expected.size() ? Optional.of(expected.get(next)) : Optional.empty();
    }
}
