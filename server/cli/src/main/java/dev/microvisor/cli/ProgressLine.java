package dev.microvisor.cli;

import dev.microvisor.analysis.LintObserver;
import dev.microvisor.cli.report.Words;
import java.io.PrintWriter;

/** One line on a terminal that says how far a lint is, written over and over, gone at the end. */
final class ProgressLine implements LintObserver {
    /** Back to the first column, and away with what stands in the line. */
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter terminal;

    ProgressLine(PrintWriter terminal) {
        this.terminal = terminal;
    }

    @Override
    public void parsed(int files, int of) {
        show("read " + files + " of " + Words.count(of, "file"));
    }

    @Override
    public void spent(Phase phase, long nanoseconds) {
        switch (phase) {
            case PARSING -> show("following the paths");
            case RULES -> clear();
            case PROJECT, KEPT, SUPPRESSIONS, KEEPING -> {}
        }
    }

    private void show(String text) {
        terminal.print(CLEAR + text);
        terminal.flush();
    }

    private void clear() {
        terminal.print(CLEAR);
        terminal.flush();
    }
}
