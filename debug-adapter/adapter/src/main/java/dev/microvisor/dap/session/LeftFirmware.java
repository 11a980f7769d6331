package dev.microvisor.dap.session;

import dev.microvisor.dap.firmware.Target;
import java.util.Optional;

/**
 * Firmware that a client left standing for the next one to attach to ({@code suspendDebuggee} of
 * the protocol's {@code disconnect}). At most one; any thread.
 */
public final class LeftFirmware {
    private Optional<Target> target = Optional.empty();

    synchronized void keep(Target left) {
        target = Optional.of(left);
    }

    /** The firmware, which is then the caller's. */
    synchronized Optional<Target> take() {
        Optional<Target> taken = target;
        target = Optional.empty();
        return taken;
    }

    public synchronized boolean isThere() {
        return target.isPresent();
    }
}
