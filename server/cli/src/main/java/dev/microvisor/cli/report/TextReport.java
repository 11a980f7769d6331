package dev.microvisor.cli.report;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For people: the place, the source line underlined, what is wrong, why, and what to do. */
final class TextReport implements ReportWriter {
    @Override
    public void write(Report report, PrintWriter out) {
        for (Finding finding : report.findings()) {
            new Entry(report, out, gutter(finding)).write(finding);
        }
        out.println(summary(report));
    }

    /** Width of the largest line number that the entry shows. */
    private static int gutter(Finding finding) {
        int line = finding.range().startLine();
        for (Note note : finding.path()) {
            line = Math.max(line, note.range().startLine());
        }
        return Integer.toString(line + 1).length();
    }

    private static String summary(Report report) {
        String files = Words.count(report.result().files().size(), "file");
        if (report.findings().isEmpty()) {
            return "No findings in " + files + ".";
        }
        List<String> parts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = report.count(severity);
            if (count > 0) {
                parts.add(Words.count(count, Words.of(severity)));
            }
        }
        String found =
                Words.count(report.findings().size(), "finding")
                        + " in "
                        + files
                        + ": "
                        + String.join(", ", parts)
                        + ".";
        return report.style().bold(found) + fixes(report);
    }

    private static String fixes(Report report) {
        long safe = report.findings().stream().filter(f -> hasFix(f, true)).count();
        long unsafe =
                report.findings().stream()
                        .filter(f -> !hasFix(f, true) && hasFix(f, false))
                        .count();
        String text = "";
        if (safe > 0) {
            text += " " + safe + " can be mended with --fix.";
        }
        if (unsafe > 0) {
            text += " " + unsafe + " more with --fix --unsafe-fixes.";
        }
        return text;
    }

    private static boolean hasFix(Finding finding, boolean safe) {
        return finding.fixes().stream().anyMatch(f -> f.safe() == safe);
    }

    /** Writes one finding. */
    private static final class Entry {
        private final Report report;
        private final Style style;
        private final PrintWriter out;
        private final String margin;
        private SourceRange quoted;

        Entry(Report report, PrintWriter out, int gutter) {
            this.report = report;
            this.style = report.style();
            this.out = out;
            this.margin = " ".repeat(gutter);
        }

        void write(Finding finding) {
            String label = Words.of(finding.severity()) + "[" + finding.rule() + "]";
            out.println(
                    style.bold(place(finding.range()) + ": ")
                            + style.of(finding.severity(), label)
                            + style.bold(": " + finding.message()));
            quote(finding.range(), finding.severity());
            detail("why", finding.why());
            detail("help", finding.help());
            Optional<Fix> fix = finding.fixes().stream().findFirst();
            fix.ifPresent(f -> detail(f.safe() ? "fix" : "unsafe fix", f.title()));
            int step = 0;
            for (Note note : finding.path()) {
                step++;
                String number = finding.path().size() > 1 ? " " + step : "";
                out.println(
                        margin
                                + " "
                                + style.gutter("->")
                                + " "
                                + place(note.range())
                                + ": "
                                + style.of(Severity.NOTE, "note" + number)
                                + ": "
                                + note.message());
                quote(note.range(), Severity.NOTE);
            }
            out.println();
        }

        private String place(SourceRange range) {
            return report.path(range.file())
                    + ":"
                    + (range.startLine() + 1)
                    + ":"
                    + (range.startColumn() + 1);
        }

        /** Shows the source at a place, unless it stands right above already. */
        private void quote(SourceRange range, Severity severity) {
            if (range.equals(quoted)) {
                return;
            }
            quoted = range;
            String line = report.sources().of(range.file()).line(range.startLine());
            if (line.isBlank()) {
                return;
            }
            Snippet snippet = Snippet.of(line, range);
            String number = Integer.toString(range.startLine() + 1);
            String padded = " ".repeat(Math.max(0, margin.length() - number.length())) + number;
            out.println(margin + style.gutter(" |"));
            out.println(style.gutter(padded + " | ") + snippet.text());
            out.println(margin + style.gutter(" | ") + style.of(severity, snippet.underline()));
        }

        private void detail(String label, String text) {
            if (!text.isEmpty()) {
                out.println(margin + style.gutter(" = ") + style.bold(label) + ": " + text);
            }
        }
    }
}
