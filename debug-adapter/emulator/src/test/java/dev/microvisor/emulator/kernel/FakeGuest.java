package dev.microvisor.emulator.kernel;

import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.StopReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A machine without a core: RAM, a bit of read-only flash, and a clock that the test moves. */
public final class FakeGuest implements Guest {
    public static final int RAM = 0x2000_0000;
    public static final int RAM_SIZE = 0x2_0000;
    public static final int FLASH = 0x0800_0000;
    public static final int FLASH_SIZE = 0x1000;

    /** An address that no memory is at. */
    public static final int NOWHERE = 0x6000_0000;

    public static final int CALL_SITE = 0x0800_0124;
    public static final int CLOCK_HZ = 160_000_000;

    public final List<Integer> pended = new ArrayList<>();
    public final Set<Integer> enabled = new TreeSet<>();
    public final List<String> protections = new ArrayList<>();
    public final List<String> warnings = new ArrayList<>();
    public final List<String> peripheralResets = new ArrayList<>();
    public StopReason stop;
    public int exception;
    public boolean halted;
    public boolean sleeping;
    public volatile boolean paused;
    public int restarts;
    public long now;

    private final byte[] ram = new byte[RAM_SIZE];
    private final byte[] flash = new byte[FLASH_SIZE];

    @Override
    public long now() {
        return now;
    }

    @Override
    public int clockHz() {
        return CLOCK_HZ;
    }

    private static boolean inside(int address, int size, int base, int length) {
        long offset = Integer.toUnsignedLong(address) - base;
        return offset >= 0 && offset + size <= length;
    }

    @Override
    public boolean readable(int address, int sizeBytes) {
        return writable(address, sizeBytes) || inside(address, sizeBytes, FLASH, FLASH_SIZE);
    }

    @Override
    public boolean writable(int address, int sizeBytes) {
        return sizeBytes == 0 || inside(address, sizeBytes, RAM, RAM_SIZE);
    }

    @Override
    public byte[] read(int address, int sizeBytes) {
        if (inside(address, sizeBytes, FLASH, FLASH_SIZE)) {
            return Arrays.copyOfRange(flash, address - FLASH, address - FLASH + sizeBytes);
        }
        require(address, sizeBytes);
        return Arrays.copyOfRange(ram, address - RAM, address - RAM + sizeBytes);
    }

    @Override
    public void write(int address, byte[] bytes) {
        require(address, bytes.length);
        System.arraycopy(bytes, 0, ram, address - RAM, bytes.length);
    }

    private static void require(int address, int size) {
        if (!inside(address, size, RAM, RAM_SIZE)) {
            throw new AssertionError(
                    String.format("the kernel touches 0x%08x, %d bytes", address, size));
        }
    }

    @Override
    public int readWord(int address) {
        return ByteBuffer.wrap(read(address, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    @Override
    public void writeWord(int address, int value) {
        write(address, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    /** Writes a word into the read-only memory. */
    public void flashWord(int address, int value) {
        ByteBuffer.wrap(flash).order(ByteOrder.LITTLE_ENDIAN).putInt(address - FLASH, value);
    }

    @Override
    public void protect(int address, int sizeBytes, String owner) {
        protections.add(range(address, sizeBytes));
    }

    @Override
    public void unprotect(int address, int sizeBytes) {
        if (!protections.remove(range(address, sizeBytes))) {
            throw new AssertionError("not protected: " + range(address, sizeBytes));
        }
    }

    public static String range(int address, int sizeBytes) {
        return String.format("0x%08x+%d", address, sizeBytes);
    }

    @Override
    public void pendInterrupt(int irq) {
        pended.add(irq);
    }

    @Override
    public void enableInterrupt(int irq, boolean on) {
        if (on) {
            enabled.add(irq);
        } else {
            enabled.remove(irq);
        }
    }

    @Override
    public boolean interruptExists(int irq) {
        return irq >= 0 && irq <= 124;
    }

    @Override
    public int activeException() {
        return exception;
    }

    @Override
    public int callSite() {
        return CALL_SITE;
    }

    @Override
    public int vectorTable() {
        return FLASH;
    }

    @Override
    public void eventsChanged() {}

    @Override
    public boolean pauseRequested() {
        return paused;
    }

    @Override
    public void requestStop(StopReason reason) {
        stop = reason;
    }

    @Override
    public void restartApplication() {
        restarts++;
        halted = false;
        protections.clear();
    }

    @Override
    public void clearRam() {
        Arrays.fill(ram, (byte) 0);
    }

    @Override
    public void waitForInterrupt() {
        sleeping = true;
    }

    @Override
    public void halt() {
        halted = true;
    }

    @Override
    public void resetPeripheral(String name) {
        peripheralResets.add(name);
    }

    @Override
    public void warnOnce(String message) {
        if (!warnings.contains(message)) {
            warnings.add(message);
        }
    }

    @Override
    public Optional<String> symbolAt(int address) {
        return Optional.of("main");
    }
}
