package dev.microvisor.emulator.kernel.channels;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvReadChannel}: where unread bytes lie and how many are there in one piece. */
public final class ReadChannel implements HostCall<ReadChannel.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int readPointerOut, int lengthOut) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1), words.word(2));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writableWord(args.readPointerOut())
                || !host.memory().writableWord(args.lengthOut())) {
            return Status.PARAMETERFAULT;
        }
        Optional<Channel> channel = ByteTransfer.find(host, args.handle());
        if (channel.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        ByteStream stream = ByteStream.of(channel.get());
        if (!channel.get().open() && !stream.hasReceived()) {
            return Status.CHANNELCLOSED;
        }
        Buffer buffer = channel.get().receive();
        int from = Math.floorMod(stream.consumed(), buffer.sizeBytes());
        int length = Math.min(stream.receiveUsed(), buffer.sizeBytes() - from);
        host.memory().putWord(args.readPointerOut(), buffer.address() + from);
        host.memory().putWord(args.lengthOut(), length);
        return Status.OKAY;
    }
}
