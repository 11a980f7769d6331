package dev.microvisor.emulator.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.microvisor.emulator.api.WakeReason;
import dev.microvisor.emulator.cloud.DeviceCloud;
import dev.microvisor.emulator.kernel.call.Host;
import java.io.IOException;
import java.util.Optional;

/** Does what the local cloud wants of the device. */
final class CloudOrders {
    /** From the order until the application is taken down. */
    private static final long RESTART_MS = 1;

    private final Host host;

    CloudOrders(Host host) {
        this.host = host;
    }

    /** Takes a change as {@code DeviceWatch} tells it. */
    void take(String change) {
        JsonObject orders = JsonParser.parseString(change).getAsJsonObject();
        if (orders.has("logging")) {
            host.log().setEnabled(orders.get("logging").getAsBoolean());
        }
        if (orders.has("target_app")) {
            deploy(orders.get("target_app").getAsString());
        }
        if (orders.has("restart")) {
            host.power().restartLater(WakeReason.REMOTEAPPLICATIONRESTART, RESTART_MS);
        }
    }

    /**
     * A new app waits. The emulator has no other firmware than its own, so the device says at once
     * that it runs the app; what firmware sees of an update is the same.
     */
    private void deploy(String app) {
        Optional<DeviceCloud> cloud = host.world().devices();
        if (cloud.isPresent() && host.outside().isLive()) {
            try {
                cloud.get().report(app);
            } catch (IOException e) {
                host.guest().warnOnce("the local cloud cannot be told of the update: " + e);
            }
        }
        host.guest()
                .warnOnce(
                        "the REST API has set the target app "
                                + app
                                + ": the firmware sees an update, and goes on as the same program");
        host.power().updateDownloaded();
    }
}
