package dev.microvisor.emulator.kernel.power;

import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.NetworkStatus;
import dev.microvisor.emulator.api.RestartMode;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/**
 * {@code mvRestart}: ends the application and starts it again, with a waiting update. What makes
 * Microvisor too busy is not stated; here it is an attempt to connect.
 */
public final class Restart implements HostCall<Restart.Args> {
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
        if (ApiConstant.fromCode(RestartMode.class, args.mode()).isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        if (host.network().status() == NetworkStatus.CONNECTING) {
            return Status.MICROVISORBUSY;
        }
        host.power().restart();
        return Status.OKAY;
    }
}
