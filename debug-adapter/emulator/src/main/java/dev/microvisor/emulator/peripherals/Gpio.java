package dev.microvisor.emulator.peripherals;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A port of 16 pins. Inputs read what drives them; where nothing does, their pull resistor: high
 * with a pull-up, low otherwise. An open-drain output that is not low reads what drives it. Outputs
 * are shown when they change, and EXTI sees them, too.
 */
final class Gpio extends RegisterPeripheral {
    private static final int MODER = 0x00;
    private static final int OTYPER = 0x04;
    private static final int OSPEEDR = 0x08;
    private static final int PUPDR = 0x0C;
    private static final int IDR = 0x10;
    private static final int ODR = 0x14;
    private static final int LCKR = 0x1C;
    private static final int AFRL = 0x20;
    private static final int AFRH = 0x24;
    private static final int LCKK = 1 << 16;

    /** Steps of the sequence that locks. */
    private static final int LOCKED = 3;

    private static final int PINS = 16;
    private static final int LOW_HALF = 0xFFFF;
    private static final int OUTPUT = 1;
    private static final int PULL_UP = 1;

    private final int modeReset;
    private final int pullReset;
    private final Supplier<PeripheralListener> listener;
    private final Bench bench;
    private final Map<String, String> outputs;
    private final LevelWatch levels;

    /** How far the sequence has come that locks. */
    private int locking;

    Gpio(
            String name,
            int baseAddress,
            int modeReset,
            int pullReset,
            Supplier<PeripheralListener> listener,
            Bench bench,
            Map<String, String> outputs,
            LevelWatch levels) {
        super(name, baseAddress);
        this.bench = bench;
        this.outputs = outputs;
        this.levels = levels;
        this.modeReset = modeReset;
        this.pullReset = pullReset;
        this.listener = listener;
        keep(0, () -> locking, next -> locking = next);
    }

    /** Told when the level at a pin has changed, whoever drives it. */
    interface LevelWatch {
        void levelChanged(char port, int pin, boolean high);

        /** Firmware has written to a port. */
        void written();
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .plain(MODER, "MODER", "MODE")
                .resetTo(modeReset)
                .onWrite((before, written) -> keepLocked(MODER, before, 2, 0))
                .register(OTYPER, "OTYPER")
                .field(0, 16, "OT")
                .reserved(16, 16)
                .onWrite((before, written) -> keepLocked(OTYPER, before, 1, 0))
                .plain(OSPEEDR, "OSPEEDR", "OSPEED")
                .onWrite((before, written) -> keepLocked(OSPEEDR, before, 2, 0))
                .plain(PUPDR, "PUPDR", "PUPD")
                .resetTo(pullReset)
                .onWrite((before, written) -> keepLocked(PUPDR, before, 2, 0))
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
                .register(LCKR, "LCKR")
                .field(0, 16, "LCK")
                .field(16, 1, "LCKK")
                .reserved(17, 15)
                .shows(stored -> locking == LOCKED ? stored | LCKK : stored & ~LCKK)
                .onWrite(this::lock)
                .plain(AFRL, "AFRL", "AFSEL0-7")
                .onWrite((before, written) -> keepLocked(AFRL, before, 4, 0))
                .plain(AFRH, "AFRH", "AFSEL8-15")
                .onWrite((before, written) -> keepLocked(AFRH, before, 4, 8))
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

    /** LCKK written as one, zero and one with the same pins locks these until the next reset. */
    private void lock(int before, int written) {
        if (locking == LOCKED) {
            bank().set(LCKR, before);
            return;
        }
        boolean key = (written & LCKK) != 0;
        boolean samePins = locking == 0 || ((before ^ written) & LOW_HALF) == 0;
        if (key == (locking != 1) && samePins) {
            locking++;
        } else {
            locking = key ? 1 : 0;
        }
    }

    /** Takes back what was written to the settings of locked pins. */
    private void keepLocked(int register, int before, int bitsPerPin, int firstPin) {
        int locked = locking == LOCKED ? bank().get(LCKR) >>> firstPin : 0;
        int mask = 0;
        for (int pin = 0; pin < Integer.SIZE / bitsPerPin && pin < PINS; pin++) {
            mask |= (locked >>> pin & 1) == 0 ? 0 : ((1 << bitsPerPin) - 1) << (pin * bitsPerPin);
        }
        bank().set(register, (bank().get(register) & ~mask) | (before & mask));
    }

    @Override
    void changed() {
        levels.written();
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
            boolean high = (bank().get(ODR) >>> pin & 1) != 0;
            boolean openDrain = (bank().get(OTYPER) >>> pin & 1) != 0;
            return (high && openDrain && bench.drivesAnything())
                    ? bench.level(pinName(pin)).orElse(true)
                    : high;
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

    boolean isOpenDrainOutput(int pin) {
        return mode(pin) == OUTPUT && (bank().get(OTYPER) >>> pin & 1) != 0;
    }

    /** Tells people something, once. */
    void warn(String text) {
        guest().warnOnce(text);
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
                String shown = outputs.get(pinName(pin));
                if (shown != null) {
                    listener.get().line(shown, high ? "high" : "low", guest().now());
                }
                levels.levelChanged(letter(), pin, high);
            }
        }
    }
}
