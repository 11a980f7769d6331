package dev.microvisor.emulator.kernel.notifications;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvTempTriggerNotification}: posts a record of the application's own making. */
public final class TempTriggerNotification implements HostCall<TempTriggerNotification.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int type, int tag) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1), words.word(2));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (host.centres().find(args.handle()).isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        host.centres().post(args.handle(), args.type(), args.tag());
        return Status.OKAY;
    }
}
