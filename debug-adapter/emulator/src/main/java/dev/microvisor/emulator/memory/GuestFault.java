package dev.microvisor.emulator.memory;

/**
 * An access or instruction that the architecture answers with a fault. It is emulated behaviour, so
 * it is thrown without a stack trace and one object per machine is enough.
 */
public final class GuestFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong, named as the status bit that records it. */
    public enum Kind {
        /** Data access that the MPU refuses (MemManage). */
        DACCVIOL,
        /** Instruction fetch that the MPU or an XN region refuses (MemManage). */
        IACCVIOL,
        /** Precise data bus error (BusFault). */
        PRECISERR,
        /** Instruction bus error (BusFault). */
        IBUSERR,
        /** Unaligned access that must be aligned, or UNALIGN_TRP is set (UsageFault). */
        UNALIGNED,
        /** Undefined instruction (UsageFault). */
        UNDEFINSTR,
        /** Coprocessor or FPU not enabled (UsageFault). */
        NOCP,
        /** Division by zero with DIV_0_TRP set (UsageFault). */
        DIVBYZERO,
        /** Execution with EPSR.T clear (UsageFault). */
        INVSTATE,
        /** Stack pointer below its limit (UsageFault). */
        STKOF,
        /**
         * Touches what belongs to Microvisor: the secure side takes over, no handler of the
         * application runs.
         */
        SECURE
    }

    private Kind kind = Kind.UNDEFINSTR;
    private int address;
    private String detail = "";

    GuestFault() {
        super("guest fault", null, false, false);
    }

    GuestFault with(Kind newKind, int newAddress, String newDetail) {
        kind = newKind;
        address = newAddress;
        detail = newDetail;
        return this;
    }

    public Kind kind() {
        return kind;
    }

    /** Address of the access, where the kind has one. */
    public int address() {
        return address;
    }

    /** One sentence in words, or empty. */
    public String detail() {
        return detail;
    }
}
