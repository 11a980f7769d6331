package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.bytes.Bytes;
import java.util.List;

/**
 * What becomes of a request.
 *
 * @param status 0 unless the result is OK
 * @param headers {@code Name: value}, in order
 * @param delayMs virtual milliseconds after the request
 * @param never true when no answer comes
 * @param warning for people, empty when all is as expected
 */
public record HttpAnswer(
        HttpResult result,
        int status,
        List<String> headers,
        Bytes body,
        int delayMs,
        boolean never,
        String warning) {
    public HttpAnswer {
        headers = List.copyOf(headers);
    }

    static HttpAnswer failure(HttpResult result, int delayMs, String warning) {
        return new HttpAnswer(result, 0, List.of(), Bytes.EMPTY, delayMs, false, warning);
    }

    /** The same with another result and nothing in it. */
    public HttpAnswer failing(HttpResult other) {
        return failure(other, delayMs, "");
    }
}
