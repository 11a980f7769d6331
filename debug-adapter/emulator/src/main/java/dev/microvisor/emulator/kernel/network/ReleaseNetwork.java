package dev.microvisor.emulator.kernel.network;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvReleaseNetwork}: drops a reference; channels opened through it end. */
public final class ReleaseNetwork implements HostCall<ReleaseNetwork.Args> {
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
        int handle = host.memory().word(args.handle());
        if (host.network().find(handle).isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        host.network().release(handle);
        host.memory().putWord(args.handle(), 0);
        return Status.OKAY;
    }
}
