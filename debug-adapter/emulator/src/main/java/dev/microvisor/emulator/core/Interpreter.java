package dev.microvisor.emulator.core;

import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;
import java.util.Set;

/**
 * Executes decoded instructions one by one: the reference for what they mean. {@link PlainLoop}
 * does most of it; {@link ExactOperations} what that loop leaves.
 *
 * <p>Stops only between instructions, so PC and count always say exactly what has been executed. A
 * faulting instruction leaves registers as they were.
 */
public final class Interpreter {
    /** A place that was branched to as often is worth compiling. */
    static final int HOT = 60;

    /** Most instructions executed without a look at whether to stop. */
    private static final int MAX_LIMIT = 1 << 30;

    private final CpuState cpu;
    private final CodeSpace codeSpace;
    private final Tracks tracks;
    private final PlainLoop loop;
    private final ExactOperations exact;

    /** Number of instructions executed, as far as {@link #loop} has said. */
    private long now;

    /** The loop ends when {@link #now} reaches this; anything called from it may lower it. */
    private long stopAt;

    /** What is being executed may be something else than what stands there now. */
    private boolean stale;

    /** A sequence of one instruction to be executed next, whatever stands there. */
    private Sequence forced;

    private GuestFault fault;

    public Interpreter(CpuState cpu, Memory memory) {
        this.cpu = cpu;
        this.codeSpace = new CodeSpace(memory);
        this.tracks = codeSpace.tracks();
        this.loop = new PlainLoop(cpu, memory, tracks);
        this.exact = new ExactOperations(cpu, memory);
    }

    /** Number of instructions executed so far; right also while one is being executed. */
    public long now() {
        return now;
    }

    /** Moves time, when the core slept or a snapshot is restored. */
    public void setNow(long value) {
        now = value;
    }

    /** Ends {@link #run} after the instruction being executed. */
    public void stopSoon() {
        stopAt = Long.MIN_VALUE;
    }

    /** True when {@link #stopSoon} was called in the last {@link #run}. */
    boolean wasToStop() {
        return stopAt == Long.MIN_VALUE;
    }

    /** What stands at the PC, packed; {@link Op#UNDECODED} where nothing may be executed. */
    long decodedHere() {
        return codeSpace.peekDecoded(cpu.pc, cpu.it != 0);
    }

    /** The fault behind {@link Exit#FAULT}. */
    public GuestFault fault() {
        return fault;
    }

    void setBreakpoints(Set<Integer> addresses) {
        codeSpace.setBreakpoints(addresses);
        stale = true;
    }

    CodeSpace codeSpace() {
        return codeSpace;
    }

    FloatOperations floats() {
        return exact.floats();
    }

    public boolean isBreakpoint(int address) {
        return codeSpace.isBreakpoint(address);
    }

    /** Forgets what was decoded from bytes that have changed. */
    public void codeChanged(int address, int sizeBytes) {
        codeSpace.changed(address, sizeBytes);
        stale = true;
    }

    /** Forgets everything decoded; for changes of what may be executed. */
    public void forgetCode() {
        codeSpace.forgetAll();
        stale = true;
    }

    /** Executes the one instruction at the PC, also when a breakpoint stands there. */
    public Exit runOne() {
        if (cpu.thumb && codeSpace.blockAt(cpu.pc) != null) {
            try {
                forced = codeSpace.single(cpu.pc, cpu.it != 0);
            } catch (GuestFault f) {
                fault = f;
                return Exit.FAULT;
            }
        }
        return run(now() + 1);
    }

    /**
     * Executes instructions until their number reaches {@code until}, or something else needs
     * attention.
     */
    public Exit run(long until) {
        return run(until, false);
    }

    /**
     * As {@link #run(long)}.
     *
     * @param untilHot end with {@link Exit#HOT} after a branch to a place that is branched to often
     */
    Exit run(long until, boolean untilHot) {
        stopAt = until;
        stale = false;
        if (!cpu.thumb) {
            return Exit.NOT_THUMB;
        }
        CodeSpace.Block block = codeSpace.blockAt(cpu.pc);
        if (block == null) {
            return now < until ? Exit.NO_CODE : Exit.LIMIT;
        }
        loop.enter(block, untilHot);
        Sequence sequence = forced;
        forced = null;
        Exit exit = Exit.LIMIT;
        try {
            while (now < stopAt && exit == Exit.LIMIT) {
                if (sequence == null) {
                    if (!block.contains(cpu.pc)) {
                        block = codeSpace.blockAt(cpu.pc);
                        if (block == null) {
                            return Exit.NO_CODE;
                        }
                        loop.enter(block, untilHot);
                    }
                    sequence = sequenceHere(block);
                }
                exit = execute(sequence);
                sequence = null;
            }
        } catch (GuestFault f) {
            fault = f;
            exit = Exit.FAULT;
        }
        return exit;
    }

    private Sequence sequenceHere(CodeSpace.Block block) {
        return codeSpace.sequence(block, cpu.pc, cpu.it != 0, stopAt - now == 1);
    }

    /** Executes a sequence, and others that plain branches lead to. */
    private Exit execute(Sequence first) {
        Sequence sequence = first;
        int i = 0;
        while (true) {
            int limit = (int) Math.min(stopAt - now, MAX_LIMIT);
            PlainLoop.Result result = loop.run(sequence, i, limit);
            now += limit - loop.left;
            sequence = loop.sequence;
            i = loop.index;
            switch (result) {
                case ENDED:
                    return leave(sequence, i, sequence.address(i), Exit.LIMIT);
                case BRANCHED:
                    return leave(sequence, i, loop.target, Exit.LIMIT);
                case HOT:
                    return leave(sequence, i, loop.target, Exit.HOT);
                case NOT_PLAIN:
                    break;
            }
            Exit exit = executeExactly(sequence, i);
            if (exit == Exit.BREAKPOINT || exit == Exit.BKPT) {
                // The PC stays, as the architecture says for debug events.
                return leave(sequence, i, sequence.address(i), exit);
            }
            now++;
            i++;
            if (i == sequence.code.length) {
                boolean hot = cpu.pc != sequence.next && exit == Exit.LIMIT && loop.isHot(cpu.pc);
                return leave(sequence, i, cpu.pc, hot ? Exit.HOT : exit);
            }
            if (stale || now >= stopAt || exit != Exit.LIMIT) {
                return leave(sequence, i, sequence.address(i), exit);
            }
        }
    }

    private Exit executeExactly(Sequence sequence, int i) {
        int w = (int) sequence.code[i];
        if (Instruction.op(w) == Op.BREAKPOINT) {
            return Exit.BREAKPOINT;
        }
        // Only the last one looks at the PC.
        cpu.pc = sequence.next;
        try {
            return exact.execute(w, (int) (sequence.code[i] >>> 32));
        } catch (GuestFault f) {
            leave(sequence, i, sequence.address(i), Exit.FAULT);
            if ((w & Instruction.IN_IT) != 0) {
                cpu.it = loop.itBefore;
            }
            throw f;
        }
    }

    /** Goes from a sequence to an address after some of its instructions. */
    private Exit leave(Sequence sequence, int executed, int next, Exit exit) {
        cpu.pc = next;
        if (sequence.notedIn != tracks.stretch() || executed > sequence.noted) {
            sequence.notedIn = tracks.stretch();
            sequence.noted = executed;
            int last = Math.min(executed, sequence.code.length - 1);
            codeSpace.ran(sequence.start, sequence.address(last));
        }
        return exit;
    }
}
