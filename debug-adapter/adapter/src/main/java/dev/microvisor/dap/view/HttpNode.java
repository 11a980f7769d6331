package dev.microvisor.dap.view;

import dev.microvisor.emulator.kernel.view.ChannelView.HttpView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** An HTTP exchange: the request as it was sent and, when there is one, the answer. */
record HttpNode(HttpView http, LongFunction<String> when, Meanings meanings) {
    private static final String FINE = "MV_HTTPRESULT_OK";

    Node node(String name) {
        List<Node> request = new ArrayList<>();
        request.add(Node.leaf("method", http.method()));
        request.add(Node.leaf("url", http.url()));
        request.add(MicrovisorScope.texts("headers", http.requestHeaders()));
        request.add(
                Node.leaf("body", http.requestBody().quoted(MicrovisorScope.PREVIEW_BYTES))
                        .ofKind(Node.Kind.READ_ONLY));
        request.add(Node.leaf("timeout", http.timeoutMs() + " ms"));
        request.add(Node.leaf("sent", when.apply(http.sentAtInstruction())));
        String answer =
                http.result().isEmpty()
                        ? "no answer yet"
                        : isFine()
                                ? http.result() + ", " + StatusCodes.text(http.statusCode())
                                : http.result();
        List<Node> rows = new ArrayList<>();
        rows.add(Node.group("request", http.method() + " " + http.url(), request));
        rows.add(http.result().isEmpty() ? Node.leaf("response", answer) : response(answer));
        return Node.group(name, http.method() + " " + http.url() + " → " + answer, rows);
    }

    /** Without a response there is no status code: the structure holds 0. */
    private boolean isFine() {
        return http.result().equals(FINE);
    }

    private Node response(String answer) {
        String code = isFine() ? StatusCodes.text(http.statusCode()) : "none";
        return Node.group(
                "response",
                answer,
                List.of(
                        Node.leaf("result", meanings.of(http.result())),
                        Node.leaf("status code", code),
                        MicrovisorScope.texts("headers", http.responseHeaders()),
                        Node.leaf("body", http.responseBody().quoted(MicrovisorScope.PREVIEW_BYTES))
                                .ofKind(Node.Kind.READ_ONLY),
                        Node.leaf("body length", http.responseBody().size() + " bytes")));
    }
}
