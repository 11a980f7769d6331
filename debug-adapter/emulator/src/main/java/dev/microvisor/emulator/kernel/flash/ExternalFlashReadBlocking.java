package dev.microvisor.emulator.kernel.flash;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvExternalFlashReadBlocking}: reads while the application waits. */
public final class ExternalFlashReadBlocking implements HostCall<ExternalFlashReadBlocking.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int address, int length, int buffer) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1), words.word(2), words.word(3));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (host.inInterrupt()) {
            return Status.UNAVAILABLE;
        }
        if (!host.memory().writable(args.buffer(), args.length())) {
            return Status.PARAMETERFAULT;
        }
        if (!host.flash().isOpen(args.handle())) {
            return Status.INVALIDHANDLE;
        }
        if (!host.flash().contains(args.address(), args.length())) {
            return Status.ADDRESSOUTOFRANGE;
        }
        host.memory().write(args.buffer(), host.flash().read(args.address(), args.length()));
        return Status.OKAY;
    }
}
