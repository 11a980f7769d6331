package dev.microvisor.analysis.settings;

import dev.microvisor.analysis.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a project says about a rule: a severity of its own, or nothing at all. */
public enum Level {
    OFF(null),
    HINT(Severity.HINT),
    NOTE(Severity.NOTE),
    WARNING(Severity.WARNING),
    ERROR(Severity.ERROR);

    private final Severity severity;

    Level(Severity severity) {
        this.severity = severity;
    }

    /** Empty for {@link #OFF}. */
    public Optional<Severity> severity() {
        return Optional.ofNullable(severity);
    }

    /** The word in {@code microvisor.toml}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Level> of(String word) {
        return Arrays.stream(values()).filter(l -> l.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Level::word).toList();
    }
}
