package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.ResetCause;
import dev.microvisor.emulator.guest.Timed;

/**
 * IWDG, on a clock of 32 kHz. Once started it cannot be stopped; when it is not fed in time, or fed
 * while its counter is above the window, the application is reset.
 */
final class IndependentWatchdog extends RegisterPeripheral {
    private static final int KR = 0x00;
    private static final int PR = 0x04;
    private static final int RLR = 0x08;
    private static final int SR = 0x0C;
    private static final int WINR = 0x10;
    private static final int EWCR = 0x14;
    private static final int START = 0xCCCC;
    private static final int RELOAD = 0xAAAA;
    private static final int EWIF = 1 << 14;
    private static final int EWIC = 1 << 14;
    private static final int EWIE = 1 << 15;
    private static final int LSI_HZ = 32_000;
    private static final int MAX_RELOAD = 0xFFF;
    private static final int MAX_PRESCALER = 8;
    private static final int IRQ = 27;

    private Count count;

    IndependentWatchdog(int baseAddress) {
        super("IWDG", baseAddress);
        keep(Count.OFF, () -> count, next -> count = next);
    }

    /**
     * The counter was reloaded at an instruction.
     *
     * @param at negative: it is off
     * @param value that it was reloaded with
     * @param divider ticks of the clock that one of the counter takes
     * @param warned true when the early warning has been given
     */
    private record Count(long at, int value, long divider, boolean warned) {
        static final Count OFF = new Count(-1, 0, 0, false);
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
                .register(SR, "SR")
                .readOnly(0, 16, "PVU, RVU, WVU, EWU, EWIF")
                .reserved(16, 16)
                .register(WINR, "WINR")
                .field(0, 12, "WIN")
                .reserved(12, 20)
                .resetTo(MAX_RELOAD)
                .onWrite((before, written) -> reload())
                .register(EWCR, "EWCR")
                .field(0, 12, "EWIT")
                .reserved(12, 2)
                .writeOnly(14, 1, "EWIC")
                .field(15, 1, "EWIE")
                .reserved(16, 16)
                .onWrite((before, written) -> clearWarning(written));
    }

    private boolean isOn() {
        return count.at() >= 0;
    }

    private void key(int key) {
        if (key == START && !isOn()) {
            reload(true);
        } else if (key == RELOAD && isOn()) {
            long passed =
                    (guest().now() - count.at()) * LSI_HZ / guest().clockHz() / count.divider();
            if (count.value() - passed > bank().get(WINR)) {
                guest().watchdogReset(
                                ResetCause.INDEPENDENT_WATCHDOG,
                                "IWDG was fed too early, outside its window");
            } else {
                reload();
            }
        }
    }

    private void reload() {
        reload(isOn());
    }

    private void reload(boolean on) {
        if (on) {
            long divider = 4L << Math.min(bank().get(PR), MAX_PRESCALER);
            count = new Count(guest().now(), bank().get(RLR), divider, false);
        }
    }

    private void clearWarning(int written) {
        if ((written & EWIC) != 0) {
            bank().clearBits(SR, EWIF);
        }
    }

    /** Instruction at which so many counts have passed. */
    private long after(long counts) {
        return count.at() + counts * count.divider() * guest().clockHz() / LSI_HZ;
    }

    private long warningDue() {
        boolean wanted = bank().isSet(EWCR, EWIE) && !count.warned();
        int left = bank().get(EWCR) & MAX_RELOAD;
        return wanted && left < count.value() ? after(count.value() - left) : Timed.NEVER;
    }

    @Override
    void changed() {
        guest().setInterruptLine(IRQ, bank().isSet(SR, EWIF) && bank().isSet(EWCR, EWIE));
    }

    @Override
    public long nextEvent() {
        return isOn() ? Math.min(warningDue(), after(count.value() + 1L)) : Timed.NEVER;
    }

    @Override
    public void runEvents(long now) {
        if (after(count.value() + 1L) <= now) {
            count = Count.OFF;
            guest().watchdogReset(ResetCause.INDEPENDENT_WATCHDOG, "IWDG was not fed in time");
        } else if (warningDue() <= now) {
            count = new Count(count.at(), count.value(), count.divider(), true);
            bank().setBits(SR, EWIF);
        }
        changed();
    }
}
