package dev.microvisor.emulator.kernel.view;

import java.util.List;

/**
 * Application logging.
 *
 * @param initialised true after {@code mvServerLoggingInit}
 * @param pendingBytes bytes that wait in the buffer for a connection
 * @param lines the last lines that reached the server, oldest first
 */
public record LoggingView(
        boolean initialised,
        boolean enabledByServer,
        int buffer,
        int bufferSizeBytes,
        int pendingBytes,
        List<LogLine> lines) {
    public LoggingView {
        lines = List.copyOf(lines);
    }
}
