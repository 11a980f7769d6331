package dev.microvisor.emulator.core;

/** MRS, MSR and CPS: the special registers by their SYSm numbers, non-secure view. */
public final class SpecialRegisters {
    private static final int MSP = 8;
    private static final int PSP = 9;
    private static final int MSPLIM = 10;
    private static final int PSPLIM = 11;
    private static final int PRIMASK = 16;
    private static final int BASEPRI = 17;
    private static final int BASEPRI_MAX = 18;
    private static final int FAULTMASK = 19;
    private static final int CONTROL = 20;

    /** The chip implements the upper four bits of a priority. */
    private static final int PRIORITY_BITS = 0xF0;

    private final CpuState cpu;

    public SpecialRegisters(CpuState cpu) {
        this.cpu = cpu;
    }

    /** True for registers that say what may be accessed. */
    static boolean changesPrivilege(int sysm) {
        return sysm == CONTROL || sysm == FAULTMASK;
    }

    /** True for what compiled code may read or write. */
    public static boolean isCompiled(int sysm, boolean write) {
        return write ? sysm >= MSP && !changesPrivilege(sysm) : sysm >= MSP || (sysm & 4) != 0;
    }

    /** True for what is the stack pointer in use, or may be. */
    public static boolean isStackPointer(int sysm) {
        return sysm == MSP || sysm == PSP;
    }

    public int read(int sysm) {
        if (sysm < MSP) {
            // IPSR, EPSR (reads as zero) and APSR in the combinations of the low three bits.
            int value = (sysm & 1) != 0 && cpu.privileged() ? cpu.exception : 0;
            return (sysm & 4) == 0 ? value | cpu.apsr() : value;
        }
        if (sysm == CONTROL) {
            return cpu.control;
        }
        if (!cpu.privileged()) {
            return 0;
        }
        return switch (sysm) {
            case MSP -> cpu.msp();
            case PSP -> cpu.psp();
            case MSPLIM -> cpu.msplim;
            case PSPLIM -> cpu.psplim;
            case PRIMASK -> cpu.primask;
            case BASEPRI, BASEPRI_MAX -> cpu.basepri;
            case FAULTMASK -> cpu.faultmask;
            // The rest does not exist, or reads as zero from the non-secure side.
            default -> 0;
        };
    }

    /**
     * @param mask which parts of APSR to write: 1 GE, 2 flags
     */
    public void write(int sysm, int mask, int value) {
        if (sysm < MSP) {
            if ((sysm & 4) == 0) {
                if ((mask & 2) != 0) {
                    cpu.setApsrFlags(value);
                }
                if ((mask & 1) != 0) {
                    cpu.ge = value >>> 16 & 15;
                }
            }
            return;
        }
        if (!cpu.privileged()) {
            return;
        }
        switch (sysm) {
            case MSP -> cpu.setMsp(value);
            case PSP -> cpu.setPsp(value);
            case MSPLIM -> {
                cpu.msplim = value & ~7;
                cpu.updateStackLimit();
            }
            case PSPLIM -> {
                cpu.psplim = value & ~7;
                cpu.updateStackLimit();
            }
            case PRIMASK -> cpu.primask = value & 1;
            case BASEPRI -> cpu.basepri = value & PRIORITY_BITS;
            case BASEPRI_MAX -> {
                int priority = value & PRIORITY_BITS;
                if (priority != 0 && (cpu.basepri == 0 || priority < cpu.basepri)) {
                    cpu.basepri = priority;
                }
            }
            case FAULTMASK -> setFaultMask(value & 1);
            case CONTROL -> {
                int writable = CpuState.CONTROL_NPRIV;
                if (cpu.exception == 0) {
                    writable |= CpuState.CONTROL_SPSEL;
                }
                if (cpu.floatEnabled()) {
                    writable |= CpuState.CONTROL_FPCA;
                }
                cpu.setMode(cpu.exception, (cpu.control & ~writable) | (value & writable));
            }
            default -> {
                // Does not exist, or ignores writes from the non-secure side.
            }
        }
    }

    /**
     * CPSID and CPSIE.
     *
     * @param affected bit 0 FAULTMASK, bit 1 PRIMASK
     */
    public void changeMasks(boolean disable, int affected) {
        if (!cpu.privileged()) {
            return;
        }
        if ((affected & 2) != 0) {
            cpu.primask = disable ? 1 : 0;
        }
        if ((affected & 1) != 0) {
            setFaultMask(disable ? 1 : 0);
        }
    }

    /** NMI and HardFault run at -1 or below, where FAULTMASK cannot be set. */
    private void setFaultMask(int value) {
        if (value == 0 || (cpu.exception != 2 && cpu.exception != 3)) {
            cpu.faultmask = value;
        }
    }
}
