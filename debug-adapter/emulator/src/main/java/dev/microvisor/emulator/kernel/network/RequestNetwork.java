package dev.microvisor.emulator.kernel.network;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvRequestNetwork}: takes a reference to the network and connects when needed. */
public final class RequestNetwork implements HostCall<RequestNetwork.Args> {
    /** Arguments by the header's names. */
    public record Args(int params, int handle) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> params =
                host.memory().struct("MvRequestNetworkParams", args.params());
        if (params.isEmpty() || !host.memory().writableWord(args.handle())) {
            return Status.PARAMETERFAULT;
        }
        if (params.get().word("version") != 1) {
            return Status.UNSUPPORTEDSTRUCTUREVERSION;
        }
        // The network page gives this status to wrong properties and to too many handles as well.
        int centre = params.get().word("v1.notification_handle");
        if (host.centres().find(centre).isEmpty()
                || host.network().references().size() >= host.limit("network-handles")) {
            return Status.PARAMETERFAULT;
        }
        int tag = params.get().word("v1.notification_tag");
        host.memory().putWord(args.handle(), host.network().request(centre, tag));
        return Status.OKAY;
    }
}
