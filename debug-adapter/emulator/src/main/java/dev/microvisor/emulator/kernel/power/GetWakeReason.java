package dev.microvisor.emulator.kernel.power;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvGetWakeReason}: writes one byte, because the enumeration has one. */
public final class GetWakeReason implements HostCall<GetWakeReason.Args> {
    /** Arguments by the header's names. */
    public record Args(int mode) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (host.inInterrupt()) {
            return Status.UNAVAILABLE;
        }
        if (!host.memory().writable(args.mode(), 1)) {
            return Status.PARAMETERFAULT;
        }
        host.memory().putByte(args.mode(), host.power().wakeReason().code());
        return Status.OKAY;
    }
}
