package dev.microvisor.cli.report;

import dev.microvisor.analysis.Finding;
import java.io.PrintWriter;

/** One line a finding, as compilers write them: editors and {@code grep} read it. */
final class ConciseReport implements ReportWriter {
    @Override
    public void write(Report report, PrintWriter out) {
        for (Finding f : report.findings()) {
            out.println(
                    report.path(f.range().file())
                            + ":"
                            + (f.range().startLine() + 1)
                            + ":"
                            + (f.range().startColumn() + 1)
                            + ": "
                            + Words.of(f.severity())
                            + ": "
                            + f.message()
                            + " ["
                            + f.rule()
                            + "]");
        }
    }
}
