package dev.microvisor.emulator.kernel.notifications;

import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.api.SystemSource;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvOpenSystemNotification}: asks to be told about the network or about updates. */
public final class OpenSystemNotification implements HostCall<OpenSystemNotification.Args> {
    /** Arguments by the header's names. */
    public record Args(int params, int handle) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (host.inInterrupt()) {
            return Status.UNAVAILABLE;
        }
        Optional<GuestStruct> params =
                host.memory().struct("MvOpenSystemNotificationParams", args.params());
        if (params.isEmpty() || !host.memory().writableWord(args.handle())) {
            return Status.PARAMETERFAULT;
        }
        int centre = params.get().word("notification_handle");
        Optional<SystemSource> source =
                ApiConstant.fromCode(SystemSource.class, params.get().word("notification_source"));
        if (host.centres().find(centre).isEmpty() || source.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        int tag = params.get().word("notification_tag");
        host.memory().putWord(args.handle(), host.systemEvents().open(source.get(), centre, tag));
        return Status.OKAY;
    }
}
