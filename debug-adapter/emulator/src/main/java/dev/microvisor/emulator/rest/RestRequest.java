package dev.microvisor.emulator.rest;

import java.util.List;

/**
 * A request that has been authenticated and read.
 *
 * @param base URL up to and including {@code /v1}, as the caller reaches it
 * @param path as sent, without the query
 * @param segments decoded segments of the path after {@code /v1}
 */
record RestRequest(
        String method, String base, String path, List<String> segments, Form query, Form form) {
    RestRequest {
        segments = List.copyOf(segments);
    }

    RestException notFound() {
        return RestException.notFound(path);
    }
}
