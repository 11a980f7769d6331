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

    /** The name that the user writes. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
