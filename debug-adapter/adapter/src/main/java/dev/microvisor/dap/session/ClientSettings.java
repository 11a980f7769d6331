package dev.microvisor.dap.session;

import org.eclipse.lsp4j.debug.InitializeRequestArguments;

/**
 * What the client said about itself.
 *
 * @param firstLine number of a file's first line, 0 or 1
 * @param firstColumn number of a line's first column, 0 or 1
 * @param uriPaths true when paths are URIs
 * @param invalidatedEvents understands {@code invalidated}
 * @param memoryEvents understands {@code memory}
 * @param progress understands the progress events
 * @param ansi shows the colours of ANSI escape sequences
 */
public record ClientSettings(
        int firstLine,
        int firstColumn,
        boolean uriPaths,
        boolean invalidatedEvents,
        boolean memoryEvents,
        boolean progress,
        boolean ansi) {

    public static ClientSettings of(InitializeRequestArguments arguments) {
        return new ClientSettings(
                Boolean.FALSE.equals(arguments.getLinesStartAt1()) ? 0 : 1,
                Boolean.FALSE.equals(arguments.getColumnsStartAt1()) ? 0 : 1,
                "uri".equals(arguments.getPathFormat()),
                Boolean.TRUE.equals(arguments.getSupportsInvalidatedEvent()),
                Boolean.TRUE.equals(arguments.getSupportsMemoryEvent()),
                Boolean.TRUE.equals(arguments.getSupportsProgressReporting()),
                Boolean.TRUE.equals(arguments.getSupportsANSIStyling()));
    }

    /** A line as debug information counts it, from 1. */
    public int lineFromClient(int line) {
        return line + 1 - firstLine;
    }

    public int lineToClient(int line) {
        return line - 1 + firstLine;
    }

    public int columnToClient(int column) {
        return Math.max(column, 1) - 1 + firstColumn;
    }
}
