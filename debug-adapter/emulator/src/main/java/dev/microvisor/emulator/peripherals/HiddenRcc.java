package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Peripheral;
import dev.microvisor.emulator.guest.Timed;

/**
 * RCC as the application sees it without asking Microvisor: it reads as zero and ignores writes.
 * The clocks are Microvisor's; {@code mvPeriphPeek32} and {@code mvPeriphPoke32} are the way to
 * them.
 */
final class HiddenRcc implements Peripheral {
    private static final int SIZE = 0x400;

    private final int baseAddress;
    private Guest guest;

    HiddenRcc(int baseAddress) {
        this.baseAddress = baseAddress;
    }

    @Override
    public void attach(Guest machine) {
        guest = machine;
    }

    @Override
    public String name() {
        return "RCC";
    }

    @Override
    public int baseAddress() {
        return baseAddress;
    }

    @Override
    public int sizeBytes() {
        return SIZE;
    }

    @Override
    public int read(int offset, int widthBytes) {
        return 0;
    }

    @Override
    public void write(int offset, int widthBytes, int value) {
        guest.warnOnce(
                String.format(
                        "write to RCC+0x%02x has no effect: RCC belongs to Microvisor; use"
                                + " mvPeriphPoke32",
                        offset));
    }

    @Override
    public int peek(int offset, int widthBytes) {
        return 0;
    }

    @Override
    public void reset() {}

    @Override
    public long nextEvent() {
        return Timed.NEVER;
    }

    @Override
    public void runEvents(long now) {}

    @Override
    public Object save() {
        return null;
    }

    @Override
    public void restore(Object state) {}
}
