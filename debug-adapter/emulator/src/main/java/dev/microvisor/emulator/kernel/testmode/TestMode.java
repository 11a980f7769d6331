package dev.microvisor.emulator.kernel.testmode;

import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.kernel.call.Host;

/**
 * The mode in which a device runs its factory test, set by the cloud file. Its messages go to the
 * provisioning console, which takes them at once.
 */
public final class TestMode implements Stateful<Boolean> {
    private final Host host;
    private boolean loggingReady;

    public TestMode(Host host) {
        this.host = host;
    }

    boolean active() {
        return host.cloud().device().testMode();
    }

    boolean loggingReady() {
        return loggingReady;
    }

    void prepareLogging() {
        loggingReady = true;
    }

    /** The application is gone. */
    public void reset() {
        loggingReady = false;
    }

    @Override
    public Boolean save() {
        return loggingReady;
    }

    @Override
    public void restore(Boolean state) {
        loggingReady = state;
    }
}
