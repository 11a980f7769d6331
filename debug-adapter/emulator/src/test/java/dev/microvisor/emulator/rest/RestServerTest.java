package dev.microvisor.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestServerTest {
    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private CloudStore store;
    private RestServer server;
    private String authorization;

    @BeforeEach
    void start() throws IOException {
        store = CloudStore.open(folder, Clock.systemUTC());
        server = RestServer.start(store, 0);
        String pair = store.account().sid() + ":" + store.account().token();
        authorization =
                "Basic "
                        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    private HttpResponse<String> send(String method, String path, String form) {
        return send(method, path, form, authorization);
    }

    private HttpResponse<String> send(String method, String path, String form, String auth) {
        return send(method, path, form, auth, "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> send(
            String method, String path, String body, String auth, String type) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.base() + path))
                        .header("Authorization", auth)
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private void refused(HttpResponse<String> response, int status, String message) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).get("status").getAsInt()).isEqualTo(status);
        assertThat(json(response).get("message").getAsString()).contains(message);
    }

    @Test
    void wrongPasswordIsRefused() {
        refused(send("GET", "/Configs", "", "Basic QUM6eA=="), 401, "Authenticate");
    }

    @Test
    void createAnswers201AndASecondCreateOfTheKey409() {
        HttpResponse<String> created = send("POST", "/Configs", "Key=k&Value=v%20w");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json(created).get("value").getAsString()).isEqualTo("v w");
        refused(send("POST", "/Configs", "Key=k&Value=x"), 409, "exists");
    }

    @Test
    void updateAnswers200AndDelete204WithoutBody() {
        send("POST", "/Configs", "Key=k&Value=v");
        assertThat(send("POST", "/Configs/k", "Value=w").statusCode()).isEqualTo(200);
        HttpResponse<String> deleted = send("DELETE", "/Configs/k", "");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        refused(send("DELETE", "/Configs/k", ""), 404, "/v1/Configs/k");
        refused(send("POST", "/Configs/k", "Value=w"), 404, "not found");
    }

    /** Not in the answer to what writes them, not in lists, not by name, not where configs are. */
    @Test
    void noAnswerHoldsTheValueOfASecret() {
        String device = "UV" + "1".repeat(32);
        store.ensureDevice(device);
        for (String owner : List.of("", "/Devices/" + device)) {
            String secrets = owner + "/Secrets";
            List<HttpResponse<String>> answers =
                    List.of(
                            send("POST", secrets, "Key=k&Value=hush-hush"),
                            send("POST", secrets, "Key=k&Value=hush-hush"),
                            send("POST", secrets + "/k", "Value=hush-hush-too"),
                            send("GET", secrets, ""),
                            send("GET", secrets + "/k", ""),
                            send("GET", owner + "/Configs", ""),
                            send("GET", owner + "/Configs/k", ""),
                            send("GET", owner.isEmpty() ? "/Devices" : owner, ""),
                            send("DELETE", secrets + "/k", ""));
            assertThat(answers)
                    .extracting(HttpResponse::statusCode)
                    .containsExactly(201, 409, 200, 200, 200, 200, 404, 200, 204);
            assertThat(answers).extracting(HttpResponse::body).noneMatch(b -> b.contains("hush"));
        }
    }

    @Test
    void keyOf100AndValueOf4096CharactersAreTheLargest() {
        String key = "k".repeat(100);
        String value = "ü".repeat(4096);
        assertThat(send("POST", "/Configs", "Key=" + key + "&Value=" + value).statusCode())
                .isEqualTo(201);
        refused(send("POST", "/Configs", "Key=" + key + "k&Value=v"), 400, "1 to 100");
        refused(send("POST", "/Configs", "Key=k&Value=" + value + "v"), 400, "1 to 4096");
        refused(send("POST", "/Configs", "Key=&Value=v"), 400, "Key");
        refused(send("POST", "/Configs", "Key=k"), 400, "Value is required");
    }

    @Test
    void pageSizeIsFrom1To1000() {
        assertThat(send("GET", "/Configs?PageSize=1000", "").statusCode()).isEqualTo(200);
        refused(send("GET", "/Configs?PageSize=0", ""), 400, "PageSize");
        refused(send("GET", "/Configs?PageSize=1001", ""), 400, "PageSize");
        refused(send("GET", "/Configs?PageToken=nonsense", ""), 400, "PageToken");
    }

    @Test
    void emptyListHasMetaWithNullsForMissingPages() {
        JsonObject body = json(send("GET", "/Secrets", ""));
        assertThat(body.getAsJsonArray("secrets")).isEmpty();
        JsonObject meta = body.getAsJsonObject("meta");
        assertThat(meta.get("page_size").getAsInt()).isEqualTo(50);
        assertThat(meta.get("next_page_url").isJsonNull()).isTrue();
        assertThat(meta.get("key").getAsString()).isEqualTo("secrets");
    }

    @Test
    void unknownPathIs404AndWrongMethod405() {
        refused(send("GET", "/Nothing", ""), 404, "not found");
        refused(send("DELETE", "/Configs", ""), 405, "DELETE");
        refused(send("GET", "/Devices/UV1/Configs", ""), 404, "not found");
    }

    @Test
    void bodyOverTheLimitIsRefused() {
        String huge = "Key=k&Value=" + "v".repeat(RestServer.MAX_BODY_BYTES);
        refused(send("POST", "/Configs", huge), 413, "limit");
    }

    @Test
    void badPercentEncodingIsRefused() {
        refused(send("POST", "/Configs", "Key=%zz&Value=v"), 400, "percent-encoded");
    }

    /** Requests are forms, though answers are JSON: who mixes that up is told. */
    @Test
    void aBodyThatIsNoFormIsRefused() {
        String json = "{\"Key\":\"k\",\"Value\":\"v\"}";
        refused(
                send("POST", "/Configs", json, authorization, "application/json"),
                400,
                "as a form (application/x-www-form-urlencoded), not as application/json");
    }

    @Test
    void listenerIsOnLoopbackOnly() {
        assertThat(server.base()).startsWith("http://127.0.0.1:");
    }
}
