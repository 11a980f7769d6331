package dev.microvisor.emulator.kernel.channels;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/**
 * {@code mvWriteChannel}: writes all bytes or none, and says how much is free then; {@code
 * mvWriteChannelStream}: writes what fits, and says how much that was.
 */
public final class WriteChannel implements HostCall<WriteChannel.Args> {
    private final boolean stream;

    private WriteChannel(boolean stream) {
        this.stream = stream;
    }

    public static WriteChannel allOrNothing() {
        return new WriteChannel(false);
    }

    public static WriteChannel whatFits() {
        return new WriteChannel(true);
    }

    /** Arguments by the header's names; the count is {@code available} or {@code written}. */
    public record Args(int handle, int data, int len, int count) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1), words.word(2), words.word(3));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<Bytes> data =
                args.len() == 0
                        ? Optional.of(Bytes.EMPTY)
                        : host.memory().bytes(args.data(), args.len());
        if (data.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        Optional<Channel> channel = ByteTransfer.find(host, args.handle());
        if (channel.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        if (!channel.get().open()) {
            return Status.CHANNELCLOSED;
        }
        int free = ByteTransfer.free(channel.get());
        int size = data.get().size();
        if (!stream && size > free) {
            return ByteTransfer.report(host, args.count(), free) == Status.OKAY
                    ? Status.INVALIDBUFFERSIZE
                    : Status.PARAMETERFAULT;
        }
        int written = Math.min(size, free);
        ByteTransfer.write(host, channel.get(), data.get().slice(0, written));
        return ByteTransfer.report(host, args.count(), stream ? written : free - written);
    }
}
