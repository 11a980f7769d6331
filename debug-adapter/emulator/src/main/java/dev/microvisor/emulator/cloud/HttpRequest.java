package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.bytes.Bytes;
import java.util.List;

/**
 * A request that firmware sent.
 *
 * @param headers as sent, one {@code Name: value} each
 */
public record HttpRequest(
        String method, String url, List<Bytes> headers, Bytes body, int timeoutMs) {
    public HttpRequest {
        headers = List.copyOf(headers);
    }
}
