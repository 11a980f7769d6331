package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.bytes.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads one {@code [[http]]}. What would never take effect is refused: a route that matches no
 * request that Microvisor lets through, and an answer beside a word that says there is none.
 */
final class HttpRouteReader {
    private static final String ANY = "*";
    private static final String SCHEME = "https://";

    /** Keys that describe an answer. */
    private static final List<String> ANSWER =
            List.of("result", "status", "headers", "body", "body_file");

    private HttpRouteReader() {}

    /**
     * @param body of the answer, read already
     * @param live whether the real server answers
     */
    static HttpRoute read(Section section, Bytes body, boolean live) {
        Optional<String> method = section.text("method").filter(m -> !m.equals(ANY));
        Optional<String> url = section.text("url");
        HttpResult result = section.constant("result", HttpResult.class).orElse(HttpResult.OK);
        OptionalInt status = section.integer("status", 100, 599);
        List<String> headers = section.headers("headers");
        OptionalInt delay = section.integer("delay_ms", 1, CloudFile.MAX_DELAY_MS);
        boolean never = section.flag("never").orElse(false);
        Period period = Period.read(section);
        checkMatch(section, method, url);
        if (live && ANSWER.stream().anyMatch(section::has)) {
            section.problem(
                    "mode",
                    "the real server answers a route with mode = \"live\":"
                            + " remove result, status, headers and body");
        }
        if (never && (live || delay.isPresent() || ANSWER.stream().anyMatch(section::has))) {
            section.problem(
                    "never", "a route that never answers has no answer and no delay; remove them");
        }
        if (result != HttpResult.OK && (status.isPresent() || !body.isEmpty())) {
            section.problem(
                    "result",
                    "a request that fails with "
                            + result.name()
                            + " has no status and no body; remove them or the result");
        }
        section.rejectOthers();
        return new HttpRoute(
                method,
                new UrlPattern(url.orElse("")),
                result,
                result == HttpResult.OK ? status.orElse(200) : 0,
                headers,
                body,
                delay,
                never,
                live,
                period);
    }

    private static void checkMatch(Section section, Optional<String> method, Optional<String> url) {
        if (method.isPresent() && !HttpServer.METHODS.contains(method.get())) {
            section.problem(
                    "method",
                    "method \""
                            + method.get()
                            + "\" is none that Microvisor sends"
                            + Suggestion.of(method.get(), HttpServer.METHODS));
        }
        if (url.isPresent() && !url.get().startsWith(ANY) && !url.get().startsWith(SCHEME)) {
            section.problem(
                    "url",
                    "url \""
                            + url.get()
                            + "\" matches no request: it must begin with "
                            + SCHEME
                            + " or *");
        }
    }
}
