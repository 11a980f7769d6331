package dev.microvisor.emulator.rest;

import com.google.gson.JsonObject;
import java.util.Optional;

/** What goes back: a status and, except after DELETE, a JSON object. */
record RestResponse(int status, Optional<JsonObject> body) {
    static RestResponse ok(JsonObject body) {
        return new RestResponse(200, Optional.of(body));
    }

    static RestResponse created(JsonObject body) {
        return new RestResponse(201, Optional.of(body));
    }

    static RestResponse deleted() {
        return new RestResponse(204, Optional.empty());
    }
}
