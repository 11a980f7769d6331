package dev.microvisor.emulator.rest;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Serves the API on the loopback interface. */
public final class RestServer implements AutoCloseable {
    /** Largest request body; a key and a value of full length fit many times. */
    static final int MAX_BODY_BYTES = 128 * 1024;

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Logger LOG = Logger.getLogger(RestServer.class.getName());
    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    /** Connections that the system may keep waiting. */
    private static final int BACKLOG = 50;

    private static final int THREADS = 2;

    private final HttpServer server;
    private final ExecutorService executor;
    private final Routes routes;
    private final DeviceEndpoint devices;
    private final byte[] authorization;
    private final byte[] deviceAuthorization;
    private final String deviceUrl;
    private final String base;

    private RestServer(HttpServer server, CloudStore store) {
        this.server = server;
        this.executor = Executors.newFixedThreadPool(THREADS);
        this.routes = new Routes(store);
        Account account = store.account();
        String pair = account.sid() + ":" + account.token();
        String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        this.authorization = ("Basic " + encoded).getBytes(StandardCharsets.UTF_8);
        this.devices = new DeviceEndpoint(store);
        String user = DeviceEndpoint.USER + ":" + DeviceEndpoint.key(account);
        this.deviceAuthorization =
                DeviceEndpoint.authorization(user).getBytes(StandardCharsets.UTF_8);
        this.deviceUrl = "http://" + user + "@127.0.0.1:" + server.getAddress().getPort();
        this.base = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /**
     * Starts serving.
     *
     * @param port 0 takes a free one
     * @throws IOException when the port is taken
     */
    public static RestServer start(CloudStore store, int port) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        RestServer rest =
                new RestServer(
                        HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG), store);
        rest.server.createContext("/", rest::handle);
        rest.server.setExecutor(rest.executor);
        rest.server.start();
        return rest;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** URL of the API, up to and including {@code /v1}. */
    public String base() {
        return base;
    }

    /** URL for {@link RemoteDeviceCloud}, with the key of the devices. */
    public String deviceUrl() {
        return deviceUrl;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            RestResponse response;
            try {
                response = answer(exchange);
            } catch (RestException e) {
                response = error(e);
            }
            send(exchange, response);
        }
    }

    private RestResponse answer(HttpExchange exchange) throws IOException, RestException {
        String path = exchange.getRequestURI().getRawPath();
        byte[] body = body(exchange);
        List<String> segments = segments(path);
        boolean device = !segments.isEmpty() && segments.get(0).equals(DeviceEndpoint.PATH);
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (given == null
                || !MessageDigest.isEqual(
                        device ? deviceAuthorization : authorization,
                        given.getBytes(StandardCharsets.UTF_8))) {
            throw RestException.unauthorized();
        }
        if (device) {
            return devices.answer(
                    exchange.getRequestMethod(), path, segments.subList(1, segments.size()));
        }
        if (segments.isEmpty() || !segments.get(0).equals("v1")) {
            throw RestException.notFound(path);
        }
        RestRequest request =
                new RestRequest(
                        exchange.getRequestMethod(),
                        base,
                        path,
                        segments.subList(1, segments.size()),
                        Form.parse(exchange.getRequestURI().getRawQuery()),
                        form(exchange.getRequestHeaders().getFirst("Content-Type"), body));
        try {
            return routes.answer(request);
        } catch (RuntimeException e) {
            // The only broad catch: a bug in one resource must not end the server.
            LOG.log(Level.SEVERE, e, () -> request.method() + " " + path + " failed");
            throw RestException.internal();
        }
    }

    private static Form form(String contentType, byte[] body) throws RestException {
        if (body.length > 0
                && contentType != null
                && !contentType.toLowerCase(Locale.ROOT).startsWith(FORM)) {
            throw RestException.badParameter(
                    "Send parameters as a form (" + FORM + "), not as " + contentType);
        }
        return Form.parse(new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] body(HttpExchange exchange) throws IOException, RestException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
            if (body.length > MAX_BODY_BYTES) {
                throw RestException.tooLarge(MAX_BODY_BYTES);
            }
            return body;
        }
    }

    private static List<String> segments(String path) throws RestException {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                try {
                    // The official client library writes a space in a path as a plus sign.
                    segments.add(URLDecoder.decode(segment, StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    throw RestException.notFound(path);
                }
            }
        }
        return segments;
    }

    private static RestResponse error(RestException e) {
        JsonObject json = new JsonObject();
        json.addProperty("code", e.code());
        json.addProperty("message", e.getMessage());
        json.addProperty("more_info", "https://www.twilio.com/docs/errors/" + e.code());
        json.addProperty("status", e.status());
        return new RestResponse(e.status(), java.util.Optional.of(json));
    }

    private static void send(HttpExchange exchange, RestResponse response) throws IOException {
        if (response.status() == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"Microvisor\"");
        }
        if (response.body().isEmpty()) {
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        byte[] bytes = GSON.toJson(response.body().get()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(response.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Stops at once; requests under way are cut off. The store stays open. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
