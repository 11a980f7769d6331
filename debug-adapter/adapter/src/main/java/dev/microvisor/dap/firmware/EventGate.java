package dev.microvisor.dap.firmware;

import dev.microvisor.dap.firmware.MicrovisorEvent.Kind;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.ChannelView;
import dev.microvisor.emulator.kernel.view.KernelListener;
import java.util.List;
import java.util.function.Consumer;

/**
 * Stops the machine at what Microvisor does, where somebody wants that. Unlike other listeners it
 * also listens while the machine replays: going back must find the same events.
 */
final class EventGate implements KernelListener {
    private static final String OKAY = "MV_STATUS_OKAY";

    private final Consumer<StopReason> stop;
    private final Runnable happened;
    private Target.EventFilter filter = Target.EventFilter.NONE;

    /**
     * @param stop ends the run after the instruction at hand
     * @param happened told of every event but calls, whether it stops or not
     */
    EventGate(Consumer<StopReason> stop, Runnable happened) {
        this.stop = stop;
        this.happened = happened;
    }

    void use(Target.EventFilter newFilter) {
        filter = newFilter;
    }

    @Override
    public boolean wantsCalls() {
        return filter.looksFor(Kind.CALL) || filter.looksFor(Kind.FAILED_CALL);
    }

    @Override
    public void called(CallView call) {
        offer(Kind.CALL, List.of(call.name(), call.statusName()), call.text());
        if (!call.statusName().equals(OKAY)) {
            offer(Kind.FAILED_CALL, List.of(call.name(), call.statusName()), call.text());
        }
    }

    @Override
    public void notificationPosted(NotificationPosted posted) {
        offer(
                Kind.NOTIFICATION,
                List.of(posted.eventName(), Integer.toUnsignedString(posted.tag())),
                String.format(
                        "%s with tag %s in record %d of the centre with interrupt %d",
                        posted.eventName(),
                        Integer.toUnsignedString(posted.tag()),
                        posted.index(),
                        posted.irq()));
    }

    @Override
    public void channelChanged(ChannelView channel, String what) {
        String handle = String.format("0x%08x", channel.handle());
        offer(
                Kind.CHANNEL,
                List.of(channel.type(), handle, what),
                "channel " + handle + " (" + channel.type() + ") " + what);
    }

    @Override
    public void networkChanged(String status, long instruction) {
        offer(Kind.NETWORK, List.of(status), "the network is " + status);
    }

    @Override
    public void applicationRestarted(String wakeReason, long instruction) {
        offer(Kind.RESTART, List.of(wakeReason), "the application starts again: " + wakeReason);
    }

    private void offer(Kind kind, List<String> names, String text) {
        happened.run();
        if (filter.looksFor(kind)) {
            MicrovisorEvent event = new MicrovisorEvent(kind, names, text);
            if (filter.stopsAt(event)) {
                stop.accept(new StopReason.Event(kind.name(), text));
            }
        }
    }
}
