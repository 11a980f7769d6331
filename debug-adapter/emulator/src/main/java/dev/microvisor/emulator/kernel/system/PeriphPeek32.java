package dev.microvisor.emulator.kernel.system;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvPeriphPeek32}: reads a register that the application may not read itself. */
public final class PeriphPeek32 implements HostCall<PeriphPeek32.Args> {
    /** Arguments by the header's names. */
    public record Args(int reg, int output) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.clockRegisters().supports(args.reg())) {
            return Status.PERIPHERALACCESSFAULT;
        }
        if (!host.memory().writableWord(args.output())) {
            return Status.PARAMETERFAULT;
        }
        host.memory().putWord(args.output(), host.clockRegisters().peek(args.reg()));
        return Status.OKAY;
    }
}
