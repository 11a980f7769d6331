package dev.microvisor.emulator.kernel.view;

import dev.microvisor.emulator.bytes.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * A channel.
 *
 * @param type name of the {@code MvChannelType} constant
 * @param state OPEN, NOT_CONNECTED (broken, not yet closed by the application) or CLOSED
 * @param closureReason name of the {@code MvClosureReason} constant
 * @param phase what it is doing in words: {@code no request yet}, {@code waiting for the answer}...
 * @param openedAt address of the {@code mvOpenChannel} call
 * @param http request and answer of an HTTP channel
 */
public record ChannelView(
        int handle,
        String type,
        String state,
        String closureReason,
        String phase,
        int networkHandle,
        int notificationHandle,
        int notificationTag,
        BufferView receiveBuffer,
        BufferView sendBuffer,
        long openedAtInstruction,
        int openedAt,
        Optional<HttpView> http,
        Optional<MqttView> mqtt) {

    /**
     * One of its buffers. Offsets run from the start of the buffer.
     *
     * @param readOffset where its reader goes on
     * @param writeOffset where its writer goes on
     * @param used bytes between the two, in ring order
     * @param content the whole buffer as it is in memory now; empty when the channel is closed
     */
    public record BufferView(
            int address,
            int sizeBytes,
            int readOffset,
            int writeOffset,
            int used,
            boolean writeProtected,
            Bytes content) {}

    /**
     * An HTTP exchange.
     *
     * @param result name of the {@code MvHttpResult} constant; empty while there is no answer
     */
    public record HttpView(
            String method,
            String url,
            List<String> requestHeaders,
            Bytes requestBody,
            int timeoutMs,
            long sentAtInstruction,
            String result,
            int statusCode,
            List<String> responseHeaders,
            Bytes responseBody) {
        public HttpView {
            requestHeaders = List.copyOf(requestHeaders);
            responseHeaders = List.copyOf(responseHeaders);
        }
    }

    /**
     * An MQTT session.
     *
     * @param waiting what can be read next, oldest first, by name of the {@code
     *     MvMqttReadableDataType} constant
     */
    public record MqttView(
            String host,
            int port,
            String clientId,
            String state,
            List<String> subscriptions,
            List<String> waiting) {
        public MqttView {
            subscriptions = List.copyOf(subscriptions);
            waiting = List.copyOf(waiting);
        }
    }
}
