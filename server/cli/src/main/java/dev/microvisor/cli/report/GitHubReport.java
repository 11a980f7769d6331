package dev.microvisor.cli.report;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import java.io.PrintWriter;

/** Workflow commands, which GitHub Actions shows beside the changed lines. */
final class GitHubReport implements ReportWriter {
    @Override
    public void write(Report report, PrintWriter out) {
        for (Finding f : report.findings()) {
            SourceRange range = f.range();
            StringBuilder line = new StringBuilder("::").append(command(f.severity()));
            line.append(" file=").append(property(report.path(range.file())));
            line.append(",line=").append(range.startLine() + 1);
            line.append(",endLine=").append(range.endLine() + 1);
            if (range.startLine() == range.endLine()) {
                // GitHub refuses columns of a range over several lines.
                line.append(",col=").append(range.startColumn() + 1);
                line.append(",endColumn=").append(range.endColumn() + 1);
            }
            line.append(",title=").append(property("microvisor " + f.rule()));
            line.append("::").append(data(text(f)));
            out.println(line);
        }
    }

    private static String text(Finding f) {
        return f.message()
                + (f.why().isEmpty() ? "" : "\n" + f.why())
                + (f.help().isEmpty() ? "" : "\nHelp: " + f.help());
    }

    private static String command(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE, HINT -> "notice";
        };
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
