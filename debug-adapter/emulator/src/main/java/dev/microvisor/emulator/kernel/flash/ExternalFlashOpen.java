package dev.microvisor.emulator.kernel.flash;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvExternalFlashOpen}: gives a handle to the flash. */
public final class ExternalFlashOpen implements HostCall<ExternalFlashOpen.Args> {
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
        if (host.flash().handleCount() >= host.limit("external-flash-handles")) {
            return Status.TOOMANYCHANNELS;
        }
        host.memory().putWord(args.handle(), host.flash().open());
        return Status.OKAY;
    }
}
