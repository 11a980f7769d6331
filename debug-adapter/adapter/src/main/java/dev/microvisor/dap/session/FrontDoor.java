package dev.microvisor.dap.session;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where our own mistakes are caught, so that a bug in one request does not end the session. */
public final class FrontDoor {
    private static final Logger LOG = Logger.getLogger(FrontDoor.class.getName());

    private FrontDoor() {}

    /**
     * Does the work.
     *
     * @return the bug, already logged, when there was one
     */
    public static Optional<RuntimeException> attempt(String what, Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (RuntimeException e) {
            // The only broad catch of the adapter.
            LOG.log(Level.SEVERE, e, () -> what + " failed");
            return Optional.of(e);
        }
    }
}
