package dev.microvisor.emulator.rest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.microvisor.emulator.api.ConfigScope;
import dev.microvisor.emulator.api.ConfigStore;
import dev.microvisor.emulator.cloud.DeviceCloud;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The local cloud of another process, as a device sees it. */
public final class RemoteDeviceCloud implements DeviceCloud {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI base;
    private final String authorization;
    private final String sid;

    /**
     * @param url as {@code microvisor cloud} prints it, with user and key
     */
    public RemoteDeviceCloud(URI url, String sid) {
        String user = url.getUserInfo() == null ? "" : url.getUserInfo();
        this.base = URI.create("http://" + url.getHost() + ":" + url.getPort());
        this.authorization = DeviceEndpoint.authorization(user);
        this.sid = sid;
    }

    @Override
    public Optional<String> item(ConfigScope scope, ConfigStore store, String key)
            throws IOException {
        HttpResponse<String> response =
                send(
                        "GET",
                        "/items/"
                                + scope.name().toLowerCase(Locale.ROOT)
                                + "/"
                                + store.name().toLowerCase(Locale.ROOT)
                                + "/"
                                + Json.segment(key));
        return response.statusCode() == NOT_FOUND
                ? Optional.empty()
                : Optional.of(json(response).get("value").getAsString());
    }

    @Override
    public Orders orders() throws IOException {
        JsonObject json = json(send("GET", "/orders"));
        return new Orders(
                json.get("restarts").getAsLong(),
                json.get("logging").getAsBoolean(),
                json.get("target_app").getAsString());
    }

    @Override
    public void report(String appSid) throws IOException {
        send("POST", "/report/" + Json.segment(appSid));
    }

    private HttpResponse<String> send(String method, String path) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve("/" + DeviceEndpoint.PATH + "/" + sid + path))
                        .timeout(TIMEOUT)
                        .header("Authorization", authorization)
                        .method(method, BodyPublishers.noBody())
                        .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(base + " was not waited for");
        }
    }

    private JsonObject json(HttpResponse<String> response) throws IOException {
        if (response.statusCode() == 401) {
            throw new IOException(
                    base + " does not know this key: give the URL that microvisor cloud prints");
        }
        if (response.statusCode() != 200) {
            throw new IOException(base + " answered with status " + response.statusCode());
        }
        try {
            return JsonParser.parseString(response.body()).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException(base + " is no local cloud", e);
        }
    }
}
