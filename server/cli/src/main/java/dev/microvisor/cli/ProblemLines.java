package dev.microvisor.cli;

import dev.microvisor.analysis.Problem;
import dev.microvisor.cli.report.Report;
import java.io.PrintWriter;

/** What kept the analysis from seeing everything, a line each: what, where, what to try. */
final class ProblemLines {
    private ProblemLines() {}

    static void write(Report report, PrintWriter err) {
        for (Problem problem : report.result().problems()) {
            String line = problem.line().map(number -> ":" + (number + 1)).orElse("");
            err.println(
                    report.path(problem.where())
                            + line
                            + ": "
                            + (problem.fatal() ? "error" : "warning")
                            + ": "
                            + problem.what()
                            + (problem.advice().isEmpty() ? "" : "; " + problem.advice()));
        }
    }
}
