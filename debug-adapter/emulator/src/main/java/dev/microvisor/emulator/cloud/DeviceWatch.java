package dev.microvisor.emulator.cloud;

import com.google.gson.JsonObject;
import dev.microvisor.emulator.outside.Outside;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks again and again what a cloud wants of the device, and tells the machine when it has changed
 * its mind: a JSON object with {@code restart}, {@code logging} or {@code target_app}.
 */
public final class DeviceWatch implements AutoCloseable {
    /** What it calls itself when it speaks. */
    public static final String SOURCE = "cloud";

    private static final long EVERY_MS = 200;

    private final DeviceCloud cloud;
    private final Outside outside;
    private final CountDownLatch closed = new CountDownLatch(1);
    private DeviceCloud.Orders known;

    private DeviceWatch(DeviceCloud cloud, Outside outside, DeviceCloud.Orders first) {
        this.cloud = cloud;
        this.outside = outside;
        known = first;
    }

    /** Begins; only what changes from now on is told. */
    public static DeviceWatch start(DeviceCloud cloud, Outside outside) throws IOException {
        DeviceWatch watch = new DeviceWatch(cloud, outside, cloud.orders());
        Thread thread = new Thread(watch::watch, "cloud-watch");
        thread.setDaemon(true);
        outside.open(SOURCE);
        thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (!closed.await(EVERY_MS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        DeviceCloud.Orders now;
        try {
            now = cloud.orders();
        } catch (IOException e) {
            return; // It may come back; a fetch of items reports what is wrong.
        }
        JsonObject change = new JsonObject();
        if (now.restarts() > known.restarts()) {
            change.addProperty("restart", true);
        }
        if (now.logging() != known.logging()) {
            change.addProperty("logging", now.logging());
        }
        if (!now.targetApp().equals(known.targetApp())) {
            change.addProperty("target_app", now.targetApp());
        }
        known = now;
        if (change.size() > 0) {
            outside.offer(SOURCE, change.toString());
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
