package dev.microvisor.emulator.kernel.power;

import dev.microvisor.emulator.api.DeepSleepMode;
import dev.microvisor.emulator.api.EventType;
import dev.microvisor.emulator.api.NetworkStatus;
import dev.microvisor.emulator.api.SystemSource;
import dev.microvisor.emulator.api.WakeReason;
import dev.microvisor.emulator.cloud.CrashPolicy;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.kernel.call.Event;
import dev.microvisor.emulator.kernel.call.Host;

/** Sleeping, restarting and updates. */
public final class Power implements Stateful<Power.State> {
    /** From the end of an application until it starts again. */
    static final int RESTART_MS = 10;

    private final Host host;
    private State state = new State(WakeReason.COLDBOOT, false, false, 0);

    public Power(Host host) {
        this.host = host;
    }

    /**
     * Everything that changes.
     *
     * @param crashes how many have come one after the other
     */
    public record State(
            WakeReason wakeReason, boolean systemLed, boolean updateWaiting, int crashes) {}

    /** The application starts for the first time. */
    public void start() {
        state = new State(host.cloud().device().wakeReason(), false, false, 0);
    }

    public WakeReason wakeReason() {
        return state.wakeReason();
    }

    public boolean systemLed() {
        return state.systemLed();
    }

    void setSystemLed(boolean on) {
        state = new State(state.wakeReason(), on, state.updateWaiting(), state.crashes());
    }

    /** True while the network is up or coming up, which keeps the device awake. */
    boolean networkActive() {
        return host.network().status() != NetworkStatus.DELIBERATELYOFFLINE;
    }

    /** An update has been downloaded. Firmware that asked to be told decides when to apply it. */
    public void updateDownloaded() {
        state = new State(state.wakeReason(), state.systemLed(), true, state.crashes());
        boolean polite =
                host.systemEvents().all().stream().anyMatch(s -> s.source() == SystemSource.UPDATE);
        if (polite) {
            host.systemEvents().post(SystemSource.UPDATE, EventType.UPDATEDOWNLOADED);
        } else {
            restart();
        }
    }

    /** Ends the application and starts it again, with the update when one waits. */
    void restart() {
        restartLater(
                state.updateWaiting()
                        ? WakeReason.APPLICATIONUPDATE
                        : WakeReason.REMOTEAPPLICATIONRESTART,
                RESTART_MS);
    }

    /** Ends the application now and starts it again later. */
    public void restartLater(WakeReason reason, long ms) {
        host.guest().halt();
        host.agenda().add(host.clock().inMilliseconds(ms), new StartAgain(reason));
    }

    /**
     * The application has crashed and starts again, later from crash to crash.
     *
     * @param policy how long that takes at least and at most
     */
    public void restartAfterCrash(CrashPolicy policy) {
        int crashes = state.crashes() + 1;
        state = new State(state.wakeReason(), state.systemLed(), state.updateWaiting(), crashes);
        restartLater(WakeReason.APPLICATIONCRASH, policy.delayMs(crashes));
    }

    /** Ends the application until something wakes the device. */
    void deepSleep(DeepSleepMode mode) {
        if (host.cloud().power().wakeAfterMs().isEmpty()) {
            host.guest().halt();
            host.guest()
                    .requestStop(
                            new StopReason.Exited(
                                    0,
                                    "deep sleep for ever: the cloud file has no [power]"
                                            + " wake_after_ms"));
            return;
        }
        WakeReason reason =
                mode == DeepSleepMode.SHUTDOWN
                        ? WakeReason.COLDBOOT
                        : host.cloud().power().wakeReason();
        restartLater(reason, host.cloud().power().wakeAfterMs().getAsInt());
    }

    /** The application starts again. */
    public record StartAgain(WakeReason reason) implements Event {
        @Override
        public void happen(Host host) {
            host.restartApplication(reason);
        }
    }

    /** The application has been taken down and starts for this reason. */
    public void restarted(WakeReason reason) {
        state =
                new State(
                        reason,
                        false,
                        state.updateWaiting() && reason != WakeReason.APPLICATIONUPDATE,
                        reason == WakeReason.APPLICATIONCRASH ? state.crashes() : 0);
    }

    @Override
    public State save() {
        return state;
    }

    @Override
    public void restore(State saved) {
        state = saved;
    }
}
