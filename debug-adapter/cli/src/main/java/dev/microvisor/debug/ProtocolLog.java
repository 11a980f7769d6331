package dev.microvisor.debug;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the protocol library has to say, in one line each: a message that cannot be read is the
 * client's mistake and no reason for a stack trace; a stream that ends is not worth a word.
 */
final class ProtocolLog extends Handler {
    /** Kept here because a logger that nobody holds may be collected with its handlers. */
    private static final Logger LIBRARY = Logger.getLogger("org.eclipse.lsp4j");

    static void install() {
        LIBRARY.setUseParentHandlers(false);
        LIBRARY.addHandler(new ProtocolLog());
    }

    @Override
    public void publish(LogRecord record) {
        String method = String.valueOf(record.getSourceMethodName());
        if (method.equals("fireError") && record.getThrown() != null) {
            System.err.println(
                    "microvisor: a message of the client cannot be read and is left out: "
                            + record.getThrown().getMessage());
        }
    }

    @Override
    public void flush() {
        System.err.flush();
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
