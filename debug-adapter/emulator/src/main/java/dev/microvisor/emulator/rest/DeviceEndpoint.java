package dev.microvisor.emulator.rest;

import com.google.gson.JsonObject;
import dev.microvisor.emulator.api.ConfigScope;
import dev.microvisor.emulator.api.ConfigStore;
import dev.microvisor.emulator.cloud.DeviceCloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What devices ask the local cloud, which is no part of the Microvisor REST API: the values of
 * secrets, too. Emulators come in here with a key of their own, so the account's token reads no
 * secret.
 *
 * <pre>
 * GET  /device/{sid}/orders
 * GET  /device/{sid}/items/{account|device}/{config|secret}/{key}
 * POST /device/{sid}/report/{app sid}
 * </pre>
 */
final class DeviceEndpoint {
    static final String PATH = "device";
    static final String USER = "device";

    private final CloudStore store;

    DeviceEndpoint(CloudStore store) {
        this.store = store;
    }

    /** The key of an account's devices; it follows from the token and does not give it away. */
    static String key(Account account) {
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    ("devices of " + account.sid() + " " + account.token())
                                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** The header of a device's requests. */
    static String authorization(String userAndKey) {
        return "Basic "
                + Base64.getEncoder().encodeToString(userAndKey.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param segments of the path after {@code /device}
     */
    RestResponse answer(String method, String path, List<String> segments) throws RestException {
        if (segments.size() < 2 || !segments.get(0).matches("UV[0-9a-f]{32}")) {
            throw RestException.notFound(path);
        }
        DeviceCloud device = new StoredDeviceCloud(store, segments.get(0));
        String what = segments.get(1);
        try {
            if (what.equals("orders") && segments.size() == 2 && method.equals("GET")) {
                return RestResponse.ok(orders(device.orders()));
            }
            if (what.equals("items") && segments.size() == 5 && method.equals("GET")) {
                return RestResponse.ok(item(device, path, segments));
            }
            if (what.equals("report") && segments.size() == 3 && method.equals("POST")) {
                device.report(segments.get(2));
                return RestResponse.deleted();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a store of this process cannot be reached", e);
        }
        throw RestException.notFound(path);
    }

    private static JsonObject orders(DeviceCloud.Orders orders) {
        JsonObject json = new JsonObject();
        json.addProperty("restarts", orders.restarts());
        json.addProperty("logging", orders.logging());
        json.addProperty("target_app", orders.targetApp());
        return json;
    }

    private static JsonObject item(DeviceCloud device, String path, List<String> segments)
            throws RestException, IOException {
        Optional<String> value;
        try {
            value =
                    device.item(
                            ConfigScope.valueOf(segments.get(2).toUpperCase(Locale.ROOT)),
                            ConfigStore.valueOf(segments.get(3).toUpperCase(Locale.ROOT)),
                            segments.get(4));
        } catch (IllegalArgumentException e) {
            throw RestException.notFound(path);
        }
        JsonObject json = new JsonObject();
        json.addProperty("value", value.orElseThrow(() -> RestException.notFound(path)));
        return json;
    }
}
