package dev.microvisor.dap.firmware;

import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.ChannelView;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.view.LogLine;
import java.util.function.BooleanSupplier;

/** Passes events on, except while the machine does again what it has done before. */
final class OnceListener implements KernelListener {
    private final KernelListener inner;
    private final BooleanSupplier replaying;

    OnceListener(KernelListener inner, BooleanSupplier replaying) {
        this.inner = inner;
        this.replaying = replaying;
    }

    private void once(Runnable event) {
        if (!replaying.getAsBoolean()) {
            event.run();
        }
    }

    @Override
    public void logged(LogLine line) {
        once(() -> inner.logged(line));
    }

    @Override
    public void notificationPosted(NotificationPosted posted) {
        once(() -> inner.notificationPosted(posted));
    }

    @Override
    public void channelChanged(ChannelView channel, String what) {
        once(() -> inner.channelChanged(channel, what));
    }

    @Override
    public void networkChanged(String status, long instruction) {
        once(() -> inner.networkChanged(status, instruction));
    }

    @Override
    public void called(CallView call) {
        once(() -> inner.called(call));
    }

    @Override
    public boolean wantsCalls() {
        return !replaying.getAsBoolean() && inner.wantsCalls();
    }

    @Override
    public void faultInjected(String description, long instruction) {
        once(() -> inner.faultInjected(description, instruction));
    }

    @Override
    public void intervened(String description, long instruction) {
        inner.intervened(description, instruction); // Only people do it, never a replay.
    }

    @Override
    public void applicationRestarted(String wakeReason, long instruction) {
        once(() -> inner.applicationRestarted(wakeReason, instruction));
    }
}
