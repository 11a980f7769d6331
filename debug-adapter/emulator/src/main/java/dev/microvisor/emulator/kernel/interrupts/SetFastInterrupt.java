package dev.microvisor.emulator.kernel.interrupts;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvSetFastInterrupt}: marks an interrupt as fast; it is not enabled by that. */
public final class SetFastInterrupt implements HostCall<SetFastInterrupt.Args> {
    /** Arguments by the header's names. */
    public record Args(int irqn) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        return host.fastInterrupts().set(args.irqn());
    }
}
