package dev.microvisor.emulator.cloud;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.bytes.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * Answers HTTP requests by the routes of a cloud file; the same request at the same time, the same
 * answer.
 */
public final class HttpServer {
    /** What Microvisor sends. */
    static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    private final Cloud cloud;

    public HttpServer(Cloud cloud) {
        this.cloud = cloud;
    }

    /**
     * @param nowMs virtual time of the request
     */
    public HttpAnswer answer(HttpRequest request, long nowMs) {
        Optional<HttpAnswer> refusal = refusal(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<HttpRoute> matching =
                cloud.routes().stream()
                        .filter(r -> r.matches(request.method(), request.url()))
                        .toList();
        Optional<HttpRoute> route = Period.current(matching, HttpRoute::period, nowMs);
        if (route.isPresent()) {
            return answer(route.get(), request);
        }
        if (cloud.http().live()) {
            return HttpAnswer.live(cloud.http().delayMs());
        }
        return HttpAnswer.failure(
                HttpResult.REQUESTFAILED,
                cloud.http().delayMs(),
                (matching.isEmpty()
                                ? "no [[http]] route of the cloud file answers "
                                : "at this time no [[http]] route of the cloud file answers ")
                        + request.method()
                        + " "
                        + request.url()
                        + ", so the request fails; add one with url = \""
                        + request.url()
                        + "\", and mode = \"live\" if the real server is to answer");
    }

    private HttpAnswer answer(HttpRoute route, HttpRequest request) {
        if (route.never()) {
            return HttpAnswer.never();
        }
        int delay = route.delayMs().orElse(cloud.http().delayMs());
        if (delay > request.timeoutMs()) {
            return HttpAnswer.failure(
                    HttpResult.REQUESTFAILED,
                    request.timeoutMs(),
                    "the answer to "
                            + request.method()
                            + " "
                            + request.url()
                            + " takes "
                            + delay
                            + " ms, longer than the timeout of the request");
        }
        if (route.live()) {
            return HttpAnswer.live(delay);
        }
        if (route.result() != HttpResult.OK) {
            return HttpAnswer.failure(route.result(), delay, "");
        }
        Bytes body = request.method().equals("HEAD") ? Bytes.EMPTY : route.body();
        return HttpAnswer.of(route.status(), route.headers(), body, delay);
    }

    /** What the server finds wrong with a request before it asks anybody. */
    private Optional<HttpAnswer> refusal(HttpRequest request) {
        if (!request.url().startsWith("https://")) {
            return refuse(
                    HttpResult.UNSUPPORTEDURISCHEME,
                    "the URL \"" + request.url() + "\" does not begin with https://");
        }
        if (!METHODS.contains(request.method())) {
            return refuse(
                    HttpResult.UNSUPPORTEDMETHOD,
                    "the method \""
                            + request.method()
                            + "\" is none of "
                            + String.join(" ", METHODS));
        }
        for (Bytes header : request.headers()) {
            if (!header.isPrintableAscii() || header.text().indexOf(':') <= 0) {
                return refuse(
                        HttpResult.INVALIDHEADERS,
                        "the header "
                                + header.quoted(80)
                                + " is not \"Name: value\" in printable ASCII");
            }
        }
        long least = Catalog.bundled().limit("http-timeout-min-ms");
        long most = Catalog.bundled().limit("http-timeout-max-ms");
        if (request.timeoutMs() < least || request.timeoutMs() > most) {
            return refuse(
                    HttpResult.INVALIDTIMEOUT,
                    "the timeout of "
                            + Integer.toUnsignedLong(request.timeoutMs())
                            + " ms is outside "
                            + least
                            + " to "
                            + most);
        }
        return Optional.empty();
    }

    private Optional<HttpAnswer> refuse(HttpResult result, String why) {
        return Optional.of(
                HttpAnswer.failure(
                        result,
                        cloud.http().delayMs(),
                        "HTTP request fails with " + result.constantName() + ": " + why));
    }
}
