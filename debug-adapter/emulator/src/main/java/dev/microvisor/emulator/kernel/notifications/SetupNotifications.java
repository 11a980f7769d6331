package dev.microvisor.emulator.kernel.notifications;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvSetupNotifications}: gives Microvisor a ring to post into and an interrupt to pend. */
public final class SetupNotifications implements HostCall<SetupNotifications.Args> {
    /** Arguments by the header's names. */
    public record Args(int notifications, int handleOut) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> setup =
                host.memory().struct("MvNotificationSetup", args.notifications());
        if (setup.isEmpty() || !host.memory().writableWord(args.handleOut())) {
            return Status.PARAMETERFAULT;
        }
        int irq = setup.get().word("irq");
        int buffer = setup.get().word("buffer");
        int size = setup.get().word("buffer_size");
        if (!host.memory().writable(buffer, size)) {
            return Status.PARAMETERFAULT;
        }
        if (size < host.limit("notification-buffer-min-bytes")
                || size % host.limit("notification-record-bytes") != 0) {
            return Status.INVALIDBUFFERSIZE;
        }
        NotificationCentres centres = host.centres();
        if (centres.usesBuffer(buffer, size)) {
            return Status.BUFFERALREADYINUSE;
        }
        if (!host.guest().interruptExists(irq)
                || centres.usesInterrupt(irq)
                || host.fastInterrupts().isFast(irq)) {
            return Status.INVALIDINTERRUPT;
        }
        if (centres.all().size() >= host.limit("notification-centres")) {
            return Status.TOOMANYNOTIFICATIONBUFFERS;
        }
        host.memory().putWord(args.handleOut(), centres.open(irq, buffer, size));
        return Status.OKAY;
    }
}
