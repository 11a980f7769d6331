package dev.microvisor.emulator.kernel.interrupts;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvDisableAllFastInterrupts}: holds all fast interrupts back; each keeps its own state. */
public final class DisableAllFastInterrupts implements HostCall<HostCall.NoArgs> {
    @Override
    public NoArgs decode(Words words) {
        return new NoArgs();
    }

    @Override
    public Status handle(NoArgs args, Host host) {
        host.fastInterrupts().enableAll(false);
        return Status.OKAY;
    }
}
