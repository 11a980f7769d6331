package dev.microvisor.emulator.system;

import dev.microvisor.emulator.memory.Protection;
import java.util.Arrays;

/** The Armv8-M memory protection unit with eight regions. */
final class Mpu implements Protection {
    static final int REGIONS = 8;

    private static final int ENABLE = 1;
    private static final int HFNMIENA = 2;
    private static final int PRIVDEFENA = 4;
    private static final int READ_ONLY = 4;
    private static final int ANY_PRIVILEGE = 2;
    private static final int NEVER_EXECUTE = 1;

    private int control;
    private int number;
    private final int[] base = new int[REGIONS];
    private final int[] limit = new int[REGIONS];
    private final int[] attributes = new int[2];

    /** True at priorities below zero, where HFNMIENA decides. */
    private boolean negativePriority;

    void reset() {
        control = 0;
        number = 0;
        Arrays.fill(base, 0);
        Arrays.fill(limit, 0);
        Arrays.fill(attributes, 0);
        negativePriority = false;
    }

    /** Returns whether that makes a difference. */
    boolean setNegativePriority(boolean value) {
        boolean before = disabled();
        negativePriority = value;
        return before != disabled();
    }

    /** Reads a register by its offset from MPU_TYPE at 0xE000ED90. */
    int read(int offset) {
        return switch (offset) {
            case 0x00 -> REGIONS << 8;
            case 0x04 -> control;
            case 0x08 -> number;
            case 0x0C, 0x14, 0x1C, 0x24 -> base[alias(offset)];
            case 0x10, 0x18, 0x20, 0x28 -> limit[alias(offset)];
            case 0x30, 0x34 -> attributes[(offset - 0x30) / 4];
            default -> 0;
        };
    }

    void write(int offset, int value, SystemHost host) {
        switch (offset) {
            case 0x04 -> writeControl(value & 7, host);
            case 0x08 -> number = value & (REGIONS - 1);
            case 0x0C, 0x14, 0x1C, 0x24 -> {
                int region = alias(offset);
                setRegion(region, value, limit[region], host);
            }
            case 0x10, 0x18, 0x20, 0x28 -> {
                int region = alias(offset);
                setRegion(region, base[region], value & ~0x10, host);
            }
            case 0x30, 0x34 -> attributes[(offset - 0x30) / 4] = value;
            default -> {
                // Reserved.
            }
        }
    }

    private void writeControl(int value, SystemHost host) {
        int before = control;
        control = value;
        if (before != value) {
            host.protectionSwitched();
        }
    }

    /** Tells of the addresses that were in the region before, and of those that are now. */
    private void setRegion(int region, int newBase, int newLimit, SystemHost host) {
        int oldBase = base[region];
        int oldLimit = limit[region];
        base[region] = newBase;
        limit[region] = newLimit;
        if (oldBase != newBase || oldLimit != newLimit) {
            tell(oldBase, oldLimit, host);
            tell(newBase, newLimit, host);
        }
    }

    private static void tell(int base, int limit, SystemHost host) {
        if ((limit & 1) == 1) {
            host.protectionChanged(base & ~0x1F, limit | 0x1F);
        }
    }

    /** RBAR and RLAR go to the region of RNR, their aliases 1 to 3 to its neighbours. */
    private int alias(int offset) {
        int index = (offset - 0x0C) / 8;
        return index == 0 ? number : (number & ~3) | index;
    }

    @Override
    public boolean disabled() {
        return (control & ENABLE) == 0 || (negativePriority && (control & HFNMIENA) == 0);
    }

    @Override
    public boolean permits(int address, boolean write, boolean privileged) {
        if (disabled() || address >>> 20 == 0xE00) {
            return true;
        }
        int region = find(address);
        if (region == NONE) {
            return privileged && (control & PRIVDEFENA) != 0;
        }
        if (region == SEVERAL) {
            return false;
        }
        boolean mayWrite = (base[region] & READ_ONLY) == 0;
        boolean mayAccess = privileged || (base[region] & ANY_PRIVILEGE) != 0;
        return mayAccess && (mayWrite || !write);
    }

    @Override
    public boolean permitsExecution(int address, boolean privileged) {
        if (!permits(address, false, privileged)) {
            return false;
        }
        int region = disabled() ? NONE : find(address);
        return region < 0 || (base[region] & NEVER_EXECUTE) == 0;
    }

    @Override
    public int regionOf(int address) {
        int region = disabled() ? NONE : find(address);
        return Math.max(region, -1);
    }

    private static final int NONE = -1;

    /** Overlapping regions fault. */
    private static final int SEVERAL = -2;

    private int find(int address) {
        int found = NONE;
        for (int i = 0; i < REGIONS; i++) {
            if ((limit[i] & 1) == 1
                    && Integer.compareUnsigned(address, base[i] & ~0x1F) >= 0
                    && Integer.compareUnsigned(address, limit[i] | 0x1F) <= 0) {
                found = found == NONE ? i : SEVERAL;
            }
        }
        return found;
    }

    @Override
    public boolean uniform(int address, int sizeBytes) {
        for (int i = 0; i < REGIONS; i++) {
            if ((limit[i] & 1) == 1) {
                int start = base[i] & ~0x1F;
                int end = (limit[i] | 0x1F) + 1;
                if (splits(start, address, sizeBytes) || splits(end, address, sizeBytes)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean splits(int boundary, int address, int sizeBytes) {
        int offset = boundary - address;
        return offset > 0 && offset < sizeBytes;
    }

    /** All registers in one array, for snapshots. */
    int[] save() {
        int[] state = new int[4 + 2 * REGIONS];
        state[0] = control;
        state[1] = number << 1 | (negativePriority ? 1 : 0);
        state[2] = attributes[0];
        state[3] = attributes[1];
        System.arraycopy(base, 0, state, 4, REGIONS);
        System.arraycopy(limit, 0, state, 4 + REGIONS, REGIONS);
        return state;
    }

    /** Puts a saved state back; false when it is the present one. */
    boolean restore(int[] state) {
        if (Arrays.equals(state, save())) {
            return false;
        }
        control = state[0];
        number = state[1] >>> 1;
        negativePriority = (state[1] & 1) == 1;
        attributes[0] = state[2];
        attributes[1] = state[3];
        System.arraycopy(state, 4, base, 0, REGIONS);
        System.arraycopy(state, 4 + REGIONS, limit, 0, REGIONS);
        return true;
    }
}
