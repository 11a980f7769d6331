package dev.microvisor.emulator.core;

import dev.microvisor.emulator.core.compiler.CompiledRegion;
import dev.microvisor.emulator.core.compiler.Entrances;
import dev.microvisor.emulator.core.compiler.Fallback;
import dev.microvisor.emulator.core.compiler.Regions;
import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;
import dev.microvisor.emulator.memory.ReadClock;
import java.util.List;
import java.util.Set;

/**
 * Executes instructions with the interpreter, and where the program spends its time with compiled
 * regions. What the guest sees is the same with and without them: registers, memory, and the number
 * of every instruction at which something happens.
 */
public final class Processor {
    /** A region is asked for no more instructions in one go, so that HotSpot sees calls early. */
    private static final int MAX_SLICE = 200_000;

    private final CpuState cpu;
    private final Memory memory;
    private final Interpreter interpreter;
    private final CodeSpace codeSpace;
    private final Regions regions;
    private final Entrances entrances;
    private final IdleLoops idleLoops;
    private SystemCalls systemCalls = () -> false;
    private boolean compiles;
    private boolean stopRequested;

    /** Number of the instruction at which regions have to stop. */
    private long sliceEnd;

    /** Why the regions were left. */
    private Exit exit = Exit.LIMIT;

    public Processor(CpuState cpu, Memory memory, boolean compiles) {
        this.cpu = cpu;
        this.memory = memory;
        this.interpreter = new Interpreter(cpu, memory);
        this.codeSpace = interpreter.codeSpace();
        this.regions =
                new Regions(codeSpace, cpu, memory, interpreter.floats(), this::executeUncompiled);
        this.entrances = regions.entrances();
        this.idleLoops = new IdleLoops(cpu, memory, interpreter);
        memory.setReadClock(new RegionClock());
        this.compiles = compiles;
    }

    /**
     * Sets who makes system calls that compiled code leads to, and which of them tells the time.
     */
    public void setSystemCalls(SystemCalls calls, TimeCalls timeCalls) {
        systemCalls = calls;
        idleLoops.setCalls(calls, timeCalls);
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

    /** How many instructions of waiting loops were only counted, for measurements. */
    public long jumpedOver() {
        return idleLoops.jumpedOver();
    }

    /** A call of Microvisor is made through a place in its table. */
    public void called(int slot) {
        codeSpace.tracks().called(slot);
    }

    /** Something happens that a run may end at. */
    public void happened() {
        codeSpace.tracks().happened();
    }

    /** What has run since the last time this was asked. */
    public Footprint takeFootprint() {
        // A region is noted when it is looked for, so all have to be looked for again.
        entrances.closeAll();
        return codeSpace.tracks().take();
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
        addresses.forEach(entrances::close);
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
    }

    /** Other code may be executed now: regions are looked at again before they are entered. */
    public void modeChanged() {
        entrances.closeAll();
    }

    /** Forgets everything decoded; for changes of what may be executed. */
    public void forgetCode() {
        interpreter.forgetCode();
        regions.clear();
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
        if (!compiles) {
            LoopTraining.start();
            return interpreter.run(until);
        }
        codeSpace.noteStops().forEach(address -> forget(regions.discardAround(address, 2)));
        stopRequested = false;
        idleLoops.begin();
        Exit last = Exit.LIMIT;
        while (now() < until && !stopRequested) {
            long stretch = idleLoops.nextLook(until);
            if (idleLoops.isDue(until)) {
                last = idleLoops.look(until);
            } else {
                last = advance(stretch, last != Exit.HOT);
            }
            if (last != Exit.LIMIT && last != Exit.HOT) {
                return last;
            }
        }
        return Exit.LIMIT;
    }

    /** Runs regions and what is between them, or the interpreter up to where there is one. */
    private Exit advance(long until, boolean resumes) {
        CompiledRegion region = mayEnter() ? find(cpu.pc, resumes) : null;
        if (region == null) {
            return interpretFrom(until);
        }
        int left = (int) Math.min(until - now(), MAX_SLICE);
        sliceEnd = now() + left;
        exit = Exit.LIMIT;
        CompiledRegion.flagsFromCpu(cpu);
        entrances.run(left);
        return exit;
    }

    /** The part of {@link #advance} that regions call. */
    private int executeUncompiled(int left, CompiledRegion refused) {
        CompiledRegion.flagsToCpu(cpu);
        setNow(sliceEnd - left);
        if (memory.hasKeptRead()) {
            exit = interpreter.run(now() + 1);
            memory.forgetKeptRead();
        } else if (refused == null && left > 0 && systemCalls.call()) {
            exit = Exit.LIMIT;
        } else if (refused != null && left >= refused.instructions()) {
            exit = interpreter.run(now() + 1);
        } else if (refused != null) {
            // The last instructions one by one, so that the end is exact.
            exit = interpreter.run(sliceEnd);
        } else if (!mayEnter() || find(cpu.pc, false) == null) {
            exit = interpretFrom(sliceEnd);
        }
        boolean goesOn = exit == Exit.LIMIT || exit == Exit.HOT;
        if (!goesOn
                || stopRequested
                || entrances.wasEmptied()
                || now() >= sliceEnd
                || !hasOrdinaryFlags()) {
            return Fallback.UNWIND;
        }
        exit = Exit.LIMIT;
        CompiledRegion.flagsFromCpu(cpu);
        return (int) (sliceEnd - now());
    }

    /** Interprets as far as to where there may be a region. */
    private Exit interpretFrom(long until) {
        return regions.isHopeless(cpu.pc) || (restrictsCode() && isForbidden(regions.at(cpu.pc)))
                ? interpreter.run(Math.min(now() + 1, until))
                : interpreter.run(until, true);
    }

    /** True when regions may have been compiled that must not be executed now. */
    private boolean restrictsCode() {
        return !memory.privileged() && !memory.protection().disabled();
    }

    /** True when the MPU keeps unprivileged code from executing some of a region. */
    private boolean isForbidden(CompiledRegion region) {
        return region != null
                && !region.isAllowed(
                        address -> memory.protection().permitsExecution(address, false));
    }

    private boolean mayEnter() {
        return cpu.it == 0
                && cpu.thumb
                && hasOrdinaryFlags()
                && !(codeSpace.hasBreakpoints() && codeSpace.isBreakpoint(cpu.pc));
    }

    private boolean hasOrdinaryFlags() {
        return cpu.n >= 0 || cpu.z != 0;
    }

    /**
     * The region to be entered at an address: known, or compiled now if the place is hot.
     *
     * @param resumes regions were left here, or an exception is taken: no place of its own right
     */
    private CompiledRegion find(int address, boolean resumes) {
        CompiledRegion region = entrances.at(address);
        if (region != null) {
            return region;
        }
        region = regions.at(address);
        if (region == null) {
            if (regions.isHopeless(address) || !codeSpace.warmUp(address, resumes)) {
                return null;
            }
            region = regions.compile(address).orElse(null);
            if (region == null) {
                return null;
            }
            region.returns().forEach(codeSpace::noteReturn);
        }
        codeSpace.setHeat(address, Interpreter.HOT);
        if (restrictsCode() && isForbidden(region)) {
            return null;
        }
        region.forEachRow(codeSpace::ran);
        // A region at a breakpoint is entered with care only: not from another one.
        if (!codeSpace.isBreakpoint(address)) {
            entrances.open(region);
        }
        return region;
    }

    /** The time while regions are executed. */
    private final class RegionClock implements ReadClock {
        @Override
        public void reach(int left) {
            setNow(sliceEnd - left);
        }

        @Override
        public boolean mayGoOn() {
            return !stopRequested && !entrances.wasEmptied();
        }
    }
}
