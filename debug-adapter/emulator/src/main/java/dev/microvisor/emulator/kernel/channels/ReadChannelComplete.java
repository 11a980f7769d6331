package dev.microvisor.emulator.kernel.channels;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/**
 * {@code mvReadChannelComplete}: gives bytes of the receive buffer back. When some are left unread,
 * the channel says again that it is readable.
 */
public final class ReadChannelComplete implements HostCall<ReadChannelComplete.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int consumed) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<Channel> channel = ByteTransfer.find(host, args.handle());
        if (channel.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        ByteStream stream = ByteStream.of(channel.get());
        if (!channel.get().open() && !stream.hasReceived()) {
            return Status.CHANNELCLOSED;
        }
        // Nothing is said about more bytes than there are; no more than those can be given back.
        long consumed = Math.min(Integer.toUnsignedLong(args.consumed()), stream.receiveUsed());
        ByteStream rest =
                new ByteStream(
                        stream.sent(),
                        stream.written(),
                        stream.consumed() + (int) consumed,
                        stream.received());
        host.channels().change(args.handle(), t -> rest);
        if (rest.hasReceived()) {
            host.channels().postReadable(args.handle(), "bytes left to read");
        }
        return Status.OKAY;
    }
}
