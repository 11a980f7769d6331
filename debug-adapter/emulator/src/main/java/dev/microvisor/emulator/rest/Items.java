package dev.microvisor.emulator.rest;

import com.google.gson.JsonObject;
import dev.microvisor.emulator.api.ConfigStore;
import dev.microvisor.emulator.cloud.ConfigItem;
import java.util.Optional;

/**
 * The four resources Configs and Secrets, of the account and of a device: one shape, except that a
 * secret's value never leaves and its date has another name.
 */
final class Items {
    private final CloudStore store;
    private final ConfigStore kind;

    Items(CloudStore store, ConfigStore kind) {
        this.store = store;
        this.kind = kind;
    }

    private String plural() {
        return kind == ConfigStore.SECRET ? "secrets" : "configs";
    }

    RestResponse list(RestRequest request, Owner owner) throws RestException {
        Page page = Page.of(request.query());
        return RestResponse.ok(
                page.render(
                        plural(),
                        url(request, owner),
                        store.items(owner, kind, page.afterKey(), page.window()),
                        StoredItem::key,
                        item -> json(request, owner, item)));
    }

    RestResponse create(RestRequest request, Owner owner) throws RestException {
        String key = request.form().required("Key", ConfigItem.MAX_KEY_LENGTH);
        String value = request.form().required("Value", ConfigItem.MAX_VALUE_BYTES);
        checkPrintable(key);
        if (!store.create(owner, kind, key, value)) {
            throw RestException.conflict("Key " + key + " exists; update it instead");
        }
        return RestResponse.created(json(request, owner, require(request, owner, key)));
    }

    /** Firmware can only ask for keys of printable ASCII, so no others are taken. */
    private static void checkPrintable(String key) throws RestException {
        if (!key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw RestException.badParameter("Parameter Key must be printable ASCII");
        }
    }

    RestResponse fetch(RestRequest request, Owner owner, String key) throws RestException {
        return RestResponse.ok(json(request, owner, require(request, owner, key)));
    }

    RestResponse update(RestRequest request, Owner owner, String key) throws RestException {
        String value = request.form().required("Value", ConfigItem.MAX_VALUE_BYTES);
        if (!store.update(owner, kind, key, value)) {
            throw request.notFound();
        }
        return RestResponse.ok(json(request, owner, require(request, owner, key)));
    }

    RestResponse delete(RestRequest request, Owner owner, String key) throws RestException {
        if (!store.delete(owner, kind, key)) {
            throw request.notFound();
        }
        return RestResponse.deleted();
    }

    private StoredItem require(RestRequest request, Owner owner, String key) throws RestException {
        Optional<StoredItem> item = store.item(owner, kind, key);
        return item.orElseThrow(request::notFound);
    }

    private String url(RestRequest request, Owner owner) {
        String resource = kind == ConfigStore.SECRET ? "/Secrets" : "/Configs";
        return request.base() + (owner.isAccount() ? "" : "/Devices/" + owner.id()) + resource;
    }

    private JsonObject json(RestRequest request, Owner owner, StoredItem item) {
        JsonObject json = new JsonObject();
        if (!owner.isAccount()) {
            json.addProperty("device_sid", owner.id());
        }
        json.addProperty("key", item.key());
        if (kind == ConfigStore.CONFIG) {
            json.addProperty("value", item.value());
        }
        json.addProperty(
                kind == ConfigStore.SECRET ? "date_rotated" : "date_updated",
                Json.date(item.changed()));
        json.addProperty("url", url(request, owner) + "/" + Json.segment(item.key()));
        return json;
    }
}
