package dev.microvisor.emulator.kernel.flash;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvExternalFlashClose}: ends a handle and zeroes its variable. */
public final class ExternalFlashClose implements HostCall<ExternalFlashClose.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (host.inInterrupt()) {
            return Status.UNAVAILABLE;
        }
        if (!host.memory().writableWord(args.handle())) {
            return Status.PARAMETERFAULT;
        }
        int handle = host.memory().word(args.handle());
        if (!host.flash().isOpen(handle)) {
            return Status.INVALIDHANDLE;
        }
        host.flash().close(handle);
        host.memory().putWord(args.handle(), 0);
        return Status.OKAY;
    }
}
