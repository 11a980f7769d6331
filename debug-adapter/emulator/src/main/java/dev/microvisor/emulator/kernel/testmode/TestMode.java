package dev.microvisor.emulator.kernel.testmode;

import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.kernel.call.Host;

/**
 * The mode in which a device runs its factory test, set by the cloud file. Its messages go to the
 * provisioning console, which takes them at once.
 */
public final class TestMode implements Stateful<Integer> {
    private final Host host;
    private int bufferBytes;

    public TestMode(Host host) {
        this.host = host;
    }

    boolean active() {
        return host.cloud().device().testMode();
    }

    boolean loggingReady() {
        return bufferBytes > 0;
    }

    void prepareLogging(int sizeBytes) {
        bufferBytes = sizeBytes;
    }

    boolean fits(int messageBytes) {
        return messageBytes <= bufferBytes;
    }

    /** The application is gone. */
    public void reset() {
        bufferBytes = 0;
    }

    @Override
    public Integer save() {
        return bufferBytes;
    }

    @Override
    public void restore(Integer state) {
        bufferBytes = state;
    }
}
