package dev.microvisor.debug;

import java.io.PrintStream;

/** One line of a terminal that tells how far a long run is; nothing elsewhere. */
final class ProgressLine {
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream terminal;
    private boolean shown;

    private ProgressLine(PrintStream terminal) {
        this.terminal = terminal;
    }

    /** Shows on standard error when a person sits before it. */
    static ProgressLine on(PrintStream err) {
        return new ProgressLine(System.console() == null ? null : err);
    }

    /** Whether there is anybody to show something to. */
    boolean isShown() {
        return terminal != null;
    }

    synchronized void show(String text) {
        if (terminal != null) {
            terminal.print(ERASE + text);
            terminal.flush();
            shown = true;
        }
    }

    /** Takes the line away, so that other output can follow. */
    synchronized void clear() {
        if (shown) {
            terminal.print(ERASE);
            terminal.flush();
            shown = false;
        }
    }
}
