package dev.microvisor.emulator.kernel.testmode;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvTestingComplete}: ends a factory test, 0 for passed; does not return. */
public final class TestingComplete implements HostCall<TestingComplete.Args> {
    /** Arguments by the header's names. */
    public record Args(int status) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.testMode().active()) {
            return Status.UNAVAILABLE;
        }
        host.guest().halt();
        host.guest()
                .requestStop(
                        args.status() == 0
                                ? new StopReason.Exited(0, "test passed")
                                : new StopReason.Exited(
                                        1, "test failed with status " + args.status()));
        return Status.OKAY;
    }
}
