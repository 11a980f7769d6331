package dev.microvisor.emulator.kernel.power;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvSystemLedEnable}: 0 off, 1 on; other values are reserved and taken as on. */
public final class SystemLedEnable implements HostCall<SystemLedEnable.Args> {
    /** Arguments by the header's names. */
    public record Args(int enable) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (host.inInterrupt()) {
            return Status.UNAVAILABLE;
        }
        host.power().setSystemLed(args.enable() != 0);
        return Status.OKAY;
    }
}
