package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.core.Footprint;
import dev.microvisor.emulator.core.Processor;
import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Hypervisor;
import dev.microvisor.emulator.guest.Peripheral;
import dev.microvisor.emulator.guest.ResetCause;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.memory.Memory;
import dev.microvisor.emulator.memory.ProtectedRange;
import dev.microvisor.emulator.memory.Region;
import dev.microvisor.emulator.system.ExceptionEngine;
import dev.microvisor.emulator.system.ExceptionNumbers;
import dev.microvisor.emulator.system.SystemControl;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    private final FirmwareImage firmware;
    private final MachineOptions options;
    private final Hypervisor hypervisor;
    private final List<Peripheral> peripherals;
    private final CpuState cpu = new CpuState();
    private final Memory memory;
    private final SystemControl system;
    private final ExceptionEngine engine;
    private final Processor processor;
    private final MachineRegisters registers = new MachineRegisters(cpu);
    private final Timetable timetable = new Timetable();
    private final Requests requests = new Requests();
    private final Sleep sleep = new Sleep();
    private final CallGate calls;
    private final FaultDelivery faults;
    private final RunLoop loop;
    private final Warnings warnings;

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
        this.warnings = new Warnings(options.warnings());
        this.hypervisor = hypervisor;
        this.peripherals = List.copyOf(peripherals);
        Wiring wiring = new Wiring(this);
        this.system = new SystemControl(cpu, wiring, firmware.vectorTable());
        this.memory = new Memory(options.memoryMap(), this.peripherals, system, wiring);
        this.processor = new Processor(cpu, memory, options.compiles());
        this.engine = system.attach(memory);
        this.calls = new CallGate(cpu, hypervisor);
        this.faults =
                new FaultDelivery(
                        cpu,
                        memory,
                        system,
                        engine,
                        processor,
                        hypervisor,
                        options,
                        requests,
                        sleep);
        this.loop =
                new RunLoop(
                        cpu,
                        system,
                        engine,
                        processor,
                        hypervisor,
                        timetable,
                        requests,
                        sleep,
                        faults,
                        calls,
                        this::restartNow);
        timetable.add(system);
        timetable.add(hypervisor);
        this.peripherals.forEach(timetable::add);
        firmware.load(memory, true);
        resetCore();
        this.peripherals.forEach(peripheral -> peripheral.attach(this));
        hypervisor.attach(this);
    }

    // ---------------------------------------------------------------- reset

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
        sleep.end();
        requests.halted = false;
        timetable.changed();
    }

    private void restartNow() {
        requests.restart = false;
        memory.unprotectAll();
        firmware.load(memory, false);
        peripherals.forEach(Peripheral::reset);
        resetCore();
    }

    // ---------------------------------------------------------------- for the debugger

    @Override
    public StopReason run(long untilInstruction) {
        return loop.run(untilInstruction, true);
    }

    /** As {@link #run}, but a breakpoint at the present PC stops: goes on with a run. */
    public StopReason proceed(long untilInstruction) {
        return loop.run(untilInstruction, false);
    }

    @Override
    public StopReason step() {
        return loop.step();
    }

    /** What has run since this was last asked. */
    public Footprint takeFootprint() {
        return processor.takeFootprint();
    }

    /** To be called at all events of a kind by a listener that stops at some of them. */
    public void somethingHappened() {
        processor.happened();
    }

    /** Lets happen what is due now, without executing anything or ending a run. */
    public void runDueEvents() {
        loop.runDueEvents();
        requests.takeStop();
    }

    public void addCallListener(SystemCallListener listener) {
        calls.addListener(listener);
    }

    public void removeCallListener(SystemCallListener listener) {
        calls.removeListener(listener);
    }

    @Override
    public long now() {
        return processor.now();
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
        processor.setBreakpoints(addresses);
    }

    @Override
    public void setWatchpoints(Set<Watch> watches) {
        memory.setWatches(
                watches.stream()
                        .sorted(Comparator.comparingInt(Watch::id))
                        .map(Watch::range)
                        .toList());
    }

    @Override
    public void pause() {
        requests.pause = true;
    }

    /**
     * Whether frequent code is compiled. Without, breakpoints of a moment do not divide compiled
     * code; what the guest sees is the same.
     */
    public void compile(boolean compiles) {
        processor.setCompiles(compiles && options.compiles());
    }

    /** From now on everything is interpreted, with the same result as compiled. */
    public void interpretOnly() {
        processor.setCompiles(false);
    }

    /** What executes the instructions; null while the machine is being put together. */
    Processor processor() {
        return processor;
    }

    /** Flash, RAM and devices. */
    Memory memory() {
        return memory;
    }

    /** The MPU allows something else from now on. */
    void protectionChanged() {
        memory.protectionChanged();
        processor.forgetCode();
    }

    /** The block of flash or RAM that holds an address. */
    public Optional<Region> regionAt(int address) {
        return Optional.ofNullable(memory.regionAt(address));
    }

    public FirmwareImage firmware() {
        return firmware;
    }

    /** True while the core waits for an interrupt or event. */
    public boolean isSleeping() {
        return sleep.asleep();
    }

    /** Instruction number at which the core fell asleep; valid while {@link #isSleeping}. */
    public long sleepingSince() {
        return sleep.since();
    }

    /** Instruction numbers that passed, in all runs, while the core slept; no part of the state. */
    public long waited() {
        return sleep.waited();
    }

    /** Who sees every instruction from now on; null for nobody. The machine is slower meanwhile. */
    public void observe(InstructionObserver observer) {
        loop.setObserver(observer);
    }

    /** Fault status, interrupt states and the other system registers. */
    public SystemControl system() {
        return system;
    }

    public Hypervisor hypervisor() {
        return hypervisor;
    }

    // ---------------------------------------------------------------- for kernel and peripherals

    @Override
    public int clockRegister(int address) {
        return hypervisor.clockRegister(address);
    }

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
        if (memory.pokeWord(address, value)) {
            return;
        }
        byte[] bytes = new byte[4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(value);
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
    public void enableInterrupt(int irq, boolean enabled) {
        system.enableInterrupt(irq, enabled);
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
        loop.waitForInterrupt();
    }

    @Override
    public void halt() {
        requests.halted = true;
        processor.stopSoon();
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
        return calls.callSite();
    }

    @Override
    public int vectorTable() {
        return system.vectorTable();
    }

    @Override
    public void eventsChanged() {
        timetable.changed();
        processor.stopSoon();
    }

    @Override
    public boolean pauseRequested() {
        return requests.pause;
    }

    @Override
    public void requestStop(StopReason reason) {
        requests.stop(reason);
        processor.stopSoon();
    }

    @Override
    public void restartApplication() {
        requests.restart = true;
        processor.stopSoon();
    }

    @Override
    public void clearRam() {
        memory.clearRam();
    }

    @Override
    public void watchdogReset(ResetCause cause, String why) {
        warnOnce(why + ": the application is reset");
        hypervisor.applicationReset(cause);
        restartApplication();
    }

    @Override
    public void resetPeripheral(String name) {
        peripherals.stream().filter(p -> p.name().equals(name)).forEach(Peripheral::reset);
        eventsChanged();
    }

    @Override
    public void warnOnce(String message) {
        warnings.once(message);
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
                sleep.asleep(),
                sleep.since(),
                requests.halted);
    }

    /** Puts back everything but breakpoints, watchpoints and listeners. */
    public void restoreSnapshot(MachineSnapshot snapshot) {
        cpu.copyFrom(snapshot.cpu);
        memory.restore(snapshot.memory);
        system.restore(snapshot.system);
        // While the time is still the old one: the hypervisor notes how far the run had come.
        hypervisor.restore(snapshot.hypervisor);
        processor.setNow(snapshot.now);
        for (int i = 0; i < peripherals.size(); i++) {
            peripherals.get(i).restore(snapshot.peripherals.get(i));
        }
        sleep.restore(snapshot.sleeping, snapshot.sleepingSince);
        requests.halted = snapshot.halted;
        requests.restart = false;
        faults.forget();
        timetable.changed();
    }

    /**
     * A hash of everything that a program can see: registers, memory, system registers and time.
     * Equal hashes after equal inputs are what "deterministic" means here.
     */
    public long stateHash() {
        return system.hash(memory.hash(cpu.hash(now())));
    }
}
