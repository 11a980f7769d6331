package dev.microvisor.emulator.kernel.system;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** {@code mvGetWallTime}: microseconds since 1970, once the server has told the time. */
public final class GetWallTime implements HostCall<GetWallTime.Args> {
    /** Arguments by the header's names. */
    public record Args(int usec) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writable(args.usec(), Long.BYTES)) {
            return Status.PARAMETERFAULT;
        }
        Optional<Instant> now = host.network().wallTime();
        if (now.isEmpty()) {
            return Status.TIMENOTSET;
        }
        host.memory().putLong(args.usec(), ChronoUnit.MICROS.between(Instant.EPOCH, now.get()));
        return Status.OKAY;
    }
}
