package dev.microvisor.emulator.kernel.system;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/**
 * {@code mvPeriphPoke32}: new = (old & ~mask) ^ xorvalue, on the bits that the application may
 * change; the others stay, in silence.
 */
public final class PeriphPoke32 implements HostCall<PeriphPoke32.Args> {
    /** Arguments by the header's names. */
    public record Args(int reg, int mask, int xorvalue) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1), words.word(2));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.clockRegisters().supports(args.reg())) {
            return Status.PERIPHERALACCESSFAULT;
        }
        host.clockRegisters().poke(args.reg(), args.mask(), args.xorvalue());
        return Status.OKAY;
    }
}
