package dev.microvisor.emulator.system;

import static dev.microvisor.emulator.system.ExceptionNumbers.FIRST_IRQ;
import static dev.microvisor.emulator.system.ExceptionNumbers.IRQ_COUNT;
import static dev.microvisor.emulator.system.ExceptionNumbers.SYS_TICK;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.guest.Timed;
import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;
import dev.microvisor.emulator.memory.PrivateBus;
import java.util.Map;
import java.util.TreeMap;

/**
 * The system registers at 0xE000_0000: SCB, NVIC, SysTick, MPU, FPU control, DWT; what is left
 * (ITM, debug) is plain storage. Mutable; owned by the thread that runs the machine.
 */
public final class SystemControl implements PrivateBus, Timed {
    private static final int SCS = 0xE000_E000;
    private static final int DWT = 0xE000_1000;
    private static final int DBGMCU_IDCODE = 0xE004_4000;
    private static final int ITM_STIMULUS_END = 0xE000_0400;
    private static final int VECTKEY = 0x05FA;
    private static final int VECTKEYSTAT = 0xFA05_0000;

    /** Cortex-M33 r0p4, as the STM32U5 reads. */
    private static final int CPUID = 0x410F_D214;

    private static final int CCR_FIXED = 0x201;
    private static final int CCR_WRITABLE = 0x51A;
    private static final int CCR_UNALIGN_TRP = 1 << 3;
    private static final int CCR_DIV_0_TRP = 1 << 4;
    private static final int SCR_SLEEPONEXIT = 1 << 1;
    private static final int SCR_SEVONPEND = 1 << 4;
    private static final int FPCCR_WRITABLE = 0xC000_0001;
    private static final int FPDSCR_WRITABLE = 0x07C0_0000;
    private static final int CPACR_WRITABLE = 0x00F0_FFFF;

    private final CpuState cpu;
    private final SystemHost host;
    private final ExceptionModel exceptions;
    private final Nvic nvic;
    private final SystemHandlers handlers;
    private final SysTick sysTick = new SysTick();
    private final Mpu mpu = new Mpu();
    private final int initialVectorTable;
    private Memory memory;

    private int vectorTable;
    private int ccr;
    private int scr;
    private int cfsr;
    private int hfsr;
    private int mmfar;
    private int bfar;

    /** CYCCNT is the instruction count minus this. */
    private long cycleBase;

    private int dwtControl;
    private int stoppedCycles;
    private Map<Integer, Integer> storage = new TreeMap<>();

    public SystemControl(CpuState cpu, SystemHost host, int vectorTable) {
        this.cpu = cpu;
        this.host = host;
        this.initialVectorTable = vectorTable;
        this.exceptions = new ExceptionModel(cpu);
        this.nvic = new Nvic(exceptions, this::pend);
        this.handlers = new SystemHandlers(cpu, exceptions, this::pend);
        reset();
    }

    /** Second half of construction: the memory needs this object, and this the memory. */
    public ExceptionEngine attach(Memory newMemory) {
        memory = newMemory;
        memory.setProtection(mpu);
        return new ExceptionEngine(cpu, memory, this, exceptions);
    }

    public void reset() {
        exceptions.reset();
        sysTick.reset();
        mpu.reset();
        vectorTable = initialVectorTable;
        ccr = CCR_FIXED;
        scr = 0;
        cfsr = 0;
        hfsr = 0;
        mmfar = 0;
        bfar = 0;
        cycleBase = 0;
        dwtControl = 0;
        stoppedCycles = 0;
        storage.clear();
        cpu.fpccr = CpuState.FPCCR_ASPEN | CpuState.FPCCR_LSPEN;
        cpu.fpcar = 0;
        cpu.fpdscr = 0;
        cpu.cpacr = 0;
        cpu.trapDivisionByZero = false;
        cpu.updateFloatReady();
        if (memory != null) {
            memory.setTrapUnaligned(false);
            memory.setPrivileged(true);
            host.protectionChanged();
        }
    }

    // ---------------------------------------------------------------- for the machine

    public int vectorTable() {
        return vectorTable;
    }

    public int cfsr() {
        return cfsr;
    }

    public int hfsr() {
        return hfsr;
    }

    /** MMFAR or BFAR, whichever the CFSR says is valid, else 0. */
    public int faultAddress() {
        if ((cfsr & FaultStatus.MMARVALID) != 0) {
            return mmfar;
        }
        return (cfsr & FaultStatus.BFARVALID) != 0 ? bfar : 0;
    }

    boolean sleepOnExit() {
        return (scr & SCR_SLEEPONEXIT) != 0;
    }

    /** True when WFI would end at once. */
    public boolean wakes() {
        return exceptions.wakes();
    }

    public void pendInterrupt(int irq) {
        pend(FIRST_IRQ + irq);
    }

    /** Sets or clears the enable bit of an external interrupt. */
    public void enableInterrupt(int irq, boolean enabled) {
        exceptions.setEnabled(FIRST_IRQ + irq, enabled);
        host.attention();
    }

    /** Raises or lowers the level-triggered request line of an external interrupt. */
    public void setInterruptLine(int irq, boolean raised) {
        exceptions.setLine(FIRST_IRQ + irq, raised);
        host.attention();
    }

    public boolean isInterruptPending(int irq) {
        return exceptions.isPending(FIRST_IRQ + irq);
    }

    public boolean isInterruptEnabled(int irq) {
        return exceptions.isEnabled(FIRST_IRQ + irq);
    }

    public boolean isInterruptActive(int irq) {
        return exceptions.isActive(FIRST_IRQ + irq);
    }

    private void pend(int number) {
        boolean was = exceptions.isPending(number);
        exceptions.setPending(number, true);
        if (!was && (scr & SCR_SEVONPEND) != 0) {
            cpu.event = true;
        }
        host.attention();
    }

    void recordFault(int cfsrBits, int address) {
        cfsr |= cfsrBits;
        if ((cfsrBits & FaultStatus.MMARVALID) != 0) {
            mmfar = address;
        }
        if ((cfsrBits & FaultStatus.BFARVALID) != 0) {
            bfar = address;
        }
    }

    void recordHardFault(int bits) {
        hfsr |= bits;
    }

    /** What a fault of the instruction at {@code pc} will look like when it is taken. */
    public StopReason.Fault preview(GuestFault fault, int pc) {
        int bits = FaultStatus.cfsrBits(fault.kind());
        if (bits == 0) {
            return new StopReason.Fault(
                    "SecureFault", pc, cfsr, hfsr, fault.address(), fault.detail());
        }
        int number = FaultStatus.exceptionOf(bits);
        int level = exceptions.executionPriority();
        boolean own = exceptions.isEnabled(number) && exceptions.groupPriority(number) < level;
        String kind = own ? ExceptionNumbers.name(number) : level <= -1 ? "Lockup" : "HardFault";
        int newHfsr = own ? hfsr : hfsr | FaultStatus.HFSR_FORCED;
        String detail = fault.detail() + " (" + FaultStatus.describe(bits) + ")";
        return new StopReason.Fault(kind, pc, cfsr | bits, newHfsr, fault.address(), detail);
    }

    /** Mode, CONTROL or the active exceptions have changed. */
    public void privilegeChanged() {
        memory.setPrivileged(cpu.privileged());
        if (mpu.setNegativePriority(exceptions.activePriority() < 0 || cpu.faultmask != 0)) {
            host.protectionSwitched();
        }
    }

    @Override
    public long nextEvent() {
        return sysTick.nextEvent();
    }

    @Override
    public void runEvents(long now) {
        if (sysTick.advance(now)) {
            pend(SYS_TICK);
        }
    }

    // ---------------------------------------------------------------- bus

    @Override
    public int read(int address, int widthBytes) {
        int word = address & ~3;
        int value = word == SCS + 0x10 ? sysTick.readControl() : peek(word);
        int shifted = value >>> (8 * (address & 3));
        return widthBytes == 4 ? shifted : shifted & ((1 << (8 * widthBytes)) - 1);
    }

    @Override
    public void write(int address, int widthBytes, int value) {
        int word = address & ~3;
        if (widthBytes == 4) {
            writeWord(word, value);
            return;
        }
        int shift = 8 * (address & 3);
        int mask = ((1 << (8 * widthBytes)) - 1) << shift;
        int others = isWriteOneRegister(word) ? 0 : peek(word) & ~mask;
        writeWord(word, others | (value << shift & mask));
    }

    /** Registers where writing a one does something, so that untouched bytes must count as zero. */
    private static boolean isWriteOneRegister(int address) {
        int offset = address - SCS;
        return (offset >= 0x100 && offset < 0x300)
                || offset == 0xD04
                || (offset >= 0xD28 && offset < 0xD34);
    }

    @Override
    public int peek(int address) {
        int offset = address - SCS;
        if (offset >= Nvic.FIRST && offset < Nvic.END) {
            return nvic.peek(offset);
        }
        if (offset >= 0xD90 && offset < 0xDC8) {
            return mpu.read(offset - 0xD90);
        }
        if (offset >= 0 && offset < 0x1000) {
            return peekScs(offset);
        }
        if (address == DWT) {
            return dwtControl | 0x4000_0000;
        }
        if (address == DWT + 4) {
            return cycles();
        }
        if (address == DBGMCU_IDCODE) {
            return 0x3001_0482; // STM32U575 and STM32U585, revision W.
        }
        if (address < ITM_STIMULUS_END) {
            return 1; // The stimulus port's FIFO always has room.
        }
        return storage.getOrDefault(address, 0);
    }

    private int peekScs(int offset) {
        return switch (offset) {
            case 0x004 -> (IRQ_COUNT + 31) / 32 - 1;
            case 0x010 -> sysTick.peekControl();
            case 0x014 -> sysTick.reload();
            case 0x018 -> sysTick.counter(host.now());
            case 0x01C -> 0x4000_0000;
            case 0xD00 -> CPUID;
            case 0xD04 -> handlers.icsr();
            case 0xD08 -> vectorTable;
            case 0xD0C -> VECTKEYSTAT | exceptions.priorityGroup() << 8;
            case 0xD10 -> scr;
            case 0xD14 -> ccr;
            case 0xD18, 0xD1C, 0xD20 -> handlers.priorities(offset - 0xD18 + 4);
            case 0xD24 -> handlers.shcsr();
            case 0xD28 -> cfsr;
            case 0xD2C -> hfsr;
            case 0xD34 -> mmfar;
            case 0xD38 -> bfar;
            case 0xD40 -> 0x30;
            case 0xD44 -> 0x210;
            case 0xD48 -> 0x20_0000;
            case 0xD50 -> 0x10_1F40;
            case 0xD58 -> 0x100_0000;
            case 0xD60 -> 0x110_1110;
            case 0xD64 -> 0x221_2000;
            case 0xD68 -> 0x2023_2232;
            case 0xD6C -> 0x111_1131;
            case 0xD70 -> 0x131_0132;
            case 0xD88 -> cpu.cpacr;
            case 0xF34 -> cpu.fpccr;
            case 0xF38 -> cpu.fpcar;
            case 0xF3C -> cpu.fpdscr;
            case 0xF40 -> 0x1011_0021;
            case 0xF44 -> 0x1100_0011;
            case 0xF48 -> 0x40;
            default -> storage.getOrDefault(SCS + offset, 0);
        };
    }

    private void writeWord(int address, int value) {
        int offset = address - SCS;
        if (offset >= Nvic.FIRST && offset < Nvic.END) {
            nvic.write(offset, value);
            host.attention();
        } else if (offset >= 0xD90 && offset < 0xDC8) {
            mpu.write(offset - 0xD90, value, host);
        } else if (offset >= 0 && offset < 0x1000) {
            writeScs(offset, value);
        } else if (address == DWT) {
            stoppedCycles = cycles();
            dwtControl = value;
            cycleBase = host.now() - stoppedCycles;
        } else if (address == DWT + 4) {
            stoppedCycles = value;
            cycleBase = host.now() - value;
        } else {
            storage.put(address, value);
        }
    }

    private void writeScs(int offset, int value) {
        switch (offset) {
            case 0x010 -> sysTick.writeControl(value, host.now());
            case 0x014 -> sysTick.writeReload(value, host.now());
            case 0x018 -> sysTick.writeCounter(host.now());
            case 0xD04 -> handlers.writeIcsr(value);
            case 0xD08 -> vectorTable = value & ~0x7F;
            case 0xD0C -> writeAircr(value);
            case 0xD10 -> scr = value & 0x1E;
            case 0xD14 -> {
                ccr = CCR_FIXED | (value & CCR_WRITABLE);
                memory.setTrapUnaligned((ccr & CCR_UNALIGN_TRP) != 0);
                cpu.trapDivisionByZero = (ccr & CCR_DIV_0_TRP) != 0;
            }
            case 0xD18, 0xD1C, 0xD20 -> handlers.writePriorities(offset - 0xD18 + 4, value);
            case 0xD24 -> handlers.writeShcsr(value);
            case 0xD28 -> cfsr &= ~value;
            case 0xD2C -> hfsr &= ~value;
            case 0xD34 -> mmfar = value;
            case 0xD38 -> bfar = value;
            case 0xD88 -> cpu.cpacr = value & CPACR_WRITABLE;
            case 0xF00 -> triggerInterrupt(value & 0x1FF);
            case 0xF34 -> cpu.fpccr = (cpu.fpccr & ~FPCCR_WRITABLE) | (value & FPCCR_WRITABLE);
            case 0xF38 -> cpu.fpcar = value & ~7;
            case 0xF3C -> cpu.fpdscr = value & FPDSCR_WRITABLE;
            case 0x004, 0xD00, 0xF40, 0xF44, 0xF48 -> {
                // Read-only.
            }
            default -> storage.put(SCS + offset, value);
        }
        cpu.updateFloatReady();
        host.attention();
    }

    private void triggerInterrupt(int irq) {
        if (irq < IRQ_COUNT) {
            pendInterrupt(irq);
        }
    }

    private void writeAircr(int value) {
        if (value >>> 16 != VECTKEY) {
            return;
        }
        exceptions.setPriorityGroup(value >>> 8 & 7);
        if ((value & 4) != 0) {
            host.resetRequested();
        }
    }

    private int cycles() {
        return (dwtControl & 1) != 0 ? (int) (host.now() - cycleBase) : stoppedCycles;
    }

    // ---------------------------------------------------------------- snapshots

    /** Everything here, as an immutable value. */
    public static final class State {
        private final ExceptionModel.State exceptions;
        private final SysTick.State sysTick;
        private final int[] mpu;
        private final int[] registers;
        private final long cycleBase;
        private final Map<Integer, Integer> storage;

        /** One parameter for each field: snapshots are read from files by it, too. */
        private State(
                ExceptionModel.State exceptions,
                SysTick.State sysTick,
                int[] mpu,
                int[] registers,
                long cycleBase,
                Map<Integer, Integer> storage) {
            this.exceptions = exceptions;
            this.sysTick = sysTick;
            this.mpu = mpu;
            this.registers = registers;
            this.cycleBase = cycleBase;
            this.storage = new TreeMap<>(storage);
        }
    }

    public State save() {
        int[] registers = {
            vectorTable, ccr, scr, cfsr, hfsr, mmfar, bfar, dwtControl, stoppedCycles
        };
        return new State(
                exceptions.save(), sysTick.save(), mpu.save(), registers, cycleBase, storage);
    }

    public void restore(State state) {
        exceptions.restore(state.exceptions);
        sysTick.restore(state.sysTick);
        boolean otherProtection = mpu.restore(state.mpu);
        vectorTable = state.registers[0];
        ccr = state.registers[1];
        scr = state.registers[2];
        cfsr = state.registers[3];
        hfsr = state.registers[4];
        mmfar = state.registers[5];
        bfar = state.registers[6];
        dwtControl = state.registers[7];
        stoppedCycles = state.registers[8];
        cycleBase = state.cycleBase;
        storage = new TreeMap<>(state.storage);
        memory.setTrapUnaligned((ccr & CCR_UNALIGN_TRP) != 0);
        memory.setPrivileged(cpu.privileged());
        if (otherProtection) {
            // Only then: it throws away all decoded and compiled code.
            host.protectionChanged();
        }
    }

    /** Mixes everything that a program can see into a hash. */
    public long hash(long seed) {
        long hash = exceptions.hash(seed);
        int[] words = {
            vectorTable,
            ccr,
            scr,
            cfsr,
            hfsr,
            mmfar,
            bfar,
            dwtControl,
            stoppedCycles,
            sysTick.peekControl(),
            sysTick.reload(),
            sysTick.counter(host.now()),
            cycles()
        };
        for (int word : words) {
            hash = hash * 31 + word;
        }
        for (int word : mpu.save()) {
            hash = hash * 31 + word;
        }
        return hash * 31 + storage.hashCode();
    }
}
