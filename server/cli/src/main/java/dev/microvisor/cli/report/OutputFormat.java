package dev.microvisor.cli.report;

import java.util.Locale;

/** The formats of {@code lint --format}. */
public enum OutputFormat {
    TEXT(new TextReport()),
    CONCISE(new ConciseReport()),
    JSON(new JsonReport()),
    JSONL(new JsonLinesReport()),
    SARIF(new SarifReport()),
    GITHUB(new GitHubReport()),
    GITLAB(new GitLabReport()),
    JUNIT(new JUnitReport()),
    CHECKSTYLE(new CheckstyleReport());

    private final ReportWriter writer;

    OutputFormat(ReportWriter writer) {
        this.writer = writer;
    }

    public ReportWriter writer() {
        return writer;
    }

    /**
     * True for reports that other programs read, which tell hints by their severity and may leave
     * them out. They would be noise in all others.
     */
    public boolean listsHints() {
        return this == JSON || this == JSONL || this == SARIF;
    }

    /** The name that the user writes. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
