package dev.microvisor.emulator.core;

import dev.microvisor.emulator.core.compiler.CompiledRegion;
import dev.microvisor.emulator.core.compiler.Regions;
import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Executes instructions with the interpreter, and where the program spends its time with compiled
 * regions. What the guest sees is the same with and without them: registers, memory, and the number
 * of every instruction at which something happens.
 */
public final class Processor {
    /** Direct-mapped memory of where regions are entered. */
    private static final int LOOKUP_SIZE = 1 << 12;

    /** A region is asked for no more instructions in one go, so that HotSpot sees calls early. */
    private static final int MAX_SLICE = 200_000;

    private final CpuState cpu;
    private final Memory memory;
    private final Interpreter interpreter;
    private final CodeSpace codeSpace;
    private final Regions regions;
    private final CompiledRegion[] lookup = new CompiledRegion[LOOKUP_SIZE];
    private boolean compiles;
    private boolean stopRequested;

    public Processor(CpuState cpu, Memory memory, boolean compiles) {
        this.cpu = cpu;
        this.memory = memory;
        this.interpreter = new Interpreter(cpu, memory);
        this.codeSpace = interpreter.codeSpace();
        this.regions = new Regions(codeSpace, cpu, memory, interpreter.floats());
        this.compiles = compiles;
    }

    /** Number of instructions executed so far; right also while one is being executed. */
    public long now() {
        return interpreter.now();
    }

    /** Moves time, when the core slept or a snapshot is restored. */
    public void setNow(long value) {
        interpreter.setNow(value);
    }

    /** Ends {@link #run} after the instruction being executed. */
    public void stopSoon() {
        stopRequested = true;
        interpreter.stopSoon();
    }

    /** The fault behind {@link Exit#FAULT}. */
    public GuestFault fault() {
        return interpreter.fault();
    }

    /** The compiled code, for measurements. */
    public Regions regions() {
        return regions;
    }

    /** Compiles from now on, or does not. */
    public void setCompiles(boolean value) {
        compiles = value;
    }

    /**
     * Sets the breakpoints. Compiled code is divided at them only when it runs next, so those that
     * are gone by then cost nothing.
     */
    public void setBreakpoints(Set<Integer> addresses) {
        interpreter.setBreakpoints(addresses);
        // A region that begins at one must not be entered from another region any more.
        addresses.forEach(address -> lookup[(address >>> 1) & (LOOKUP_SIZE - 1)] = null);
    }

    public boolean isBreakpoint(int address) {
        return interpreter.isBreakpoint(address);
    }

    /** Forgets what was made from bytes that have changed. */
    public void codeChanged(int address, int sizeBytes) {
        interpreter.codeChanged(address, sizeBytes);
        forget(regions.changed(address, sizeBytes));
    }

    /** Counts anew what is executed often, where regions were entered that are gone. */
    private void forget(List<Integer> entries) {
        for (int entry : entries) {
            codeSpace.setHeat(entry, 0);
        }
        if (!entries.isEmpty()) {
            Arrays.fill(lookup, null);
        }
    }

    /** Forgets everything decoded; for changes of what may be executed. */
    public void forgetCode() {
        interpreter.forgetCode();
        regions.clear();
        Arrays.fill(lookup, null);
    }

    /** Executes the one instruction at the PC; see {@link Interpreter#runOne}. */
    public Exit runOne() {
        return interpreter.runOne();
    }

    /**
     * Executes instructions until their number reaches {@code until}, or something else needs
     * attention.
     */
    public Exit run(long until) {
        // With the MPU on, who may execute what changes with the mode: left to the interpreter.
        if (!compiles || !memory.protection().disabled()) {
            return interpreter.run(until);
        }
        codeSpace.noteStops().forEach(address -> forget(regions.discardAround(address, 2)));
        stopRequested = false;
        while (now() < until && !stopRequested) {
            Exit exit = advance(until);
            if (exit != Exit.LIMIT && exit != Exit.HOT) {
                return exit;
            }
        }
        return Exit.LIMIT;
    }

    /** Runs regions, or the interpreter up to where there may be one. */
    private Exit advance(long until) {
        CompiledRegion region = mayEnter() ? find(cpu.pc) : null;
        if (region == null) {
            return interpreter.run(until, true);
        }
        int left = (int) Math.min(until - now(), MAX_SLICE);
        long sliceEnd = now() + left;
        if (left < region.instructions()) {
            // The last instructions one by one, so that the end is exact.
            return interpreter.run(sliceEnd);
        }
        CompiledRegion.flagsFromCpu(cpu);
        int after = runFrom(region, left);
        CompiledRegion.flagsToCpu(cpu);
        if (after != left) {
            setNow(sliceEnd - after);
            return Exit.LIMIT;
        }
        return interpreter.run(now() + 1);
    }

    /** Runs one region after the other while they are known; returns what is left. */
    private int runFrom(CompiledRegion first, int limit) {
        final CpuState cpu = this.cpu;
        final CompiledRegion[] lookup = this.lookup;
        CompiledRegion region = first;
        int left = limit;
        while (true) {
            int after = region.run(left);
            if (after == left || cpu.it != 0) {
                return after;
            }
            left = after;
            int pc = cpu.pc;
            region = lookup[(pc >>> 1) & (LOOKUP_SIZE - 1)];
            if (region == null || region.start() != pc || left < region.instructions()) {
                return left;
            }
        }
    }

    private boolean mayEnter() {
        return cpu.it == 0
                && cpu.thumb
                && (cpu.n >= 0 || cpu.z != 0)
                && !(codeSpace.hasBreakpoints() && codeSpace.isBreakpoint(cpu.pc));
    }

    /** The region to be entered at an address: known, or compiled now if the place is hot. */
    private CompiledRegion find(int address) {
        CompiledRegion region = lookup[(address >>> 1) & (LOOKUP_SIZE - 1)];
        if (region != null && region.start() == address) {
            return region;
        }
        region = regions.at(address);
        if (region == null) {
            if (!codeSpace.warmUp(address)) {
                return null;
            }
            region = regions.compile(address).orElse(null);
            if (region == null) {
                codeSpace.setHeat(address, Interpreter.NEVER_HOT);
                return null;
            }
            // The cache may have been emptied for it.
            Arrays.fill(lookup, null);
        }
        codeSpace.setHeat(address, Interpreter.HOT);
        // A region at a breakpoint is entered with care only: not from another one.
        if (!codeSpace.isBreakpoint(address)) {
            lookup[(address >>> 1) & (LOOKUP_SIZE - 1)] = region;
        }
        return region;
    }
}
