package dev.microvisor.emulator.kernel.http;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.HttpAnswer;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.channels.Channel;
import dev.microvisor.emulator.kernel.channels.ChannelEvent;
import java.util.List;
import java.util.Optional;

/** The answer to an HTTP request reaches the device. It is announced exactly once. */
public record HttpAnswerArrives(int channel, HttpAnswer answer) implements ChannelEvent {
    @Override
    public void happen(Host host) {
        Optional<Channel> found = host.channels().find(channel, ChannelType.HTTP);
        if (found.isEmpty() || !(found.get().traffic() instanceof HttpExchange exchange)) {
            return;
        }
        HttpExchange.Answer arrived = arrived(answer);
        if (arrived.size() > found.get().receive().sizeBytes()) {
            arrived = arrived(answer.failing(HttpResult.RESPONSETOOLARGE));
        } else {
            fill(host, found.get(), arrived);
        }
        HttpExchange.Answer kept = arrived;
        host.channels().change(channel, t -> exchange.answered(kept));
        host.channels().postReadable(channel, "answered");
    }

    private static HttpExchange.Answer arrived(HttpAnswer answer) {
        List<Integer> sizes = answer.headers().stream().map(h -> Bytes.utf8(h).size()).toList();
        return new HttpExchange.Answer(
                answer.result(), answer.status(), answer.headers(), sizes, answer.body());
    }

    private static void fill(Host host, Channel channel, HttpExchange.Answer arrived) {
        Bytes lineEnd = Bytes.utf8("\r\n");
        Bytes text = Bytes.EMPTY;
        for (String header : arrived.headers()) {
            text = text.plus(Bytes.utf8(header)).plus(lineEnd);
        }
        if (!arrived.headers().isEmpty()) {
            text = text.plus(lineEnd);
        }
        host.channels().fillReceive(channel, 0, text.plus(arrived.body()));
    }
}
