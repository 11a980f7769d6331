package dev.microvisor.emulator.kernel.power;

import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.DeepSleepMode;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvDeepSleep}: ends the application; the device restarts when it wakes. */
public final class DeepSleep implements HostCall<DeepSleep.Args> {
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
        Optional<DeepSleepMode> mode = ApiConstant.fromCode(DeepSleepMode.class, args.mode());
        if (mode.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        if (host.power().networkActive()) {
            return Status.MICROVISORBUSY;
        }
        host.power().deepSleep(mode.get());
        return Status.OKAY;
    }
}
