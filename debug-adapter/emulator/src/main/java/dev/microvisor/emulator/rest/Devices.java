package dev.microvisor.emulator.rest;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Optional;

/** The resource Devices. Devices are not made by REST; the store knows them. */
final class Devices {
    /** Longest unique name of a device or an app. */
    private static final int MAX_NAME_LENGTH = 100;

    private final CloudStore store;

    Devices(CloudStore store) {
        this.store = store;
    }

    RestResponse list(RestRequest request) throws RestException {
        Page page = Page.of(request.query());
        return RestResponse.ok(
                page.render(
                        "devices",
                        request.base() + "/Devices",
                        store.devices(page.afterKey(), page.window()),
                        StoredDevice::sid,
                        device -> json(request, device)));
    }

    RestResponse fetch(RestRequest request, String sidOrName) throws RestException {
        return RestResponse.ok(json(request, require(request, sidOrName)));
    }

    RestResponse update(RestRequest request, String sidOrName) throws RestException {
        StoredDevice device = require(request, sidOrName);
        Form form = request.form();
        Optional<String> name = Optional.empty();
        if (form.text("UniqueName").isPresent()) {
            name = Optional.of(form.required("UniqueName", MAX_NAME_LENGTH));
            Optional<StoredDevice> other = store.device(name.get());
            if (other.isPresent() && !other.get().sid().equals(device.sid())) {
                throw RestException.conflict("UniqueName " + name.get() + " is another device's");
            }
        }
        Optional<String> target = Optional.empty();
        if (form.text("TargetApp").isPresent()) {
            String app = form.required("TargetApp", MAX_NAME_LENGTH);
            target =
                    Optional.of(
                            store.app(app)
                                    .orElseThrow(
                                            () ->
                                                    RestException.badParameter(
                                                            "TargetApp " + app + " does not exist"))
                                    .sid());
        }
        DeviceChange change =
                new DeviceChange(
                        name,
                        target,
                        form.flag("LoggingEnabled"),
                        form.flag("RestartApp").orElse(false));
        store.change(device.sid(), change);
        return fetch(request, device.sid());
    }

    /** The device that a path names, or 404. */
    StoredDevice require(RestRequest request, String sidOrName) throws RestException {
        return store.device(sidOrName).orElseThrow(request::notFound);
    }

    private JsonObject json(RestRequest request, StoredDevice device) {
        String url = request.base() + "/Devices/" + device.sid();
        JsonObject json = new JsonObject();
        json.addProperty("sid", device.sid());
        Json.put(json, "unique_name", device.uniqueName());
        json.addProperty("account_sid", store.account().sid());
        json.add("app", app(device));
        JsonObject logging = new JsonObject();
        boolean on = store.logging(device);
        logging.addProperty("enabled", on);
        Json.putDate(logging, "date_expires", on ? device.loggingExpires() : Optional.empty());
        json.add("logging", logging);
        json.addProperty("date_created", Json.date(device.created()));
        json.addProperty("date_updated", Json.date(device.updated()));
        json.addProperty("url", url);
        JsonObject links = new JsonObject();
        links.addProperty("device_configs", url + "/Configs");
        links.addProperty("device_secrets", url + "/Secrets");
        json.add("links", links);
        return json;
    }

    private JsonObject app(StoredDevice device) {
        JsonObject app = new JsonObject();
        Json.put(app, "target_sid", device.targetApp());
        Json.put(app, "target_hash", device.targetApp().flatMap(store::app).map(StoredApp::hash));
        Json.putDate(app, "date_targeted", device.targeted());
        boolean current = device.targetApp().equals(device.reportedApp());
        app.addProperty("update_status", current ? "up-to-date" : "pending");
        app.add("update_error_code", JsonNull.INSTANCE);
        Json.put(app, "reported_sid", device.reportedApp());
        Json.putDate(app, "date_reported", device.reported());
        return app;
    }
}
