package dev.microvisor.emulator.kernel.interrupts;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvEnableAllFastInterrupts}: undoes {@code mvDisableAllFastInterrupts}. */
public final class EnableAllFastInterrupts implements HostCall<HostCall.NoArgs> {
    @Override
    public NoArgs decode(Words words) {
        return new NoArgs();
    }

    @Override
    public Status handle(NoArgs args, Host host) {
        host.fastInterrupts().enableAll(true);
        return Status.OKAY;
    }
}
