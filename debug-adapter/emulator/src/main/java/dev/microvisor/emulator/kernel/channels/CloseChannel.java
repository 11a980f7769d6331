package dev.microvisor.emulator.kernel.channels;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/**
 * {@code mvCloseChannel}: takes the buffers back. A channel that was broken from outside is closed
 * as well, its variable zeroed too, and the answer is CHANNELCLOSED.
 */
public final class CloseChannel implements HostCall<CloseChannel.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writableWord(args.handle())) {
            return Status.PARAMETERFAULT;
        }
        Optional<Channel> channel = host.channels().find(host.memory().word(args.handle()));
        if (channel.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        host.channels().close(channel.get());
        host.memory().putWord(args.handle(), 0);
        return channel.get().open() ? Status.OKAY : Status.CHANNELCLOSED;
    }
}
