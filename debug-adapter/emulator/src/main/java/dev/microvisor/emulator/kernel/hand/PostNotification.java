package dev.microvisor.emulator.kernel.hand;

import dev.microvisor.emulator.api.EventType;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.notifications.Centre;
import java.util.Optional;

/** Writes a record into the ring of a centre and pends its interrupt. */
public record PostNotification(int centre, EventType event, int tag) implements Intervention {
    @Override
    public Outcome apply(Host host) {
        Optional<Centre> found = host.centres().find(centre);
        if (found.isEmpty()) {
            return Outcome.refused(
                    "there is no notification centre 0x%08x: 'mv centres' lists them", centre);
        }
        host.centres().burst(centre, event, tag, 1);
        return Outcome.done(
                "posted %s with tag 0x%08x to record %d of centre 0x%08x and pended IRQ %d",
                event.constantName(), tag, found.get().writeIndex(), centre, found.get().irq());
    }
}
