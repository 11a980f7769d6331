package dev.microvisor.emulator.kernel.http;

import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.HttpRequest;
import dev.microvisor.emulator.kernel.channels.Traffic;
import dev.microvisor.emulator.kernel.view.ChannelView.HttpView;
import java.util.List;
import java.util.Optional;

/**
 * A request and, once it is there, its answer.
 *
 * @param spoilt true when the request failed with LATEFAULT: the channel is of no more use
 * @param requestSize bytes that the request takes in the send buffer
 */
public record HttpExchange(
        Optional<HttpRequest> request,
        boolean spoilt,
        long sentAtInstruction,
        int requestSize,
        Optional<Answer> answer)
        implements Traffic {

    /** A request that could not be read to its end. */
    static HttpExchange spoilt(long instruction) {
        return new HttpExchange(Optional.empty(), true, instruction, 0, Optional.empty());
    }

    /**
     * An answer that has arrived. Headers and body lie in the receive buffer, one behind the other.
     *
     * @param headerSizes length of each header line
     */
    public record Answer(
            HttpResult result,
            int status,
            List<String> headers,
            List<Integer> headerSizes,
            Bytes body) {
        public Answer {
            headers = List.copyOf(headers);
            headerSizes = List.copyOf(headerSizes);
        }

        /** Bytes that one header takes besides its text. */
        static final int LINE_END_BYTES = 2;

        /** Where in the receive buffer a header starts. */
        int headerOffset(int index) {
            int offset = 0;
            for (int i = 0; i < index; i++) {
                offset += headerSizes.get(i) + LINE_END_BYTES;
            }
            return offset;
        }

        int bodyOffset() {
            return headerSizes.isEmpty() ? 0 : headerOffset(headerSizes.size()) + LINE_END_BYTES;
        }

        int size() {
            return bodyOffset() + body.size();
        }
    }

    HttpExchange answered(Answer arrived) {
        return new HttpExchange(
                request, spoilt, sentAtInstruction, requestSize, Optional.of(arrived));
    }

    @Override
    public String phase() {
        if (spoilt) {
            return "spoilt by a bad pointer in the request";
        }
        return answer.map(a -> "answered: " + a.result().constantName())
                .orElse("waiting for the answer");
    }

    @Override
    public boolean hasReceived() {
        return answer.isPresent();
    }

    @Override
    public int sendUsed() {
        return requestSize;
    }

    @Override
    public int receiveUsed() {
        return answer.map(Answer::size).orElse(0);
    }

    @Override
    public Optional<HttpView> http() {
        return request.map(
                r ->
                        new HttpView(
                                r.method(),
                                r.url(),
                                r.headers().stream().map(Bytes::text).toList(),
                                r.body(),
                                r.timeoutMs(),
                                sentAtInstruction,
                                answer.map(a -> a.result().constantName()).orElse(""),
                                answer.map(Answer::status).orElse(0),
                                answer.map(Answer::headers).orElse(List.of()),
                                answer.map(Answer::body).orElse(Bytes.EMPTY)));
    }
}
