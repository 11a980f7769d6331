package dev.microvisor.emulator.kernel.network;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvGetNetworkStatus}: the status of this instant. */
public final class GetNetworkStatus implements HostCall<GetNetworkStatus.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int status) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writableWord(args.status())) {
            return Status.PARAMETERFAULT;
        }
        if (host.network().find(args.handle()).isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        host.memory().putWord(args.status(), host.network().status().code());
        return Status.OKAY;
    }
}
