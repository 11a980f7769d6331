package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Peripheral;
import dev.microvisor.emulator.guest.Timed;

/** A peripheral at its place in the address space, which does nothing of its own accord. */
abstract class Block implements Peripheral {
    /** Address space of most peripherals. */
    static final int SIZE = 0x400;

    private final String name;
    private final int baseAddress;
    private final int sizeBytes;
    private Guest guest;

    Block(String name, int baseAddress, int sizeBytes) {
        this.name = name;
        this.baseAddress = baseAddress;
        this.sizeBytes = sizeBytes;
    }

    final Guest guest() {
        return guest;
    }

    @Override
    public void attach(Guest machine) {
        guest = machine;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int baseAddress() {
        return baseAddress;
    }

    @Override
    public final int sizeBytes() {
        return sizeBytes;
    }

    @Override
    public long nextEvent() {
        return Timed.NEVER;
    }

    @Override
    public void runEvents(long now) {}
}
