package dev.microvisor.cli.report;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Severity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Checkstyle's XML, which Jenkins, reviewdog and many others read. */
final class CheckstyleReport implements ReportWriter {
    @Override
    public void write(Report report, PrintWriter out) {
        Map<Path, XmlElement> files = new TreeMap<>();
        for (Finding finding : report.findings()) {
            files.computeIfAbsent(
                            finding.range().file(),
                            file -> new XmlElement("file").with("name", report.path(file)))
                    .add(
                            new XmlElement("error")
                                    .with("line", finding.range().startLine() + 1)
                                    .with("column", finding.range().startColumn() + 1)
                                    .with("severity", severity(finding.severity()))
                                    .with("message", finding.message())
                                    .with("source", "microvisor." + finding.rule()));
        }
        XmlElement root = new XmlElement("checkstyle").with("version", "4.3");
        files.values().forEach(root::add);
        root.writeDocument(out);
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE, HINT -> "info";
        };
    }
}
