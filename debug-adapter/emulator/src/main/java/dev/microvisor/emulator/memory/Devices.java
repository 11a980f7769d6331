package dev.microvisor.emulator.memory;

import dev.microvisor.emulator.guest.Peripheral;
import java.util.List;

/** What answers at addresses that are neither flash nor RAM. */
final class Devices {
    private static final int PRIVATE_BUS_END = 0xE010_0000;

    /** Where the factory's data lie: below flash, and read as a peripheral is. */
    private static final int SYSTEM_MEMORY = 0x0BFA;

    /** Size of the direct-mapped table of what was found. */
    private static final int FOUND = 64;

    private final Peripheral[] peripherals;
    private final int[] foundAddresses = new int[FOUND];
    private final Peripheral[] found = new Peripheral[FOUND];
    private final PrivateBus privateBus;
    private int accesses;

    Devices(List<? extends Peripheral> peripherals, PrivateBus privateBus) {
        this.peripherals = peripherals.toArray(Peripheral[]::new);
        this.privateBus = privateBus;
    }

    /** The peripheral at an address, or null; where two overlap, the smaller one. */
    Peripheral peripheralAt(int address) {
        if (address >>> 28 != 4 && address >>> 16 != SYSTEM_MEMORY) {
            return null;
        }
        int slot = (address >>> 2 ^ address >>> 10) & (FOUND - 1);
        if (foundAddresses[slot] != address) {
            found[slot] = search(address);
            foundAddresses[slot] = address;
        }
        return found[slot];
    }

    /** Something was read that may be another time, or written. */
    void noticed() {
        accesses++;
    }

    private Peripheral search(int address) {
        Peripheral best = null;
        for (Peripheral peripheral : peripherals) {
            if (Integer.compareUnsigned(address - peripheral.baseAddress(), peripheral.sizeBytes())
                            < 0
                    && (best == null || peripheral.sizeBytes() < best.sizeBytes())) {
                best = peripheral;
            }
        }
        return best;
    }

    static boolean isPrivateBus(int address) {
        return address >>> 20 == (PRIVATE_BUS_END - 1) >>> 20;
    }

    /** A number that grows with each access that may matter to a loop; wraps around. */
    int accesses() {
        return accesses;
    }

    PrivateBus privateBus() {
        accesses++;
        return privateBus;
    }

    /** A byte without side effects; -1 where nothing answers. */
    int peekByte(int address) {
        int shift = 8 * (address & 3);
        Peripheral peripheral = peripheralAt(address);
        if (peripheral != null) {
            int offset = address - peripheral.baseAddress();
            return peripheral.peek(offset & ~3, 4) >>> shift & 0xFF;
        }
        return isPrivateBus(address) ? privateBus.peek(address & ~3) >>> shift & 0xFF : -1;
    }
}
