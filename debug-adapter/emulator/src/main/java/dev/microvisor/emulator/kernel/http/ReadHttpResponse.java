package dev.microvisor.emulator.kernel.http;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.channels.Channel;
import java.util.Optional;
import java.util.function.BiFunction;

/** What the three calls that read an answer have in common: finding it. */
final class ReadHttpResponse {
    private ReadHttpResponse() {}

    /** Runs {@code reader} on the channel and its answer, or says why there is none. */
    static Status read(
            Host host, int handle, BiFunction<Channel, HttpExchange.Answer, Status> reader) {
        Optional<Channel> channel = host.channels().find(handle, ChannelType.HTTP);
        if (channel.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        if (channel.get().traffic() instanceof HttpExchange exchange
                && exchange.answer().isPresent()) {
            return reader.apply(channel.get(), exchange.answer().get());
        }
        // What has been received can be read after a break, so only a break without an answer ends.
        return channel.get().open() ? Status.RESPONSENOTPRESENT : Status.CHANNELCLOSED;
    }

    /** Copies from the receive buffer, where the answer stays until the channel is closed. */
    static void copy(Host host, Channel channel, int offset, int count, int target) {
        Bytes content = host.memory().read(channel.receive().address() + offset, count);
        host.memory().write(target, content);
    }
}
