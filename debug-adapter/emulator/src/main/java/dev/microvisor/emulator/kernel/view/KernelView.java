package dev.microvisor.emulator.kernel.view;

import java.util.List;
import java.util.Optional;

/**
 * Everything about Microvisor at one instruction.
 *
 * @param centres notification centres in the order of their setup
 * @param channels open channels first, then the last ones that ended; newest last in each
 * @param configItems configuration items asked for, oldest first
 * @param recentCalls the last system calls, oldest first
 * @param byHand the last interventions by hand, oldest first
 */
public record KernelView(
        long instruction,
        long microseconds,
        DeviceView device,
        NetworkView network,
        List<CentreView> centres,
        List<ChannelView> channels,
        List<ConfigItemView> configItems,
        LoggingView logging,
        List<SystemEventView> systemEvents,
        FlashView flash,
        List<CallView> recentCalls,
        List<ByHandView> byHand) {
    public KernelView {
        centres = List.copyOf(centres);
        channels = List.copyOf(channels);
        configItems = List.copyOf(configItems);
        systemEvents = List.copyOf(systemEvents);
        recentCalls = List.copyOf(recentCalls);
        byHand = List.copyOf(byHand);
    }

    public Optional<ChannelView> channel(int handle) {
        return channels.stream().filter(c -> c.handle() == handle).findFirst();
    }

    public Optional<CentreView> centre(int handle) {
        return centres.stream().filter(c -> c.handle() == handle).findFirst();
    }
}
