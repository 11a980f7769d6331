package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.ResetCause;
import dev.microvisor.emulator.guest.StopReason;
import java.util.Arrays;
import java.util.Optional;

/** A guest that has a clock and interrupt lines and nothing else. */
final class LineRecorder implements Guest {
    private final PeripheralFixture fixture;

    LineRecorder(PeripheralFixture fixture) {
        this.fixture = fixture;
    }

    @Override
    public long now() {
        return fixture.now;
    }

    @Override
    public int clockHz() {
        return 160_000_000;
    }

    @Override
    public void setInterruptLine(int irq, boolean raised) {
        boolean before = fixture.level.getOrDefault(irq, false);
        if (raised && !before) {
            fixture.raised.merge(irq, 1, Integer::sum);
        }
        fixture.level.put(irq, raised);
    }

    @Override
    public void warnOnce(String message) {
        if (!fixture.warnings.contains(message)) {
            fixture.warnings.add(message);
        }
    }

    @Override
    public void requestStop(StopReason reason) {
        fixture.stop = reason;
    }

    @Override
    public void eventsChanged() {}

    private boolean inRam(int address, int sizeBytes) {
        int from = address - PeripheralFixture.RAM;
        return from >= 0 && from + sizeBytes <= fixture.memory.length;
    }

    @Override
    public void watchdogReset(ResetCause cause, String why) {
        fixture.resets.add(why);
    }

    @Override
    public boolean readable(int address, int sizeBytes) {
        return inRam(address, sizeBytes);
    }

    @Override
    public boolean writable(int address, int sizeBytes) {
        return inRam(address, sizeBytes);
    }

    @Override
    public byte[] read(int address, int sizeBytes) {
        int from = address - PeripheralFixture.RAM;
        return Arrays.copyOfRange(fixture.memory, from, from + sizeBytes);
    }

    @Override
    public void write(int address, byte[] bytes) {
        System.arraycopy(bytes, 0, fixture.memory, address - PeripheralFixture.RAM, bytes.length);
    }

    @Override
    public int readWord(int address) {
        throw new AssertionError("peripherals have no business in memory");
    }

    @Override
    public void writeWord(int address, int value) {
        throw new AssertionError("peripherals have no business in memory");
    }

    @Override
    public void protect(int address, int sizeBytes, String owner) {
        throw new AssertionError("peripherals protect nothing");
    }

    @Override
    public void unprotect(int address, int sizeBytes) {
        throw new AssertionError("peripherals protect nothing");
    }

    @Override
    public void pendInterrupt(int irq) {
        throw new AssertionError("peripherals raise lines");
    }

    @Override
    public boolean interruptExists(int irq) {
        return true;
    }

    @Override
    public int activeException() {
        return 0;
    }

    @Override
    public int callSite() {
        return 0;
    }

    @Override
    public int vectorTable() {
        return 0;
    }

    @Override
    public void restartApplication() {
        throw new AssertionError("peripherals restart nothing");
    }

    @Override
    public Optional<String> symbolAt(int address) {
        return Optional.empty();
    }
}
