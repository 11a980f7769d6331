package dev.microvisor.emulator.kernel.hand;

import dev.microvisor.emulator.api.ClosureReason;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.channels.Channel;
import java.util.Optional;

/** The other side ends a channel: its centre is told, and the application has to close it. */
public record EndChannel(int channel, ClosureReason reason) implements Intervention {
    @Override
    public Outcome apply(Host host) {
        Optional<Channel> found = host.channels().find(channel);
        if (found.isEmpty()) {
            return Outcome.refused(
                    "there is no live channel 0x%08x: 'mv channels' lists them", channel);
        }
        if (!found.get().open()) {
            return Outcome.refused(
                    "channel 0x%08x has ended already: %s",
                    channel, found.get().reason().constantName());
        }
        host.channels().breakChannels(c -> c.handle() == channel, reason);
        return Outcome.done(
                "channel 0x%08x ended with %s; its notification follows",
                channel, reason.constantName());
    }
}
