package dev.microvisor.emulator.core;

import java.util.Arrays;

/**
 * All registers of the core, as the non-secure side sees them.
 *
 * <p>Mutable; owned by the thread that runs the machine. While the interpreter executes a {@code
 * Sequence}, the PC is one from before.
 */
public final class CpuState {
    public static final int SP = 13;
    public static final int LR = 14;

    /** R0 to R14; R13 is the stack pointer in use. The slot of R15 is unused. */
    public final int[] r = new int[16];

    /** S0 to S31 as bits. */
    public final int[] s = new int[32];

    /** Address of the next instruction. */
    public int pc;

    /** APSR.N is set when this is negative. */
    public int n;

    /** APSR.Z is set when this is zero. */
    public int z = 1;

    /** APSR.C, 0 or 1. */
    public int c;

    /** APSR.V is set when this is negative. */
    public int v;

    /**
     * While compiled code runs, where the flags come from, as the compiler numbers it, and what
     * they come from; N and Z are not in the fields above then.
     */
    public int flagKind;

    public int flagResult;
    public int flagX;
    public int flagY;

    /** APSR.Q, 0 or 1. */
    public int q;

    /** APSR.GE, four bits. */
    public int ge;

    /** EPSR.IT: condition and mask, 0 outside an IT block. */
    public int it;

    /** EPSR.T. */
    public boolean thumb = true;

    /** IPSR: number of the exception being handled, 0 in thread mode. */
    public int exception;

    public int primask;
    public int faultmask;

    /** BASEPRI, in the upper bits of the byte. */
    public int basepri;

    /** CONTROL: nPRIV, SPSEL, FPCA. */
    public int control;

    /** The stack pointer that is not in R13. */
    public int otherSp;

    public int msplim;
    public int psplim;

    /** The limit that goes with R13. */
    public int spLimit;

    public int fpscr;

    /** FPCCR, FPCAR, FPDSCR and CPACR belong to the system registers but steer the FPU. */
    public int fpccr;

    public int fpcar;
    public int fpdscr;
    public int cpacr;

    /** True when floating-point instructions need no look at CPACR, FPCCR and CONTROL.FPCA. */
    public boolean floatReady;

    public boolean exclusive;
    public int exclusiveAddress;

    /** The event register of WFE and SEV. */
    public boolean event;

    /** CCR.DIV_0_TRP. */
    public boolean trapDivisionByZero;

    /** The value that was branched to when the interpreter stops with an exception return. */
    public int excReturn;

    /** True when some enabled exception is pending, whatever its priority. */
    public boolean exceptionPending;

    public static final int CONTROL_NPRIV = 1;
    public static final int CONTROL_SPSEL = 2;
    public static final int CONTROL_FPCA = 4;
    public static final int FPCCR_LSPACT = 1;
    public static final int FPCCR_ASPEN = 1 << 31;
    public static final int FPCCR_LSPEN = 1 << 30;

    /** The immediate of the SVC or BKPT that the interpreter stopped at. */
    public int trapNumber;

    public boolean handlerMode() {
        return exception != 0;
    }

    public boolean privileged() {
        return exception != 0 || (control & CONTROL_NPRIV) == 0;
    }

    public boolean usesProcessStack() {
        return exception == 0 && (control & CONTROL_SPSEL) != 0;
    }

    public int msp() {
        return usesProcessStack() ? otherSp : r[SP];
    }

    public int psp() {
        return usesProcessStack() ? r[SP] : otherSp;
    }

    public void setMsp(int value) {
        if (usesProcessStack()) {
            otherSp = value & ~3;
        } else {
            r[SP] = value & ~3;
        }
    }

    public void setPsp(int value) {
        if (usesProcessStack()) {
            r[SP] = value & ~3;
        } else {
            otherSp = value & ~3;
        }
    }

    /** Changes mode and CONTROL, with the stack pointers following. */
    public void setMode(int newException, int newControl) {
        boolean before = usesProcessStack();
        exception = newException;
        control = newControl;
        if (before != usesProcessStack()) {
            int sp = r[SP];
            r[SP] = otherSp;
            otherSp = sp;
        }
        updateStackLimit();
        updateFloatReady();
    }

    public void updateStackLimit() {
        spLimit = usesProcessStack() ? psplim : msplim;
    }

    public void updateFloatReady() {
        boolean needsContext = (fpccr & FPCCR_ASPEN) != 0 && (control & CONTROL_FPCA) == 0;
        floatReady = floatEnabled() && (fpccr & FPCCR_LSPACT) == 0 && !needsContext;
    }

    /** CPACR's fields for coprocessors 10 and 11: 3 full access, 1 privileged only. */
    public boolean floatEnabled() {
        int access = cpacr >>> 20 & 3;
        return access == 3 || (access == 1 && privileged());
    }

    public int apsr() {
        return (n < 0 ? 1 << 31 : 0)
                | (z == 0 ? 1 << 30 : 0)
                | c << 29
                | (v < 0 ? 1 << 28 : 0)
                | q << 27
                | ge << 16;
    }

    public void setApsrFlags(int value) {
        n = value;
        z = ~value & 1 << 30;
        c = value >>> 29 & 1;
        v = value << 3;
        q = value >>> 27 & 1;
    }

    public int xpsr() {
        return apsr() | (it & 3) << 25 | (it & 0xFC) << 8 | (thumb ? 1 << 24 : 0) | exception;
    }

    /** Sets flags, GE, IT and T; the exception number is set by {@link #setMode}. */
    public void setXpsr(int value) {
        setApsrFlags(value);
        ge = value >>> 16 & 15;
        it = (value >>> 25 & 3) | (value >>> 8 & 0xFC);
        thumb = (value & 1 << 24) != 0;
    }

    public void copyFrom(CpuState other) {
        System.arraycopy(other.r, 0, r, 0, r.length);
        System.arraycopy(other.s, 0, s, 0, s.length);
        pc = other.pc;
        n = other.n;
        z = other.z;
        c = other.c;
        v = other.v;
        q = other.q;
        ge = other.ge;
        it = other.it;
        thumb = other.thumb;
        exception = other.exception;
        primask = other.primask;
        faultmask = other.faultmask;
        basepri = other.basepri;
        control = other.control;
        otherSp = other.otherSp;
        msplim = other.msplim;
        psplim = other.psplim;
        spLimit = other.spLimit;
        fpscr = other.fpscr;
        fpccr = other.fpccr;
        fpcar = other.fpcar;
        fpdscr = other.fpdscr;
        cpacr = other.cpacr;
        floatReady = other.floatReady;
        exclusive = other.exclusive;
        exclusiveAddress = other.exclusiveAddress;
        event = other.event;
        trapDivisionByZero = other.trapDivisionByZero;
        excReturn = other.excReturn;
        exceptionPending = other.exceptionPending;
        trapNumber = other.trapNumber;
    }

    /** True when instructions have the same effect in both states. */
    boolean sameAs(CpuState other) {
        return Arrays.equals(r, other.r) && apsr() == other.apsr() && sameBesideFlags(other);
    }

    /** The same, R0 to R14 and N, Z, C and V left aside. */
    boolean sameBesideFlags(CpuState other) {
        return pc == other.pc
                && q == other.q
                && ge == other.ge
                && it == other.it
                && thumb == other.thumb
                && exception == other.exception
                && primask == other.primask
                && faultmask == other.faultmask
                && basepri == other.basepri
                && control == other.control
                && otherSp == other.otherSp
                && msplim == other.msplim
                && psplim == other.psplim
                && exclusive == other.exclusive
                && exclusiveAddress == other.exclusiveAddress
                && event == other.event
                && fpscr == other.fpscr
                && fpccr == other.fpccr
                && fpcar == other.fpcar
                && fpdscr == other.fpdscr
                && cpacr == other.cpacr
                && trapDivisionByZero == other.trapDivisionByZero
                && exceptionPending == other.exceptionPending
                && Arrays.equals(s, other.s);
    }

    /** Mixes everything that a program can see into a hash. */
    public long hash(long seed) {
        long hash = seed;
        for (int i = 0; i < 15; i++) {
            hash = mix(hash, r[i]);
        }
        for (int value : s) {
            hash = mix(hash, value);
        }
        int[] others = {
            pc,
            xpsr(),
            primask,
            faultmask,
            basepri,
            control,
            otherSp,
            msplim,
            psplim,
            fpscr,
            fpccr,
            fpcar,
            fpdscr,
            cpacr,
            event ? 1 : 0,
            exclusive ? exclusiveAddress | 1 : 0
        };
        for (int value : others) {
            hash = mix(hash, value);
        }
        return hash;
    }

    private static long mix(long hash, int value) {
        return (hash ^ value) * 0x9E37_79B9_7F4A_7C15L + 1;
    }

    // ---------------------------------------------------------------- results with flags

    /** Sets N and Z. */
    int result(int value) {
        n = value;
        z = value;
        return value;
    }

    /** Adds and sets all flags. */
    int sum(int x, int y) {
        int sum = x + y;
        result(sum);
        c = Alu.carryOfAdd(x, sum);
        v = Alu.overflowOfAdd(x, y, sum);
        return sum;
    }

    /** Subtracts and sets all flags. */
    int difference(int x, int y) {
        int difference = x - y;
        result(difference);
        c = Alu.carryOfSub(x, y);
        v = Alu.overflowOfSub(x, y, difference);
        return difference;
    }
}
