package dev.microvisor.emulator.kernel.flash;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvExternalFlashGetInfo}: tells size and chip; the caller sets the version first. */
public final class ExternalFlashGetInfo implements HostCall<ExternalFlashGetInfo.Args> {
    private static final String STRUCT = "MvExternalFlashInfo";

    /** Arguments by the header's names. */
    public record Args(int handle, int info) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (host.inInterrupt()) {
            return Status.UNAVAILABLE;
        }
        Optional<GuestStruct> info = host.memory().struct(STRUCT, args.info());
        if (info.isEmpty() || !host.memory().writableStruct(STRUCT, args.info())) {
            return Status.PARAMETERFAULT;
        }
        if (!host.flash().isOpen(args.handle())) {
            return Status.INVALIDHANDLE;
        }
        if (info.get().word("version") != 1) {
            return Status.UNSUPPORTEDSTRUCTUREVERSION;
        }
        host.memory()
                .writer(STRUCT, args.info())
                .put("v1.chip_id", ExternalFlash.CHIP_ID)
                .put("v1.size", host.flash().size())
                .put("v1.num_handles", host.flash().handleCount());
        return Status.OKAY;
    }
}
