package dev.microvisor.lsp;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The one place where a bug in a feature ends, so that it does not end the session. */
public final class Guard {
    private static final Logger LOG = Logger.getLogger(Guard.class.getName());

    private Guard() {}

    /** The result of {@code work}, or {@code otherwise} after a bug, which is logged. */
    public static <T> T call(String name, Supplier<T> work, Supplier<T> otherwise) {
        try {
            return work.get();
        } catch (CancellationException e) {
            throw e; // Asked for; it is not a failure.
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(Level.SEVERE, e, () -> name + " failed");
            return otherwise.get();
        }
    }
}
