package dev.microvisor.emulator.peripherals;

import java.util.function.Supplier;

/**
 * A port of 16 pins. Inputs read what drives them; where nothing does, their pull resistor: high
 * with a pull-up, low otherwise. Outputs are shown when they change, and EXTI sees them, too.
 */
final class Gpio extends RegisterPeripheral {
    private static final int MODER = 0x00;
    private static final int PUPDR = 0x0C;
    private static final int IDR = 0x10;
    private static final int ODR = 0x14;
    private static final int PINS = 16;
    private static final int LOW_HALF = 0xFFFF;
    private static final int OUTPUT = 1;
    private static final int PULL_UP = 1;

    private final int modeReset;
    private final int pullReset;
    private final Supplier<PeripheralListener> listener;
    private final Bench bench;
    private final LevelWatch levels;

    Gpio(
            String name,
            int baseAddress,
            int modeReset,
            int pullReset,
            Supplier<PeripheralListener> listener,
            Bench bench,
            LevelWatch levels) {
        super(name, baseAddress);
        this.bench = bench;
        this.levels = levels;
        this.modeReset = modeReset;
        this.pullReset = pullReset;
        this.listener = listener;
    }

    /** Told when the level at a pin has changed, whoever drives it. */
    interface LevelWatch {
        void levelChanged(char port, int pin, boolean high);
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .plain(MODER, "MODER", "MODE")
                .resetTo(modeReset)
                .register(0x04, "OTYPER")
                .field(0, 16, "OT")
                .reserved(16, 16)
                .plain(0x08, "OSPEEDR", "OSPEED")
                .plain(PUPDR, "PUPDR", "PUPD")
                .resetTo(pullReset)
                .register(IDR, "IDR")
                .readOnly(0, 16, "ID")
                .reserved(16, 16)
                .shows(this::inputs)
                .register(ODR, "ODR")
                .field(0, 16, "OD")
                .reserved(16, 16)
                .onWrite((before, written) -> show(before))
                .register(0x18, "BSRR")
                .writeOnly(0, 16, "BS")
                .writeOnly(16, 16, "BR")
                .onWrite((before, written) -> setAndReset(written))
                .register(0x1C, "LCKR")
                .field(0, 17, "LCK")
                .reserved(17, 15)
                .plain(0x20, "AFRL", "AFSEL0-7")
                .plain(0x24, "AFRH", "AFSEL8-15")
                .register(0x28, "BRR")
                .writeOnly(0, 16, "BR")
                .reserved(16, 16)
                .onWrite((before, written) -> setAndReset(written << 16))
                .register(0x2C, "HSLVR")
                .field(0, 16, "HSLV")
                .reserved(16, 16)
                .register(0x30, "SECCFGR")
                .readOnly(0, 16, "SEC")
                .reserved(16, 16);
    }

    private int inputs() {
        int all = 0;
        for (int pin = 0; pin < PINS; pin++) {
            all |= isHigh(pin) ? 1 << pin : 0;
        }
        return all;
    }

    private boolean isHigh(int pin) {
        if (mode(pin) == OUTPUT) {
            return (bank().get(ODR) >>> pin & 1) != 0;
        }
        return bench.drivesAnything()
                ? bench.level(pinName(pin)).orElse(isPulledUp(pin))
                : isPulledUp(pin);
    }

    boolean isPulledUp(int pin) {
        return (bank().get(PUPDR) >>> (2 * pin) & 3) == PULL_UP;
    }

    /** Such as {@code PA5}. */
    private String pinName(int pin) {
        return "P" + letter() + pin;
    }

    /** The level that something outside drives a pin with has changed. */
    void driven(int pin, boolean high) {
        if (mode(pin) != OUTPUT) {
            levels.levelChanged(letter(), pin, high);
        }
    }

    private char letter() {
        return name().charAt(name().length() - 1);
    }

    /** True for an output that is low. */
    boolean drivesLow(int pin) {
        return mode(pin) == OUTPUT && (bank().get(ODR) >>> pin & 1) == 0;
    }

    private int mode(int pin) {
        return bank().get(MODER) >>> (2 * pin) & 3;
    }

    /** Setting wins over resetting. */
    private void setAndReset(int request) {
        int before = bank().get(ODR);
        bank().set(ODR, (before & ~(request >>> 16)) | (request & LOW_HALF));
        show(before);
    }

    private void show(int before) {
        int changed = (before ^ bank().get(ODR)) & LOW_HALF;
        for (int pin = 0; changed >>> pin != 0; pin++) {
            if ((changed >>> pin & 1) != 0 && mode(pin) == OUTPUT) {
                boolean high = (bank().get(ODR) >>> pin & 1) != 0;
                listener.get().pin(name(), pin, high, guest().now());
                levels.levelChanged(letter(), pin, high);
            }
        }
    }
}
