package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.core.Exit;
import dev.microvisor.emulator.core.Interpreter;
import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Hypervisor;
import dev.microvisor.emulator.guest.Peripheral;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.guest.Timed;
import dev.microvisor.emulator.memory.AccessListener;
import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;
import dev.microvisor.emulator.memory.ProtectedRange;
import dev.microvisor.emulator.memory.WatchRange;
import dev.microvisor.emulator.system.ExceptionEngine;
import dev.microvisor.emulator.system.ExceptionNumbers;
import dev.microvisor.emulator.system.SystemControl;
import dev.microvisor.emulator.system.SystemHost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * One STM32U585 under Microvisor, running one firmware.
 *
 * <p>The instruction count is the only clock. A system call is a branch into the
 * non-secure-callable table; it counts as one instruction, its status comes back in r0, and r1 to
 * r3, r12 and the flags are zero afterwards, as the secure side leaves them. Owned by one thread,
 * except {@link #pause}.
 */
public final class Machine implements Debuggee, Guest {
    /** First slot of the non-secure-callable table. */
    public static final int CALL_TABLE = 0x0C1F_E000;

    /** Slots in the table; two of them have no function behind. */
    public static final int CALL_SLOTS = 74;

    private static final int CALL_SLOT_BYTES = 8;

    /** The core looks for a pause at least this often. */
    private static final long CHUNK = 1_000_000;

    /** {@code b .}: a branch to itself. */
    private static final int BRANCH_TO_SELF = 0xE7FE;

    private static final int MAX_WARNINGS = 1000;
    private static final long IDLE_STEP_NS = 1_000_000;

    private final FirmwareImage firmware;
    private final MachineOptions options;
    private final Hypervisor hypervisor;
    private final List<Peripheral> peripherals;
    private final CpuState cpu = new CpuState();
    private final Memory memory;
    private final SystemControl system;
    private final ExceptionEngine engine;
    private final Interpreter interpreter;
    private final MachineRegisters registers = new MachineRegisters(cpu);
    private final Semihosting semihosting;
    private final List<Timed> timedParts = new ArrayList<>();
    private final List<SystemCallListener> callListeners = new ArrayList<>();
    private final Set<String> warned = new HashSet<>();

    private long nextEvent;
    private long until;
    private boolean eventsChanged = true;
    private boolean sleeping;
    private long sleepingSince;

    /** The kernel keeps the core from executing until the application restarts. */
    private boolean halted;

    private boolean restartRequested;
    private StopReason stopRequest;
    private volatile boolean pauseRequested;

    /** A fault that was reported to the owner and is taken when the run goes on. */
    private boolean faultReported;

    private long faultReportedAt;
    private int callSite;

    /**
     * Puts a machine together and resets it.
     *
     * @param peripherals where two overlap, the smaller one wins
     */
    public Machine(
            FirmwareImage firmware,
            Hypervisor hypervisor,
            List<? extends Peripheral> peripherals,
            MachineOptions options) {
        this.firmware = firmware;
        this.options = options;
        this.hypervisor = hypervisor;
        this.peripherals = List.copyOf(peripherals);
        Wiring wiring = new Wiring();
        this.system = new SystemControl(cpu, wiring, firmware.vectorTable());
        this.memory = new Memory(options.memoryMap(), this.peripherals, system, wiring);
        this.interpreter = new Interpreter(cpu, memory);
        this.engine = system.attach(memory);
        this.semihosting =
                options.semihosting() == null
                        ? null
                        : new Semihosting(cpu, memory, options.semihosting());
        timedParts.add(system);
        timedParts.add(hypervisor);
        timedParts.addAll(this.peripherals);
        load(true);
        resetCore();
        this.peripherals.forEach(peripheral -> peripheral.attach(this));
        hypervisor.attach(this);
    }

    // ---------------------------------------------------------------- reset

    private void load(boolean flashToo) {
        for (FirmwareImage.Segment segment : firmware.segments()) {
            if (flashToo || memory.isWritable(segment.address(), segment.bytes().length)) {
                if (!memory.poke(segment.address(), segment.bytes())) {
                    throw new IllegalArgumentException(
                            String.format(
                                    "the firmware has %d bytes at 0x%08x, where the application has no"
                                            + " memory",
                                    segment.bytes().length, segment.address()));
                }
            }
        }
    }

    private void resetCore() {
        CpuState fresh = new CpuState();
        cpu.copyFrom(fresh);
        system.reset();
        int table = system.vectorTable();
        cpu.r[CpuState.SP] = memory.peekWord(table) & ~3;
        int entry = memory.peekWord(table + 4);
        cpu.pc = entry & ~1;
        cpu.thumb = (entry & 1) != 0;
        cpu.r[CpuState.LR] = -1;
        sleeping = false;
        halted = false;
        eventsChanged = true;
    }

    private void restartNow() {
        restartRequested = false;
        memory.clearRam();
        load(false);
        peripherals.forEach(Peripheral::reset);
        resetCore();
    }

    // ---------------------------------------------------------------- running

    @Override
    public StopReason run(long untilInstruction) {
        until = untilInstruction;
        stopRequest = null;
        int startPc = cpu.pc;
        int startException = cpu.exception;
        boolean leaveBreakpoint = interpreter.isBreakpoint(startPc);
        while (true) {
            StopReason early = betweenInstructions();
            if (early != null) {
                return early;
            }
            if (halted) {
                StopReason idle = passTime();
                if (idle != null) {
                    return idle;
                }
                continue;
            }
            if (engine.isDue()) {
                sleeping = false;
                StopReason crash = finish(engine.takePending());
                if (crash != null) {
                    return crash;
                }
                continue;
            }
            if (sleeping) {
                StopReason idle = sleep();
                if (idle != null) {
                    return idle;
                }
                continue;
            }
            Exit exit;
            boolean leaving =
                    leaveBreakpoint && cpu.pc == startPc && cpu.exception == startException;
            if (leaving) {
                leaveBreakpoint = false;
                exit = interpreter.runOne();
            } else {
                exit = interpreter.run(Math.min(Math.min(until, nextEvent), now() + CHUNK));
            }
            // There is no code in the call table that the interpreter could stop at.
            boolean called = exit == Exit.NO_CODE && isCallTable(cpu.pc);
            if (called && !leaving && interpreter.isBreakpoint(cpu.pc)) {
                return new StopReason.Breakpoint(cpu.pc);
            }
            StopReason reason = handle(exit);
            if (reason != null) {
                return reason;
            }
        }
    }

    /** What is to be done before an instruction, other than taking exceptions. */
    private StopReason betweenInstructions() {
        if (restartRequested) {
            restartNow();
        }
        if (stopRequest != null) {
            StopReason reason = stopRequest;
            stopRequest = null;
            return reason;
        }
        if (pauseRequested) {
            pauseRequested = false;
            return new StopReason.Paused();
        }
        if (now() >= until) {
            return new StopReason.LimitReached();
        }
        runDueEvents();
        return null;
    }

    @Override
    public StopReason step() {
        stopRequest = null;
        runDueEvents();
        if (!halted && engine.isDue()) {
            sleeping = false;
            StopReason crash = finish(engine.takePending());
            return crash != null ? crash : new StopReason.LimitReached();
        }
        return run(now() + 1);
    }

    private void runDueEvents() {
        long now = now();
        while (eventsChanged || nextEvent <= now) {
            eventsChanged = false;
            nextEvent = Timed.NEVER;
            for (Timed part : timedParts) {
                if (part.nextEvent() <= now) {
                    part.runEvents(now);
                }
                nextEvent = Math.min(nextEvent, part.nextEvent());
            }
        }
    }

    /** Moves time to what wakes the core. */
    private StopReason sleep() {
        if (system.wakes()) {
            sleeping = false;
            return null;
        }
        return passTime();
    }

    /** Moves time to the next event, for a core that executes nothing. */
    private StopReason passTime() {
        if (nextEvent != Timed.NEVER) {
            interpreter.setNow(Math.max(now(), Math.min(nextEvent, until)));
            return null;
        }
        if (!hypervisor.expectsOutsideInput()) {
            return new StopReason.IdleForGood(cpu.pc);
        }
        // Something from outside may come: time passes at its real pace meanwhile.
        LockSupport.parkNanos(IDLE_STEP_NS);
        long step = Math.max(1, options.clockHz() * IDLE_STEP_NS / 1_000_000_000L);
        interpreter.setNow(Math.min(now() + step, until));
        eventsChanged = true;
        return null;
    }

    private StopReason handle(Exit exit) {
        switch (exit) {
            case LIMIT:
                return skipIdleLoop();
            case PRIORITY_CHANGED, DECODE_AGAIN:
                return exit == Exit.DECODE_AGAIN ? handle(interpreter.runOne()) : null;
            case BREAKPOINT:
                return new StopReason.Breakpoint(cpu.pc);
            case NO_CODE:
                return isCallTable(cpu.pc) ? systemCall() : fetchFault();
            case NOT_THUMB:
                return fault(
                        memory.fault(
                                GuestFault.Kind.INVSTATE,
                                0,
                                String.format("branch to 0x%08x without the Thumb bit", cpu.pc)));
            case FAULT:
                return fault(interpreter.fault());
            case EXCEPTION_RETURN:
                return exceptionReturn(cpu.excReturn);
            case SUPERVISOR_CALL:
                return finish(engine.supervisorCall());
            case BKPT:
                return breakpointInstruction();
            case WAIT_FOR_INTERRUPT:
                waitForInterrupt();
                return null;
            case WAIT_FOR_EVENT:
                if (!cpu.event) {
                    waitForInterrupt();
                }
                return null;
        }
        throw new AssertionError(exit);
    }

    /**
     * A branch to itself changes nothing until an interrupt comes: time may jump. Inside a fault
     * handler it is how firmware says that it has crashed.
     */
    private StopReason skipIdleLoop() {
        if (cpu.it != 0 || memory.peekWord(cpu.pc) << 16 != BRANCH_TO_SELF << 16) {
            return null;
        }
        if (cpu.exception >= ExceptionNumbers.HARD_FAULT
                && cpu.exception <= ExceptionNumbers.USAGE_FAULT) {
            return crash(reportOf(null));
        }
        runDueEvents();
        if (engine.isDue() || stopRequest != null || interpreter.isBreakpoint(cpu.pc)) {
            return null;
        }
        if (nextEvent == Timed.NEVER) {
            return hypervisor.expectsOutsideInput() ? null : new StopReason.IdleForGood(cpu.pc);
        }
        interpreter.setNow(Math.max(now(), Math.min(nextEvent, until)));
        return null;
    }

    // ---------------------------------------------------------------- faults

    private StopReason fetchFault() {
        try {
            memory.fetchHalf(cpu.pc);
        } catch (GuestFault fault) {
            return fault(fault);
        }
        throw new IllegalStateException(String.format("no code at 0x%08x", cpu.pc));
    }

    private StopReason fault(GuestFault fault) {
        boolean secure = fault.kind() == GuestFault.Kind.SECURE;
        if (options.stopOnFault() && !(faultReported && faultReportedAt == now())) {
            faultReported = true;
            faultReportedAt = now();
            return reportOf(fault);
        }
        faultReported = false;
        if (secure) {
            return crash(reportOf(fault));
        }
        int address = fault.address();
        return finish(engine.raise(fault.kind(), address));
    }

    private StopReason.Fault reportOf(GuestFault fault) {
        if (fault == null) {
            return new StopReason.Fault(
                    ExceptionNumbers.name(cpu.exception),
                    engine.lastFaultPc(),
                    system.cfsr(),
                    system.hfsr(),
                    system.faultAddress(),
                    "the firmware's "
                            + ExceptionNumbers.name(cpu.exception)
                            + " handler loops for ever");
        }
        return system.preview(fault, cpu.pc);
    }

    private StopReason crash(StopReason.Fault fault) {
        hypervisor.applicationCrashed(fault);
        if (restartRequested || stopRequest != null || halted) {
            return null;
        }
        return fault;
    }

    private StopReason finish(ExceptionEngine.Outcome outcome) {
        switch (outcome) {
            case CONTINUE:
                return null;
            case SLEEP:
                fallAsleep();
                return null;
            case LOCKUP:
                return crash(
                        new StopReason.Fault(
                                "Lockup",
                                cpu.pc,
                                system.cfsr(),
                                system.hfsr(),
                                system.faultAddress(),
                                "a fault in a fault handler, or one that cannot be taken"));
        }
        throw new AssertionError(outcome);
    }

    private StopReason exceptionReturn(int excReturn) {
        if (ExceptionEngine.isSecureReturn(excReturn)) {
            String detail =
                    String.format(
                            "return from exception with EXC_RETURN 0x%08x, which is for the secure"
                                    + " side; the RTOS port must be one for the non-secure side",
                            excReturn);
            return fault(memory.fault(GuestFault.Kind.SECURE, 0, detail));
        }
        return finish(engine.returnFrom(excReturn));
    }

    private StopReason breakpointInstruction() {
        if (cpu.trapNumber == Semihosting.BKPT_NUMBER && semihosting != null) {
            StopReason exit = semihosting.call(now(), clockHz());
            cpu.pc += 2;
            interpreter.setNow(now() + 1);
            return exit;
        }
        if (options.stopOnFault() && !(faultReported && faultReportedAt == now())) {
            faultReported = true;
            faultReportedAt = now();
            return new StopReason.Breakpoint(cpu.pc);
        }
        return finish(engine.breakpointInstruction());
    }

    // ---------------------------------------------------------------- system calls

    private static boolean isCallTable(int address) {
        int offset = address - CALL_TABLE;
        return offset >= 0
                && offset < CALL_SLOTS * CALL_SLOT_BYTES
                && offset % CALL_SLOT_BYTES == 0;
    }

    private StopReason systemCall() {
        int slot = (cpu.pc - CALL_TABLE) / CALL_SLOT_BYTES;
        int[] r = cpu.r;
        int target = r[CpuState.LR];
        callSite = target & ~1;
        int status;
        if (callListeners.isEmpty()) {
            status = hypervisor.call(slot, r[0], r[1], r[2], r[3]);
        } else {
            SystemCallListener.Call call =
                    new SystemCallListener.Call(now(), slot, r[0], r[1], r[2], r[3], callSite);
            callListeners.forEach(listener -> listener.before(call));
            status = hypervisor.call(slot, r[0], r[1], r[2], r[3]);
            callListeners.forEach(listener -> listener.after(call, status));
        }
        r[0] = status;
        r[1] = 0;
        r[2] = 0;
        r[3] = 0;
        r[12] = 0;
        cpu.setApsrFlags(0);
        cpu.pc = target & ~1;
        interpreter.setNow(now() + 1);
        if (target >>> 24 == 0xFF && cpu.handlerMode()) {
            return exceptionReturn(target);
        }
        cpu.thumb = (target & 1) != 0;
        return null;
    }

    public void addCallListener(SystemCallListener listener) {
        callListeners.add(listener);
    }

    public void removeCallListener(SystemCallListener listener) {
        callListeners.remove(listener);
    }

    // ---------------------------------------------------------------- for the debugger

    @Override
    public long now() {
        return interpreter.now();
    }

    @Override
    public int clockHz() {
        return options.clockHz();
    }

    @Override
    public Registers registers() {
        return registers;
    }

    @Override
    public byte[] peek(int address, int sizeBytes) {
        return memory.peek(address, sizeBytes);
    }

    @Override
    public boolean poke(int address, byte[] bytes) {
        return memory.poke(address, bytes);
    }

    @Override
    public void setBreakpoints(Set<Integer> addresses) {
        interpreter.setBreakpoints(addresses);
    }

    @Override
    public void setWatchpoints(Set<Watch> watches) {
        memory.setWatches(
                watches.stream()
                        .sorted(Comparator.comparingInt(Watch::id))
                        .map(
                                watch ->
                                        new WatchRange(
                                                watch.id(),
                                                watch.address(),
                                                watch.sizeBytes(),
                                                watch.onRead(),
                                                watch.onWrite()))
                        .toList());
    }

    @Override
    public void pause() {
        pauseRequested = true;
    }

    public FirmwareImage firmware() {
        return firmware;
    }

    /** True while the core waits for an interrupt or event. */
    public boolean isSleeping() {
        return sleeping;
    }

    /** Instruction number at which the core fell asleep; valid while {@link #isSleeping}. */
    public long sleepingSince() {
        return sleepingSince;
    }

    private void fallAsleep() {
        sleeping = true;
        sleepingSince = now();
    }

    /** Fault status, interrupt states and the other system registers. */
    public SystemControl system() {
        return system;
    }

    public Hypervisor hypervisor() {
        return hypervisor;
    }

    // ---------------------------------------------------------------- for the kernel and
    // peripherals

    @Override
    public boolean readable(int address, int sizeBytes) {
        return memory.isReadable(address, sizeBytes);
    }

    @Override
    public boolean writable(int address, int sizeBytes) {
        return memory.isWritable(address, sizeBytes);
    }

    @Override
    public byte[] read(int address, int sizeBytes) {
        byte[] bytes = memory.peek(address, sizeBytes);
        if (bytes.length != sizeBytes) {
            throw new IllegalArgumentException(
                    String.format("%d bytes at 0x%08x are not readable", sizeBytes, address));
        }
        return bytes;
    }

    @Override
    public void write(int address, byte[] bytes) {
        if (!memory.isWritable(address, bytes.length) || !memory.poke(address, bytes)) {
            throw new IllegalArgumentException(
                    String.format("%d bytes at 0x%08x are not RAM", bytes.length, address));
        }
    }

    @Override
    public int readWord(int address) {
        return memory.peekWord(address);
    }

    @Override
    public void writeWord(int address, int value) {
        byte[] bytes = {
            (byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)
        };
        write(address, bytes);
    }

    @Override
    public void protect(int address, int sizeBytes, String owner) {
        memory.protect(new ProtectedRange(address, sizeBytes, owner));
    }

    @Override
    public void unprotect(int address, int sizeBytes) {
        memory.unprotect(address, sizeBytes);
    }

    @Override
    public void pendInterrupt(int irq) {
        system.pendInterrupt(irq);
    }

    @Override
    public boolean isInterruptPending(int irq) {
        return system.isInterruptPending(irq);
    }

    @Override
    public void setInterruptLine(int irq, boolean raised) {
        system.setInterruptLine(irq, raised);
    }

    @Override
    public void waitForInterrupt() {
        if (!system.wakes()) {
            fallAsleep();
        }
    }

    @Override
    public void halt() {
        halted = true;
        interpreter.stopSoon();
    }

    @Override
    public boolean interruptExists(int irq) {
        return irq >= 0 && irq < ExceptionNumbers.IRQ_COUNT;
    }

    @Override
    public int activeException() {
        return cpu.exception;
    }

    @Override
    public int callSite() {
        return callSite;
    }

    @Override
    public int vectorTable() {
        return system.vectorTable();
    }

    @Override
    public void eventsChanged() {
        eventsChanged = true;
        interpreter.stopSoon();
    }

    @Override
    public void requestStop(StopReason reason) {
        if (stopRequest == null) {
            stopRequest = reason;
        }
        interpreter.stopSoon();
    }

    @Override
    public void restartApplication() {
        restartRequested = true;
        interpreter.stopSoon();
    }

    @Override
    public void warnOnce(String message) {
        if (warned.size() < MAX_WARNINGS && warned.add(message)) {
            options.warnings().accept(message);
        }
    }

    @Override
    public Optional<String> symbolAt(int address) {
        return Optional.ofNullable(firmware.functions().floorEntry(address & ~1))
                .map(Map.Entry::getValue);
    }

    // ---------------------------------------------------------------- snapshots

    /**
     * Takes the whole machine down in microseconds; pages are copied when they are next written.
     */
    public MachineSnapshot saveSnapshot() {
        CpuState copy = new CpuState();
        copy.copyFrom(cpu);
        return new MachineSnapshot(
                copy,
                memory.save(),
                system.save(),
                hypervisor.save(),
                peripherals.stream().map(Stateful::save).toList(),
                now(),
                sleeping,
                sleepingSince,
                halted);
    }

    /** Puts back everything but breakpoints, watchpoints and listeners. */
    public void restoreSnapshot(MachineSnapshot snapshot) {
        cpu.copyFrom(snapshot.cpu);
        memory.restore(snapshot.memory);
        system.restore(snapshot.system);
        interpreter.setNow(snapshot.now);
        hypervisor.restore(snapshot.hypervisor);
        for (int i = 0; i < peripherals.size(); i++) {
            peripherals.get(i).restore(snapshot.peripherals.get(i));
        }
        sleeping = snapshot.sleeping;
        sleepingSince = snapshot.sleepingSince;
        halted = snapshot.halted;
        restartRequested = false;
        faultReported = false;
        eventsChanged = true;
    }

    /**
     * A hash of everything that a program can see: registers, memory, system registers and time.
     * Equal hashes after equal inputs are what "deterministic" means here.
     */
    public long stateHash() {
        return system.hash(memory.hash(cpu.hash(now())));
    }

    /** What the parts tell the machine. */
    private final class Wiring implements AccessListener, SystemHost {
        @Override
        public void watchHit(int watchId, int address, boolean write) {
            requestStop(new StopReason.Watchpoint(watchId, address, write));
        }

        @Override
        public void codeChanged(int address, int sizeBytes) {
            if (interpreter != null) {
                interpreter.codeChanged(address, sizeBytes);
            }
        }

        @Override
        public long now() {
            return interpreter == null ? 0 : interpreter.now();
        }

        @Override
        public void attention() {
            if (interpreter != null) {
                eventsChanged();
            }
        }

        @Override
        public void protectionChanged() {
            memory.protectionChanged();
            interpreter.forgetCode();
        }

        @Override
        public void resetRequested() {
            hypervisor.applicationReset();
            restartApplication();
        }

        @Override
        public void warnOnce(String message) {
            Machine.this.warnOnce(message);
        }
    }
}
