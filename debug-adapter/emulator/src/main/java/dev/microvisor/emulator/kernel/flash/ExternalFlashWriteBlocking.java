package dev.microvisor.emulator.kernel.flash;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvExternalFlashWriteBlocking}: clears bits, as NOR flash does. */
public final class ExternalFlashWriteBlocking implements HostCall<ExternalFlashWriteBlocking.Args> {
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
        Optional<Bytes> content = host.memory().bytes(args.buffer(), args.length());
        if (content.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        if (!host.flash().isOpen(args.handle())) {
            return Status.INVALIDHANDLE;
        }
        if (!host.flash().contains(args.address(), args.length())) {
            return Status.ADDRESSOUTOFRANGE;
        }
        host.flash().write(args.address(), content.get());
        return Status.OKAY;
    }
}
