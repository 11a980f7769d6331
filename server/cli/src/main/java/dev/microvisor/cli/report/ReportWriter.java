package dev.microvisor.cli.report;

import java.io.PrintWriter;

/** One format. */
@FunctionalInterface
public interface ReportWriter {
    void write(Report report, PrintWriter out);
}
