package dev.microvisor.emulator.kernel.channels;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvWriteChannelStream}: writes as many bytes as fit, and says how many that were. */
public final class WriteChannelStream implements HostCall<WriteChannelStream.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int data, int len, int written) {}

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
        int count = Math.min(data.get().size(), ByteTransfer.free(channel.get()));
        ByteTransfer.write(host, channel.get(), data.get().slice(0, count));
        return ByteTransfer.report(host, args.written(), count);
    }
}
