package dev.microvisor.emulator.kernel.system;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvNoOp}: does nothing, well. */
public final class NoOp implements HostCall<HostCall.NoArgs> {
    @Override
    public NoArgs decode(Words words) {
        return new NoArgs();
    }

    @Override
    public Status handle(NoArgs args, Host host) {
        return Status.OKAY;
    }
}
