package dev.microvisor.emulator.kernel.system;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvGetMicroseconds}: time since Microvisor started, on the clock of notifications. */
public final class GetMicroseconds implements HostCall<GetMicroseconds.Args> {
    /** Arguments by the header's names. */
    public record Args(int ms) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writable(args.ms(), Long.BYTES)) {
            return Status.PARAMETERFAULT;
        }
        host.memory().putLong(args.ms(), host.clock().microseconds());
        return Status.OKAY;
    }
}
