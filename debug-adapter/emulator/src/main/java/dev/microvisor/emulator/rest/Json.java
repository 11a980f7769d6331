package dev.microvisor.emulator.rest;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How values look in the API's JSON. */
final class Json {
    private Json() {}

    static void put(JsonObject object, String name, Optional<String> value) {
        if (value.isPresent()) {
            object.addProperty(name, value.get());
        } else {
            object.add(name, JsonNull.INSTANCE);
        }
    }

    static void putDate(JsonObject object, String name, Optional<Instant> value) {
        put(object, name, value.map(Json::date));
    }

    /** ISO 8601 in whole seconds with a Z. */
    static String date(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A key as a segment of a URL path. */
    static String segment(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
