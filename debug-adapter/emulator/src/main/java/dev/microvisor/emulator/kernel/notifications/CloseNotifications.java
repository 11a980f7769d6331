package dev.microvisor.emulator.kernel.notifications;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/**
 * {@code mvCloseNotifications}: gives the ring back. Networks and channels that still name the
 * centre are no obstacle; an interrupt that is already pending stays pending.
 */
public final class CloseNotifications implements HostCall<CloseNotifications.Args> {
    /** Arguments by the header's names. */
    public record Args(int handleInOut) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writableWord(args.handleInOut())) {
            return Status.PARAMETERFAULT;
        }
        int handle = host.memory().word(args.handleInOut());
        if (host.centres().find(handle).isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        host.centres().close(handle);
        host.memory().putWord(args.handleInOut(), 0);
        return Status.OKAY;
    }
}
