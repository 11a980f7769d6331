package dev.microvisor.emulator.cloud;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.bytes.Bytes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What becomes of a request.
 *
 * @param result OK, or how it failed
 * @param status 0 unless the result is OK
 * @param headers {@code Name: value}, in order
 * @param delayMs virtual milliseconds after the request
 * @param arrival whether it comes, and who makes it
 * @param warning for people, empty when all is as expected
 */
public record HttpAnswer(
        HttpResult result,
        int status,
        List<String> headers,
        Bytes body,
        int delayMs,
        Arrival arrival,
        String warning) {
    public HttpAnswer {
        headers = List.copyOf(headers);
    }

    /** How an answer comes about. */
    public enum Arrival {
        /** As it stands here. */
        READY,
        /** It never comes. */
        NEVER,
        /** A real server is asked. */
        LIVE
    }

    /** An answer that is known. */
    public static HttpAnswer of(int status, List<String> headers, Bytes body, int delayMs) {
        return new HttpAnswer(HttpResult.OK, status, headers, body, delayMs, Arrival.READY, "");
    }

    public static HttpAnswer failure(HttpResult result, int delayMs, String warning) {
        return new HttpAnswer(result, 0, List.of(), Bytes.EMPTY, delayMs, Arrival.READY, warning);
    }

    static HttpAnswer live(int delayMs) {
        return new HttpAnswer(HttpResult.OK, 0, List.of(), Bytes.EMPTY, delayMs, Arrival.LIVE, "");
    }

    static HttpAnswer never() {
        return new HttpAnswer(HttpResult.OK, 0, List.of(), Bytes.EMPTY, 0, Arrival.NEVER, "");
    }

    /** The same with another result and nothing in it. */
    public HttpAnswer failing(HttpResult other) {
        return failure(other, delayMs, "");
    }

    /** For a recording; the delay is the asker's affair. */
    public String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("result", result.name());
        json.addProperty("status", status);
        JsonArray lines = new JsonArray();
        headers.forEach(lines::add);
        json.add("headers", lines);
        json.addProperty("body", Base64.getEncoder().encodeToString(body.toArray()));
        json.addProperty("warning", warning);
        return json.toString();
    }

    /** Reads what {@link #toJson} has written. */
    public static HttpAnswer fromJson(String text) {
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        List<String> headers = new ArrayList<>();
        for (JsonElement line : json.getAsJsonArray("headers")) {
            headers.add(line.getAsString());
        }
        return new HttpAnswer(
                HttpResult.valueOf(json.get("result").getAsString()),
                json.get("status").getAsInt(),
                headers,
                Bytes.of(Base64.getDecoder().decode(json.get("body").getAsString())),
                0,
                Arrival.READY,
                json.get("warning").getAsString());
    }
}
