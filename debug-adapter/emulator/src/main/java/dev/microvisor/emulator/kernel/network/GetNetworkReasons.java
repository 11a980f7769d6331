package dev.microvisor.emulator.kernel.network;

import dev.microvisor.emulator.api.NetworkReason;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvGetNetworkReasons}: why Microvisor is online, and how many handles live. */
public final class GetNetworkReasons implements HostCall<GetNetworkReasons.Args> {
    /** Arguments by the header's names. */
    public record Args(int reasons, int requestRefCount) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writableWord(args.reasons())
                || !host.memory().writableWord(args.requestRefCount())) {
            return Status.PARAMETERFAULT;
        }
        int flags = 0;
        for (NetworkReason reason : host.network().reasons()) {
            flags |= reason.code();
        }
        host.memory().putWord(args.reasons(), flags);
        host.memory().putWord(args.requestRefCount(), host.network().references().size());
        return Status.OKAY;
    }
}
