package dev.microvisor.emulator.kernel.system;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/**
 * {@code mvGetSysClk}, {@code mvGetHClk}, {@code mvGetPClk1} and {@code mvGetPClk2}. No bus divides
 * its clock, so all four answer the same, and {@link ClockRegisters} agree with them.
 */
public final class GetClock implements HostCall<GetClock.Args> {
    /** Arguments by the header's names. */
    public record Args(int hz) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writableWord(args.hz())) {
            return Status.PARAMETERFAULT;
        }
        host.memory().putWord(args.hz(), host.guest().clockHz());
        return Status.OKAY;
    }
}
