package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.guest.Timed;

/**
 * IWDG. Once started it cannot be stopped; when it runs out, the run ends, as the device would
 * reset.
 */
final class IndependentWatchdog extends RegisterPeripheral {
    private static final int KR = 0x00;
    private static final int PR = 0x04;
    private static final int RLR = 0x08;
    private static final int WINR = 0x10;
    private static final int START = 0xCCCC;
    private static final int RELOAD = 0xAAAA;
    private static final int LSI_HZ = 32_000;
    private static final int MAX_RELOAD = 0xFFF;
    private static final int MAX_PRESCALER = 8;

    private long due = Timed.NEVER;

    IndependentWatchdog(int baseAddress) {
        super("IWDG", baseAddress);
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .register(KR, "KR")
                .writeOnly(0, 16, "KEY")
                .reserved(16, 16)
                .onWrite((before, written) -> key(written))
                .register(PR, "PR")
                .field(0, 4, "PR")
                .reserved(4, 28)
                .register(RLR, "RLR")
                .field(0, 12, "RL")
                .reserved(12, 20)
                .resetTo(MAX_RELOAD)
                .register(0x0C, "SR")
                .readOnly(0, 16, "PVU, RVU, WVU, EWU, EWIF")
                .reserved(16, 16)
                .register(WINR, "WINR")
                .unimplemented(0, 12, "window")
                .reserved(12, 20)
                .resetTo(MAX_RELOAD)
                .register(0x14, "EWCR")
                .unimplemented(0, 16, "early wakeup")
                .reserved(16, 16);
    }

    private void key(int key) {
        if (key == START || (key == RELOAD && due != Timed.NEVER)) {
            long divider = 4L << Math.min(bank().get(PR), MAX_PRESCALER);
            long ticks = (bank().get(RLR) + 1L) * divider;
            due = guest().now() + ticks * guest().clockHz() / LSI_HZ;
        }
    }

    @Override
    public long nextEvent() {
        return due;
    }

    @Override
    public void runEvents(long now) {
        if (due <= now) {
            due = Timed.NEVER;
            guest().requestStop(
                            new StopReason.Event(
                                    "watchdog",
                                    "IWDG was not fed in time; the device would reset here"));
        }
    }

    @Override
    Object extraState() {
        return due;
    }

    @Override
    void restoreExtraState(Object state) {
        due = (Long) state;
    }

    @Override
    void resetExtraState() {
        due = Timed.NEVER;
    }
}
