package dev.microvisor.dap.firmware;

import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.ChannelView;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.view.LogLine;
import java.util.List;
import java.util.function.Consumer;

/** Tells two listeners. Every method of the interface is passed on; a test counts them. */
public record BothListeners(KernelListener first, KernelListener second) implements KernelListener {
    private void both(Consumer<KernelListener> event) {
        List.of(first, second).forEach(event);
    }

    @Override
    public void logged(LogLine line) {
        both(l -> l.logged(line));
    }

    @Override
    public void notificationPosted(NotificationPosted posted) {
        both(l -> l.notificationPosted(posted));
    }

    @Override
    public void channelChanged(ChannelView channel, String what) {
        both(l -> l.channelChanged(channel, what));
    }

    @Override
    public void networkChanged(String status, long instruction) {
        both(l -> l.networkChanged(status, instruction));
    }

    @Override
    public void called(CallView call) {
        both(
                l -> {
                    if (l.wantsCalls()) {
                        l.called(call);
                    }
                });
    }

    @Override
    public boolean wantsCalls() {
        return first.wantsCalls() || second.wantsCalls();
    }

    @Override
    public void faultInjected(String description, long instruction) {
        both(l -> l.faultInjected(description, instruction));
    }

    @Override
    public void applicationRestarted(String wakeReason, long instruction) {
        both(l -> l.applicationRestarted(wakeReason, instruction));
    }

    @Override
    public void intervened(String description, long instruction) {
        both(l -> l.intervened(description, instruction));
    }
}
