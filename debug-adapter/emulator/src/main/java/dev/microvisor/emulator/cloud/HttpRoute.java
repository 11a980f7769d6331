package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.bytes.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An answer to HTTP requests.
 *
 * @param method as in the request; empty for any
 * @param url what it answers
 * @param result anything but OK makes a request fail the way the enumeration says
 * @param headers {@code Name: value}, in order
 * @param delayMs empty for the default delay; ignored when {@code never}
 * @param never true when no answer ever comes
 * @param live true when the real server answers
 * @param period when it answers
 */
public record HttpRoute(
        Optional<String> method,
        UrlPattern url,
        HttpResult result,
        int status,
        List<String> headers,
        Bytes body,
        OptionalInt delayMs,
        boolean never,
        boolean live,
        Period period) {
    public HttpRoute {
        headers = List.copyOf(headers);
    }

    public boolean matches(String requestMethod, String requestUrl) {
        return method.map(requestMethod::equals).orElse(true) && url.matches(requestUrl);
    }
}
