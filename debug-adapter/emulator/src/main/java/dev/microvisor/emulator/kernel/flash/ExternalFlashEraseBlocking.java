package dev.microvisor.emulator.kernel.flash;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvExternalFlashEraseBlocking}: sets whole sectors to ones. */
public final class ExternalFlashEraseBlocking implements HostCall<ExternalFlashEraseBlocking.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int address, int length) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1), words.word(2));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (host.inInterrupt()) {
            return Status.UNAVAILABLE;
        }
        if (!host.flash().isOpen(args.handle())) {
            return Status.INVALIDHANDLE;
        }
        if (!host.flash().contains(args.address(), args.length())) {
            return Status.ADDRESSOUTOFRANGE;
        }
        if (!host.flash().wholeSectors(args.address(), args.length())) {
            return Status.INVALIDBUFFERALIGNMENT;
        }
        host.flash().erase(args.address(), args.length());
        return Status.OKAY;
    }
}
