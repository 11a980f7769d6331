package dev.microvisor.emulator.rest;

import dev.microvisor.emulator.api.ConfigScope;
import dev.microvisor.emulator.api.ConfigStore;
import dev.microvisor.emulator.cloud.DeviceCloud;
import java.util.Optional;

/** A store of this process, as one of its devices sees it. */
public final class StoredDeviceCloud implements DeviceCloud {
    private final CloudStore store;
    private final String sid;

    /** Makes the device known when it is not. */
    public StoredDeviceCloud(CloudStore store, String sid) {
        this.store = store;
        this.sid = sid;
        store.ensureDevice(sid);
    }

    @Override
    public Optional<String> item(ConfigScope scope, ConfigStore kind, String key) {
        Owner owner = scope == ConfigScope.ACCOUNT ? Owner.ACCOUNT : Owner.device(sid);
        return store.item(owner, kind, key).map(StoredItem::value);
    }

    @Override
    public Orders orders() {
        StoredDevice device = store.ensureDevice(sid);
        return new Orders(
                device.restartRequests(), store.logging(device), device.targetApp().orElse(""));
    }

    @Override
    public void report(String appSid) {
        store.report(sid, appSid);
    }
}
