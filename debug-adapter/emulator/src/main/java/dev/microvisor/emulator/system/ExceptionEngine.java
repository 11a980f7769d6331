package dev.microvisor.emulator.system;

import static dev.microvisor.emulator.system.ExceptionNumbers.HARD_FAULT;
import static dev.microvisor.emulator.system.ExceptionNumbers.USAGE_FAULT;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;

/**
 * Exception entry and return: stacking, EXC_RETURN, tail-chaining, escalation and lazy preservation
 * of the floating-point registers.
 */
public final class ExceptionEngine {
    private static final int BASIC_FRAME = 0x20;
    private static final int EXTENDED_FRAME = 0x68;
    private static final int RETPSR_SPREALIGN = 1 << 9;

    /** EXC_RETURN: registers stacked by default rules, to a non-secure stack. */
    private static final int EXC_RETURN_BASE = 0xFFFF_FFA0;

    private static final int EXC_RETURN_BASIC = 1 << 4;
    private static final int EXC_RETURN_THREAD = 1 << 3;
    private static final int EXC_RETURN_PSP = 1 << 2;

    /** Bits that only the secure side may set in an EXC_RETURN: S and ES. */
    private static final int EXC_RETURN_SECURE = 1 << 6 | 1;

    /** What FPCCR notes of the code whose registers are to be saved: who may handle a fault. */
    private static final int FPCCR_USER = 1 << 1;

    private static final int FPCCR_THREAD = 1 << 3;
    private static final int FPCCR_HFRDY = 1 << 4;
    private static final int FPCCR_MMRDY = 1 << 5;
    private static final int FPCCR_BFRDY = 1 << 6;
    private static final int FPCCR_UFRDY = 1 << 10;
    private static final int FPCCR_CONTEXT =
            FPCCR_USER | FPCCR_THREAD | FPCCR_HFRDY | FPCCR_MMRDY | FPCCR_BFRDY | FPCCR_UFRDY;

    /** What became of an entry or return. */
    public enum Outcome {
        /** The core goes on at its PC. */
        CONTINUE,
        /** SLEEPONEXIT: the core sleeps. */
        SLEEP,
        /** A fault where none can be handled. */
        LOCKUP
    }

    private final CpuState cpu;
    private final Memory memory;
    private final SystemControl system;
    private final ExceptionModel exceptions;

    /** PC and LR for a fault report: where the last fault exception came from. */
    private int lastFaultPc;

    /** A fault of the last entry or return itself, or null. */
    private StopReason.Fault derived;

    ExceptionEngine(CpuState cpu, Memory memory, SystemControl system, ExceptionModel exceptions) {
        this.cpu = cpu;
        this.memory = memory;
        this.system = system;
        this.exceptions = exceptions;
    }

    /** Address of the instruction behind the last fault exception. */
    public int lastFaultPc() {
        return lastFaultPc;
    }

    /**
     * A fault that the last entry or return led to by itself, without an instruction that faults: a
     * frame that could not be stacked or is none, an SVC that cannot be taken. Null when there was
     * none; told once.
     */
    public StopReason.Fault takeDerived() {
        StopReason.Fault last = derived;
        derived = null;
        return last;
    }

    /**
     * The fault that taking the pending exception will lead to because its frame has no place on
     * the stack, or null. Nothing is changed: here the stack still shows whose it is.
     */
    public StopReason.Fault comingFault() {
        int size = usesFloat() ? EXTENDED_FRAME : BASIC_FRAME;
        int frame = (cpu.r[CpuState.SP] - size) & ~4;
        int bits = 0;
        String why = "";
        if (Integer.compareUnsigned(frame, cpu.spLimit) < 0) {
            bits = FaultStatus.STKOF;
            why = belowLimit(frame);
        } else {
            boolean lazily = (cpu.fpccr & CpuState.FPCCR_LSPEN) != 0;
            int written = lazily ? BASIC_FRAME : size;
            try {
                for (int i = 0; i < written; i += Integer.BYTES) {
                    memory.checkStore(frame + i);
                }
            } catch (GuestFault fault) {
                bits = stackingBits(fault);
                why = fault.detail();
            }
        }
        if (bits == 0) {
            return null;
        }
        int number = exceptions.preempting();
        int level = exceptions.executionPriority();
        int fault = FaultStatus.exceptionOf(bits);
        boolean own = exceptions.isEnabled(fault) && exceptions.groupPriority(fault) < level;
        return new StopReason.Fault(
                level <= -1 ? "Lockup" : ExceptionNumbers.name(own ? fault : HARD_FAULT),
                cpu.pc,
                system.cfsr() | bits,
                own ? system.hfsr() : system.hfsr() | FaultStatus.HFSR_FORCED,
                system.faultAddress(),
                notStacked(number, why, bits));
    }

    private static String notStacked(int number, String why, int bits) {
        return String.format(
                "%s cannot be stacked: %s (%s)",
                ExceptionNumbers.name(number), why, FaultStatus.describe(bits));
    }

    private String belowLimit(int frame) {
        return String.format(
                "its frame at 0x%08x would go below the stack limit 0x%08x", frame, cpu.spLimit);
    }

    private static int stackingBits(GuestFault fault) {
        return fault.kind() == GuestFault.Kind.DACCVIOL ? FaultStatus.MSTKERR : FaultStatus.STKERR;
    }

    /** True when an EXC_RETURN value is not one that the non-secure side may use. */
    public static boolean isSecureReturn(int excReturn) {
        return (excReturn & EXC_RETURN_SECURE) != 0;
    }

    /** True when a pending exception is to be taken before the next instruction. */
    public boolean isDue() {
        return cpu.exceptionPending && exceptions.preempting() != 0;
    }

    /** Takes the pending exception with the highest priority, if it is above the present one. */
    public Outcome takePending() {
        int number = exceptions.preempting();
        return number == 0 ? Outcome.CONTINUE : take(number);
    }

    /** Takes the exception for a fault of the instruction at the PC. */
    public Outcome raise(GuestFault.Kind kind, int address) {
        lastFaultPc = cpu.pc;
        return raiseBits(FaultStatus.cfsrBits(kind), address);
    }

    private Outcome raiseBits(int cfsrBits, int address) {
        system.recordFault(cfsrBits, address);
        return synchronous(FaultStatus.exceptionOf(cfsrBits), 0);
    }

    /** SVC, after the instruction. */
    public Outcome supervisorCall() {
        lastFaultPc = cpu.pc - 2;
        int level = exceptions.executionPriority();
        int number = resolve(ExceptionNumbers.SV_CALL, level, 0);
        if (number == 0) {
            return Outcome.LOCKUP;
        }
        if (number == HARD_FAULT) {
            note(number, "an SVC that cannot be taken: " + whyMasked());
        }
        return take(number);
    }

    /** BKPT without a debugger is a debug event that escalates. */
    public Outcome breakpointInstruction() {
        lastFaultPc = cpu.pc;
        return synchronous(HARD_FAULT, FaultStatus.HFSR_DEBUGEVT);
    }

    private String whyMasked() {
        if (cpu.primask != 0 || cpu.faultmask != 0) {
            return (cpu.primask != 0 ? "PRIMASK" : "FAULTMASK") + " is set";
        }
        return exceptions.groupPriority(ExceptionNumbers.SV_CALL) < exceptions.activePriority()
                ? String.format("BASEPRI is 0x%02x", cpu.basepri)
                : "made in the "
                        + ExceptionNumbers.name(cpu.exception)
                        + " handler, and SVCall has no higher priority";
    }

    /** What is told of a fault without an instruction that faults. */
    private void note(int number, String detail) {
        derived =
                new StopReason.Fault(
                        ExceptionNumbers.name(number),
                        lastFaultPc,
                        system.cfsr(),
                        system.hfsr(),
                        system.faultAddress(),
                        detail);
    }

    private Outcome synchronous(int wanted, int hfsrBits) {
        int number = resolve(wanted, exceptions.executionPriority(), hfsrBits);
        return number == 0 ? Outcome.LOCKUP : take(number);
    }

    /** The exception that answers a synchronous one: itself, HardFault, or 0 for lockup. */
    private int resolve(int wanted, int level, int hfsrBits) {
        if (wanted != HARD_FAULT
                && exceptions.isEnabled(wanted)
                && exceptions.groupPriority(wanted) < level) {
            return wanted;
        }
        if (level <= -1) {
            return 0;
        }
        system.recordHardFault(hfsrBits != 0 ? hfsrBits : FaultStatus.HFSR_FORCED);
        return HARD_FAULT;
    }

    // ---------------------------------------------------------------- entry

    private Outcome take(int number) {
        int returnValue =
                EXC_RETURN_BASE
                        | (usesFloat() ? 0 : EXC_RETURN_BASIC)
                        | (cpu.handlerMode() ? 0 : EXC_RETURN_THREAD)
                        | (cpu.usesProcessStack() ? EXC_RETURN_PSP : 0);
        int derived = pushStack();
        return derived == 0
                ? enter(number, returnValue)
                : enterDerived(number, derived, cpu.r[CpuState.SP], returnValue);
    }

    private boolean usesFloat() {
        return (cpu.control & CpuState.CONTROL_FPCA) != 0;
    }

    /** A fault while stacking: whichever of the two has the higher priority goes first. */
    private Outcome enterDerived(int number, int cfsrBits, int address, int returnValue) {
        system.recordFault(cfsrBits, address);
        int level = exceptions.executionPriority();
        int fault = resolve(FaultStatus.exceptionOf(cfsrBits), level, 0);
        if (fault == 0 || (number == HARD_FAULT && fault == HARD_FAULT)) {
            return Outcome.LOCKUP;
        }
        String why = cfsrBits == FaultStatus.STKOF ? "no room above the stack limit" : "no memory";
        lastFaultPc = cpu.pc;
        note(fault, notStacked(number, why, cfsrBits));
        if (exceptions.groupPriority(fault) < exceptions.groupPriority(number)) {
            exceptions.setPending(number, true);
            return enter(fault, returnValue);
        }
        exceptions.setPending(fault, true);
        return enter(number, returnValue);
    }

    /** Returns 0 or the CFSR bits of a fault. */
    private int pushStack() {
        boolean withFloat = usesFloat();
        int size = withFloat ? EXTENDED_FRAME : BASIC_FRAME;
        int sp = cpu.r[CpuState.SP];
        int frame = (sp - size) & ~4;
        if (Integer.compareUnsigned(frame, cpu.spLimit) < 0) {
            cpu.r[CpuState.SP] = cpu.spLimit;
            return FaultStatus.STKOF;
        }
        int retpsr = (cpu.xpsr() & ~RETPSR_SPREALIGN) | ((sp & 4) != 0 ? RETPSR_SPREALIGN : 0);
        cpu.r[CpuState.SP] = frame;
        try {
            for (int i = 0; i < 4; i++) {
                memory.storeWord(frame + 4 * i, cpu.r[i]);
            }
            memory.storeWord(frame + 0x10, cpu.r[12]);
            memory.storeWord(frame + 0x14, cpu.r[CpuState.LR]);
            memory.storeWord(frame + 0x18, cpu.pc);
            memory.storeWord(frame + 0x1C, retpsr);
            if (withFloat) {
                if ((cpu.fpccr & CpuState.FPCCR_LSPEN) != 0) {
                    prepareLazyPreservation(frame + BASIC_FRAME);
                } else {
                    storeFloats(frame + BASIC_FRAME);
                }
            }
        } catch (GuestFault fault) {
            return stackingBits(fault);
        }
        return 0;
    }

    private Outcome enter(int number, int returnValue) {
        exceptions.setPending(number, false);
        exceptions.setActive(number, true);
        cpu.exclusive = false;
        cpu.event = true;
        cpu.it = 0;
        cpu.setMode(number, cpu.control & CpuState.CONTROL_NPRIV);
        system.privilegeChanged();
        cpu.r[CpuState.LR] = returnValue;
        int vector = memory.peekWord(system.vectorTable() + 4 * number);
        if (!memory.isReadable(system.vectorTable() + 4 * number, 4)) {
            if (number == HARD_FAULT) {
                return Outcome.LOCKUP;
            }
            system.recordHardFault(FaultStatus.HFSR_VECTTBL);
            exceptions.setActive(number, false);
            note(
                    HARD_FAULT,
                    String.format(
                            "no vector of %s can be read at 0x%08x: VTOR is 0x%08x (VECTTBL)",
                            ExceptionNumbers.name(number),
                            system.vectorTable() + 4 * number,
                            system.vectorTable()));
            return enter(HARD_FAULT, returnValue);
        }
        cpu.pc = vector & ~1;
        cpu.thumb = (vector & 1) != 0;
        return Outcome.CONTINUE;
    }

    // ---------------------------------------------------------------- return

    /** Returns from the exception being handled, or goes on to the next pending one. */
    public Outcome returnFrom(int excReturn) {
        int returning = cpu.exception;
        if (!exceptions.isActive(returning)) {
            return invalidReturn(
                    excReturn, ExceptionNumbers.name(returning) + " is not being handled");
        }
        if (exceptions.activePriority() >= 0) {
            cpu.faultmask = 0;
        }
        exceptions.setActive(returning, false);
        boolean toThread = (excReturn & EXC_RETURN_THREAD) != 0;
        boolean psp = (excReturn & EXC_RETURN_PSP) != 0;
        if (!toThread && psp) {
            return invalidReturn(excReturn, "to a handler, with the process stack");
        }
        system.privilegeChanged();
        if (isDue()) {
            return enter(exceptions.preempting(), excReturn);
        }
        return popStack(excReturn, toThread, psp);
    }

    private Outcome popStack(int excReturn, boolean toThread, boolean psp) {
        boolean withFloat = (excReturn & EXC_RETURN_BASIC) == 0;
        int frame = psp ? cpu.psp() : cpu.msp();
        int[] values = new int[8];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = memory.loadWord(frame + 4 * i);
            }
            if (withFloat) {
                if ((cpu.fpccr & CpuState.FPCCR_LSPACT) != 0) {
                    cpu.fpccr &= ~CpuState.FPCCR_LSPACT;
                } else {
                    loadFloats(frame + BASIC_FRAME);
                }
            }
        } catch (GuestFault fault) {
            int bits =
                    fault.kind() == GuestFault.Kind.DACCVIOL
                            ? FaultStatus.MUNSTKERR
                            : FaultStatus.UNSTKERR;
            system.recordFault(bits, frame);
            String why =
                    String.format(
                            "a frame at 0x%08x that cannot be read: %s", frame, fault.detail());
            return tailChainFault(bits, excReturn, why);
        }
        int retpsr = values[7];
        if (toThread != ((retpsr & 0x1FF) == 0)) {
            String why =
                    String.format(
                            "to %s, with a frame at 0x%08x that is none of it (xPSR 0x%08x)",
                            toThread ? "thread mode" : "a handler", frame, retpsr);
            return invalidReturn(excReturn, why);
        }
        int control = cpu.control & CpuState.CONTROL_NPRIV;
        if (toThread && psp) {
            control |= CpuState.CONTROL_SPSEL;
        }
        if (withFloat) {
            control |= CpuState.CONTROL_FPCA;
        }
        cpu.setMode(retpsr & 0x1FF, control);
        System.arraycopy(values, 0, cpu.r, 0, 4);
        cpu.r[12] = values[4];
        cpu.r[CpuState.LR] = values[5];
        cpu.pc = values[6] & ~1;
        cpu.setXpsr(retpsr);
        int size = withFloat ? EXTENDED_FRAME : BASIC_FRAME;
        cpu.r[CpuState.SP] = frame + size | ((retpsr & RETPSR_SPREALIGN) != 0 ? 4 : 0);
        cpu.exclusive = false;
        cpu.event = true;
        system.privilegeChanged();
        boolean sleeps = toThread && exceptions.activeCount() == 0 && system.sleepOnExit();
        return sleeps ? Outcome.SLEEP : Outcome.CONTINUE;
    }

    private Outcome invalidReturn(int excReturn, String why) {
        system.recordFault(FaultStatus.INVPC, 0);
        return tailChainFault(FaultStatus.INVPC, excReturn, why);
    }

    private Outcome tailChainFault(int cfsrBits, int excReturn, String why) {
        lastFaultPc = cpu.pc;
        int wanted = FaultStatus.exceptionOf(cfsrBits);
        int number = resolve(wanted, exceptions.executionPriority(), 0);
        if (number == 0) {
            return Outcome.LOCKUP;
        }
        note(
                number,
                String.format(
                        "return from exception by EXC_RETURN 0x%08x %s (%s)",
                        excReturn, why, FaultStatus.describe(cfsrBits)));
        return enter(number, excReturn);
    }

    // ---------------------------------------------------------------- floating point

    private void prepareLazyPreservation(int address) {
        cpu.fpcar = address & ~7;
        int level = exceptions.executionPriority();
        cpu.fpccr =
                (cpu.fpccr & ~FPCCR_CONTEXT)
                        | CpuState.FPCCR_LSPACT
                        | (memory.privileged() ? 0 : FPCCR_USER)
                        | (cpu.handlerMode() ? 0 : FPCCR_THREAD)
                        | (level > -1 ? FPCCR_HFRDY : 0)
                        | ready(ExceptionNumbers.MEM_MANAGE, level, FPCCR_MMRDY)
                        | ready(ExceptionNumbers.BUS_FAULT, level, FPCCR_BFRDY)
                        | ready(USAGE_FAULT, level, FPCCR_UFRDY);
    }

    private int ready(int number, int level, int bit) {
        boolean ready = exceptions.isEnabled(number) && exceptions.groupPriority(number) < level;
        return ready ? bit : 0;
    }

    private void storeFloats(int address) {
        for (int i = 0; i < 16; i++) {
            memory.storeWord(address + 4 * i, cpu.s[i]);
        }
        memory.storeWord(address + 0x40, cpu.fpscr);
    }

    private void loadFloats(int address) {
        for (int i = 0; i < 16; i++) {
            cpu.s[i] = memory.loadWord(address + 4 * i);
        }
        cpu.fpscr = memory.loadWord(address + 0x40);
    }
}
