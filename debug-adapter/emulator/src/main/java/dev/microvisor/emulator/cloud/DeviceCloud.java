package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.api.ConfigScope;
import dev.microvisor.emulator.api.ConfigStore;
import java.io.IOException;
import java.util.Optional;

/** A Microvisor cloud as one device sees it. Thread-safe. */
public interface DeviceCloud {
    /** The value of an item; empty when there is none. */
    Optional<String> item(ConfigScope scope, ConfigStore store, String key) throws IOException;

    /** What the cloud wants of the device now. */
    Orders orders() throws IOException;

    /** The device runs this app from now on. */
    void report(String appSid) throws IOException;

    /**
     * What the cloud wants.
     *
     * @param restarts how many restarts have been asked for, ever
     * @param logging true while the server takes log lines
     * @param targetApp SID of the app that the device should run; empty for none
     */
    record Orders(long restarts, boolean logging, String targetApp) {}
}
