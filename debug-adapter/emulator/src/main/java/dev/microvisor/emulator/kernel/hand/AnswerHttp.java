package dev.microvisor.emulator.kernel.hand;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.HttpAnswer;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.channels.Channel;
import dev.microvisor.emulator.kernel.channels.ChannelEvent;
import dev.microvisor.emulator.kernel.http.HttpAnswerArrives;
import dev.microvisor.emulator.kernel.http.HttpExchange;
import java.util.List;
import java.util.Optional;

/**
 * Answers the request of an HTTP channel now, in place of the answer that was on its way.
 *
 * @param status 0 unless the result is OK
 */
public record AnswerHttp(
        int channel, HttpResult result, int status, List<String> headers, Bytes body)
        implements Intervention {
    public AnswerHttp {
        headers = List.copyOf(headers);
    }

    @Override
    public Outcome apply(Host host) {
        Optional<Channel> found = host.channels().find(channel, ChannelType.HTTP);
        if (found.isEmpty()) {
            return Outcome.refused(
                    "there is no live HTTP channel 0x%08x: 'mv channels' lists them", channel);
        }
        if (!found.get().open()) {
            return Outcome.refused(
                    "channel 0x%08x has ended: %s", channel, found.get().reason().constantName());
        }
        if (!(found.get().traffic() instanceof HttpExchange exchange)
                || exchange.request().isEmpty()) {
            return Outcome.refused("no request was sent on channel 0x%08x yet", channel);
        }
        if (exchange.answer().isPresent()) {
            return Outcome.refused(
                    "the request of channel 0x%08x is answered already: go back to before its"
                            + " answer",
                    channel);
        }
        HttpAnswer answer =
                new HttpAnswer(result, status, headers, body, 0, HttpAnswer.Arrival.READY, "");
        host.agenda().removeIf(e -> e instanceof ChannelEvent c && c.channel() == channel);
        new HttpAnswerArrives(channel, answer).happen(host);
        return Outcome.done(
                "answered %s %s on channel 0x%08x with %s, status %d, %d bytes of body",
                exchange.request().get().method(),
                exchange.request().get().url(),
                channel,
                result.constantName(),
                status,
                body.size());
    }
}
