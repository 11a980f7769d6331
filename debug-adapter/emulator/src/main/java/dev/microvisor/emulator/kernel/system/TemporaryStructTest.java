package dev.microvisor.emulator.kernel.system;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/**
 * {@code mvTemporaryStructTest}: a test hook that left the header and kept its slot. All that is
 * known of its structure is the version in front.
 */
public final class TemporaryStructTest implements HostCall<TemporaryStructTest.Args> {
    /** Arguments by the header's names. */
    public record Args(int in) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().readable(args.in(), Integer.BYTES)) {
            return Status.PARAMETERFAULT;
        }
        return host.memory().word(args.in()) == 1
                ? Status.OKAY
                : Status.UNSUPPORTEDSTRUCTUREVERSION;
    }
}
