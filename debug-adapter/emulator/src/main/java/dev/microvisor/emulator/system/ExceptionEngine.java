package dev.microvisor.emulator.system;

import static dev.microvisor.emulator.system.ExceptionNumbers.HARD_FAULT;
import static dev.microvisor.emulator.system.ExceptionNumbers.USAGE_FAULT;

import dev.microvisor.emulator.core.CpuState;
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
        return synchronous(ExceptionNumbers.SV_CALL, 0);
    }

    /** BKPT without a debugger is a debug event that escalates. */
    public Outcome breakpointInstruction() {
        lastFaultPc = cpu.pc;
        return synchronous(HARD_FAULT, FaultStatus.HFSR_DEBUGEVT);
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
        int derived = resolve(FaultStatus.exceptionOf(cfsrBits), level, 0);
        if (derived == 0 || (number == HARD_FAULT && derived == HARD_FAULT)) {
            return Outcome.LOCKUP;
        }
        if (exceptions.groupPriority(derived) < exceptions.groupPriority(number)) {
            exceptions.setPending(number, true);
            return enter(derived, returnValue);
        }
        exceptions.setPending(derived, true);
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
            return fault.kind() == GuestFault.Kind.DACCVIOL
                    ? FaultStatus.MSTKERR
                    : FaultStatus.STKERR;
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
            return invalidReturn(excReturn);
        }
        if (exceptions.activePriority() >= 0) {
            cpu.faultmask = 0;
        }
        exceptions.setActive(returning, false);
        boolean toThread = (excReturn & EXC_RETURN_THREAD) != 0;
        boolean psp = (excReturn & EXC_RETURN_PSP) != 0;
        if (!toThread && psp) {
            return invalidReturn(excReturn);
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
            return tailChainFault(FaultStatus.exceptionOf(bits), excReturn);
        }
        int retpsr = values[7];
        if (toThread != ((retpsr & 0x1FF) == 0)) {
            return invalidReturn(excReturn);
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

    private Outcome invalidReturn(int excReturn) {
        system.recordFault(FaultStatus.INVPC, 0);
        return tailChainFault(USAGE_FAULT, excReturn);
    }

    private Outcome tailChainFault(int wanted, int excReturn) {
        lastFaultPc = cpu.pc;
        int number = resolve(wanted, exceptions.executionPriority(), 0);
        return number == 0 ? Outcome.LOCKUP : enter(number, excReturn);
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
