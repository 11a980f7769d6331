package dev.microvisor.emulator.cloud.live;

import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.HttpAnswer;
import dev.microvisor.emulator.cloud.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Sends requests of firmware to the servers that they name, with the JDK's client. Redirections are
 * answers like any other. Owned by the machine's thread.
 */
public final class LiveHttp {
    /** A longer body would not fit any receive buffer that firmware can have. */
    static final int MAX_BODY_BYTES = 1 << 20;

    /** Requests whose answers nobody has taken yet; a device has four channels. */
    static final int MAX_WAITING = 16;

    /** The client writes these itself and lets nobody else do it. */
    private static final Set<String> CLIENTS_OWN =
            Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final Supplier<SSLContext> trust;
    private final Map<Sent, CompletableFuture<HttpAnswer>> waiting = new HashMap<>();
    private HttpClient client;

    /**
     * @param trust which authorities to trust; asked when the first request is sent
     */
    public LiveHttp(Supplier<SSLContext> trust) {
        this.trust = trust;
    }

    /** A request on its way; one channel sends one. */
    private record Sent(int channel, HttpRequest request) {}

    /** Sends a request unless it has been sent. */
    public void start(int channel, HttpRequest request) {
        if (waiting.size() >= MAX_WAITING) {
            waiting.values().forEach(f -> f.cancel(true));
            waiting.clear();
        }
        waiting.computeIfAbsent(new Sent(channel, request), sent -> send(request));
    }

    /** The answer, which comes within what the request allows, if only to say that none came. */
    public CompletableFuture<HttpAnswer> answer(int channel, HttpRequest request) {
        start(channel, request);
        return waiting.get(new Sent(channel, request));
    }

    /** The answer has been taken. */
    public void forget(int channel, HttpRequest request) {
        waiting.remove(new Sent(channel, request));
    }

    private static HttpAnswer failed(HttpRequest request, String why) {
        return HttpAnswer.failure(
                HttpResult.REQUESTFAILED,
                0,
                "live HTTP request " + request.method() + " " + request.url() + " failed: " + why);
    }

    private CompletableFuture<HttpAnswer> send(HttpRequest request) {
        java.net.http.HttpRequest live;
        try {
            live = converted(request);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(failed(request, e.getMessage()));
        }
        CompletableFuture<HttpResponse<InputStream>> exchange =
                client().sendAsync(live, HttpResponse.BodyHandlers.ofInputStream());
        CompletableFuture<HttpAnswer> answer =
                exchange.thenApply(response -> answer(request, response))
                        .exceptionally(e -> failed(request, reason(e)))
                        .completeOnTimeout(
                                failed(request, "no answer within its timeout"),
                                request.timeoutMs(),
                                TimeUnit.MILLISECONDS);
        answer.whenComplete((said, problem) -> exchange.cancel(true));
        return answer;
    }

    private HttpClient client() {
        if (client == null) {
            ExecutorService threads =
                    Executors.newCachedThreadPool(
                            work -> {
                                Thread thread = new Thread(work, "live-http");
                                thread.setDaemon(true);
                                return thread;
                            });
            client =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .sslContext(trust.get())
                            .executor(threads)
                            .build();
        }
        return client;
    }

    private static java.net.http.HttpRequest converted(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder =
                java.net.http.HttpRequest.newBuilder()
                        .uri(URI.create(request.url()))
                        .timeout(Duration.ofMillis(request.timeoutMs()))
                        .method(
                                request.method(),
                                request.body().isEmpty()
                                        ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                        : java.net.http.HttpRequest.BodyPublishers.ofByteArray(
                                                request.body().toArray()));
        for (Bytes header : request.headers()) {
            String line = header.text();
            String name = line.substring(0, line.indexOf(':')).trim();
            if (!CLIENTS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                builder.header(name, line.substring(line.indexOf(':') + 1).trim());
            }
        }
        return builder.build();
    }

    private static HttpAnswer answer(HttpRequest request, HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
            if (body.length > MAX_BODY_BYTES) {
                return HttpAnswer.failure(HttpResult.RESPONSETOOLARGE, 0, "");
            }
            return HttpAnswer.of(
                    response.statusCode(), lines(response.headers()), Bytes.of(body), 0);
        } catch (IOException e) {
            return failed(request, "the answer broke off: " + e.getMessage());
        }
    }

    private static List<String> lines(HttpHeaders headers) {
        List<String> lines = new ArrayList<>();
        headers.map()
                .forEach((name, values) -> values.forEach(value -> lines.add(name + ": " + value)));
        return lines;
    }

    /** Why, for the user: Java says nothing of hosts that are not there. */
    private static String reason(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null
                        ? thrown.getCause()
                        : thrown;
        if (cause.getCause() instanceof UnresolvedAddressException) {
            return "there is no host of this name";
        }
        String text = cause.getMessage();
        if (text == null && cause instanceof ConnectException) {
            return "nobody listens there";
        }
        return text == null ? cause.getClass().getSimpleName() : text;
    }
}
