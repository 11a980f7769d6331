package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.ResetCause;
import dev.microvisor.emulator.guest.Timed;

/**
 * WWDG: a counter that has to be set again before it falls below 0x40, and not while it is above
 * the window; otherwise the application is reset. Its clock is that of the core.
 */
final class WindowWatchdog extends RegisterPeripheral {
    private static final int CR = 0x00;
    private static final int CFR = 0x04;
    private static final int SR = 0x08;
    private static final int IRQ = 0;
    private static final int T = 0x7F;
    private static final int WDGA = 1 << 7;
    private static final int EWI = 1 << 9;
    private static final int EWIF = 1;
    private static final int WARNING = 0x40;
    private static final int CLOCKS = 4096;

    private Count count;

    WindowWatchdog(int baseAddress) {
        super("WWDG", baseAddress);
        keep(Count.OFF, () -> count, next -> count = next);
    }

    /** The counter had a value at an instruction; a negative instruction: it is off. */
    private record Count(long at, int value) {
        static final Count OFF = new Count(-1, T);
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .register(CR, "CR")
                .field(0, 7, "T")
                .field(7, 1, "WDGA")
                .reserved(8, 24)
                .resetTo(T)
                .shows(stored -> (stored & ~T) | (value() & T))
                .onWrite(this::feed)
                .register(CFR, "CFR")
                .field(0, 7, "W")
                .reserved(7, 2)
                .field(9, 1, "EWI")
                .reserved(10, 1)
                .field(11, 3, "WDGTB")
                .reserved(14, 18)
                .resetTo(T)
                .register(SR, "SR")
                .clearByZero(0, 1, "EWIF")
                .reserved(1, 31);
    }

    private boolean isOn() {
        return count.at() >= 0;
    }

    private long instructionsPerTick() {
        return (long) CLOCKS << (bank().get(CFR) >>> 11 & 7);
    }

    private int value() {
        return isOn()
                ? (int) (count.value() - (guest().now() - count.at()) / instructionsPerTick())
                : count.value();
    }

    private void feed(int before, int written) {
        int window = bank().get(CFR) & T;
        boolean tooEarly = isOn() && value() > window;
        if ((before & WDGA) != 0) {
            bank().setBits(CR, WDGA);
        }
        if (tooEarly) {
            guest().watchdogReset(
                            ResetCause.WINDOW_WATCHDOG,
                            "WWDG was fed too early, outside its window");
        } else if (bank().isSet(CR, WDGA)) {
            count = new Count(guest().now(), written & T);
            if ((written & T) < WARNING) {
                guest().watchdogReset(
                                ResetCause.WINDOW_WATCHDOG, "WWDG was set to a value below 0x40");
            }
        }
    }

    private long reaches(int value) {
        return count.at() + (count.value() - value) * instructionsPerTick();
    }

    @Override
    void changed() {
        guest().setInterruptLine(IRQ, bank().isSet(SR, EWIF) && bank().isSet(CFR, EWI));
    }

    @Override
    public long nextEvent() {
        if (!isOn()) {
            return Timed.NEVER;
        }
        return bank().isSet(SR, EWIF) || count.value() <= WARNING
                ? reaches(WARNING - 1)
                : reaches(WARNING);
    }

    @Override
    public void runEvents(long now) {
        if (reaches(WARNING - 1) <= now) {
            count = Count.OFF;
            guest().watchdogReset(ResetCause.WINDOW_WATCHDOG, "WWDG was not fed in time");
        } else if (count.value() > WARNING && reaches(WARNING) <= now) {
            bank().setBits(SR, EWIF);
        }
        changed();
    }
}
