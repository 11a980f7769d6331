package dev.microvisor.emulator.kernel.channels;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvGetChannelClosureReason}: why a channel is broken; NONE while it is not. */
public final class GetChannelClosureReason implements HostCall<GetChannelClosureReason.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int reasonOut) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writableWord(args.reasonOut())) {
            return Status.PARAMETERFAULT;
        }
        Optional<Channel> channel = host.channels().find(args.handle());
        if (channel.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        host.memory().putWord(args.reasonOut(), channel.get().reason().code());
        return Status.OKAY;
    }
}
