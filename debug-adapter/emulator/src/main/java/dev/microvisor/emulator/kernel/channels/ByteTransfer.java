package dev.microvisor.emulator.kernel.channels;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.EventType;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.Host;
import java.util.Optional;

/**
 * Moves plain bytes. The far end takes what the application writes after a while; it echoes it when
 * the cloud file says so, and is silent otherwise.
 */
final class ByteTransfer {
    /** From a write until the far end has taken the bytes. */
    static final int DELAY_MS = 50;

    private ByteTransfer() {}

    /** A live channel of plain bytes. */
    static Optional<Channel> find(Host host, int handle) {
        return host.channels().find(handle, ChannelType.OPAQUEBYTES);
    }

    static int free(Channel channel) {
        return channel.send().sizeBytes() - ByteStream.of(channel).sendUsed();
    }

    static void write(Host host, Channel channel, Bytes content) {
        if (content.isEmpty()) {
            return;
        }
        ByteStream stream = ByteStream.of(channel);
        host.channels().fillSend(channel, stream.written(), content);
        int written = stream.written() + content.size();
        host.channels()
                .change(
                        channel.handle(),
                        t ->
                                new ByteStream(
                                        stream.sent(),
                                        written,
                                        stream.consumed(),
                                        stream.received()));
        host.agenda()
                .add(host.clock().inMilliseconds(DELAY_MS), new Taken(channel.handle(), written));
    }

    /** Writes a count where the application wants it, after the bytes have moved. */
    static Status report(Host host, int address, int count) {
        if (!host.memory().writableWord(address)) {
            return Status.LATEFAULT;
        }
        host.memory().putWord(address, count);
        return Status.OKAY;
    }

    /** The far end has taken all bytes up to a position. */
    record Taken(int channel, int upTo) implements ChannelEvent {
        @Override
        public void happen(Host host) {
            Optional<Channel> found = ByteTransfer.find(host, channel);
            if (found.isEmpty()) {
                return;
            }
            ByteStream stream = ByteStream.of(found.get());
            int count = upTo - stream.sent();
            if (count <= 0) {
                return;
            }
            int space = found.get().receive().sizeBytes() - stream.receiveUsed();
            int echoed = host.cloud().bytes().echo() ? Math.min(count, space) : 0;
            if (echoed > 0) {
                Bytes content = read(host, found.get().send(), stream.sent(), echoed);
                host.channels().fillReceive(found.get(), stream.received(), content);
            }
            host.channels()
                    .change(
                            channel,
                            t ->
                                    new ByteStream(
                                            upTo,
                                            stream.written(),
                                            stream.consumed(),
                                            stream.received() + echoed));
            host.centres()
                    .post(
                            found.get().notificationHandle(),
                            EventType.CHANNELDATAWRITESPACE,
                            found.get().tag());
            if (echoed > 0) {
                host.channels().postReadable(channel, "received bytes");
            } else if (!host.cloud().bytes().echo()) {
                host.guest()
                        .warnOnce(
                                "nobody answers on a channel of plain bytes (OPAQUEBYTES);"
                                        + " write [bytes] echo = true in the cloud file to get them"
                                        + " back");
            }
        }

        private static Bytes read(Host host, Buffer buffer, int position, int count) {
            int from = Math.floorMod(position, buffer.sizeBytes());
            int first = Math.min(count, buffer.sizeBytes() - from);
            return host.memory()
                    .read(buffer.address() + from, first)
                    .plus(host.memory().read(buffer.address(), count - first));
        }
    }
}
