package dev.microvisor.emulator.core;

import static dev.microvisor.emulator.core.Instruction.ra;
import static dev.microvisor.emulator.core.Instruction.rm;
import static dev.microvisor.emulator.core.Instruction.rn;

import dev.microvisor.emulator.memory.Memory;
import java.util.Arrays;

/**
 * Finds loops that only wait, and jumps to where they are when something happens.
 *
 * <p>The interpreter executes some instructions, one at a time. When it gets to where it was before
 * with the registers and the memory as they were, and nothing else than registers and memory was
 * read or written on the way, then it will get there again after as many instructions, for as long
 * as nothing comes from outside: those rounds need not be executed, only counted. So the idle task
 * of an RTOS, or a program that waits for a flag which an interrupt handler sets, costs nothing.
 *
 * <p>Where to look: at places where such a loop was found before, and after some thousand
 * instructions that nothing interrupted. Looks without success are rare compared with what runs in
 * between.
 */
final class IdleLoops {
    /** Most instructions executed in one look; loops up to about half as long are found. */
    private static final int MAX_STEPS = 512;

    /** Most words that a round may write. */
    private static final int MAX_WORDS = 32;

    /** With fewer instructions left before something happens a look does not pay. */
    private static final int MIN_LEFT = 2_000;

    /** Instructions in a row, without any stop, after which a look is due. */
    private static final int QUIET = 10_000;

    /**
     * After a look without success, as many times its instructions are executed before the next
     * one. The interpreter takes some 40 times as long as compiled code, more while HotSpot has not
     * compiled it.
     */
    private static final int PATIENCE = 1_000;

    /** How often that number is doubled while nothing is found. */
    private static final int MAX_DOUBLINGS = 5;

    private static final int MAX_PAUSE = QUIET + (PATIENCE << MAX_DOUBLINGS) * MAX_STEPS;

    /** Size of the direct-mapped table of places. */
    private static final int PLACES = 256;

    /** No address of an instruction. */
    private static final int NOWHERE = -1;

    private final CpuState cpu;
    private final Memory memory;
    private final Interpreter interpreter;
    private final TimeLoops timeLoops;

    /** Where waiting loops have been found, and how many instructions a round of each takes. */
    private final int[] places = new int[PLACES];

    private final int[] periods = new int[PLACES];

    /** The state that may come back. */
    private final CpuState anchor = new CpuState();

    /** Addresses of the words written since the anchor, and what they were there. */
    private final int[] addresses = new int[MAX_WORDS];

    private final int[] values = new int[MAX_WORDS];
    private int written;

    /** Where the instructions since the anchor are. */
    private final int[] path = new int[MAX_STEPS];

    private int length;

    /** Number of the instruction before which no look is taken at an unknown place. */
    private long notBefore;

    private int doublings;

    /** Number of the instruction before which no look is taken at all. */
    private long pauseUntil;

    private long jumpedOver;

    IdleLoops(CpuState cpu, Memory memory, Interpreter interpreter) {
        this.cpu = cpu;
        this.memory = memory;
        this.interpreter = interpreter;
        this.timeLoops = new TimeLoops(cpu, memory, interpreter);
        Arrays.fill(places, NOWHERE);
    }

    /** Sets who makes system calls, and which of them tells the time. */
    void setCalls(SystemCalls calls, TimeCalls timeCalls) {
        timeLoops.setCalls(calls, timeCalls);
    }

    /** Something has happened: what runs now may be something else than before. */
    void begin() {
        long now = interpreter.now();
        // Time may have been set back.
        pauseUntil = Math.min(pauseUntil, now + MAX_PAUSE);
        notBefore = Math.max(Math.min(notBefore, now + MAX_PAUSE), now + QUIET);
    }

    /** True when the program may be waiting here. */
    boolean isDue(long until) {
        long now = interpreter.now();
        return now >= pauseUntil
                && until - now >= MIN_LEFT
                && (now >= notBefore || places[place(cpu.pc)] == cpu.pc);
    }

    /** Number of the instruction at which a look is due anywhere, at most {@code until}. */
    long nextLook(long until) {
        return notBefore > interpreter.now() ? Math.min(notBefore, until) : until;
    }

    private static int place(int address) {
        return (address >>> 1) & (PLACES - 1);
    }

    /**
     * Executes some instructions, and jumps if they turn out to be a loop that waits.
     *
     * @param until number of the instruction up to which nothing comes from outside
     * @return as of {@link Interpreter#run}
     */
    Exit look(long until) {
        int start = cpu.pc;
        long first = interpreter.now();
        int accesses = memory.noticedAccesses();
        int expected = places[place(start)] == start ? periods[place(start)] : 0;
        int nextAnchor = expected;
        drop();
        for (int step = 0; step < MAX_STEPS && interpreter.now() < until; step++) {
            long packed = interpreter.decodedHere();
            boolean known = packed != Op.UNDECODED;
            if (known && !note(packed)) {
                break;
            }
            Exit exit = interpreter.run(interpreter.now() + 1);
            if (exit == Exit.NO_CODE && timeLoops.mayBegin()) {
                return lookAtTime(start, first, until);
            }
            if (exit != Exit.LIMIT || interpreter.wasToStop()) {
                failed(start, first);
                return exit;
            }
            if (memory.noticedAccesses() != accesses) {
                break;
            }
            if (known && cpu.pc == anchor.pc && isAsBefore()) {
                jump(until);
                return Exit.LIMIT;
            }
            // The anchor moves less and less often, so that any loop is found from inside.
            if (!known || step >= nextAnchor) {
                nextAnchor = Math.max(2 * step, step + expected);
                drop();
            }
        }
        failed(start, first);
        // What was refused is executed now, so that it is not looked at again at once.
        return interpreter.now() < until && interpreter.now() == first
                ? interpreter.run(first + 1)
                : Exit.LIMIT;
    }

    private Exit lookAtTime(int start, long first, long until) {
        Exit exit = timeLoops.look(until);
        if (exit != null) {
            failed(start, first);
            return exit;
        }
        doublings = 0;
        // The rounds behind a jump are to be executed.
        pauseUntil = until;
        for (int place : timeLoops.path()) {
            places[place(place)] = place;
            periods[place(place)] = 0;
        }
        return Exit.LIMIT;
    }

    private void failed(int start, long first) {
        places[place(start)] = NOWHERE;
        long now = interpreter.now();
        notBefore = now + QUIET + (PATIENCE << doublings) * (now - first);
        doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
    }

    /** Drops the anchor here. */
    private void drop() {
        anchor.copyFrom(cpu);
        written = 0;
        length = 0;
    }

    private boolean isAsBefore() {
        for (int i = 0; i < written; i++) {
            if (memory.peekWord(addresses[i]) != values[i]) {
                return false;
            }
        }
        return cpu.sameAs(anchor);
    }

    private void jump(long until) {
        doublings = 0;
        for (int i = 0; i < length; i++) {
            places[place(path[i])] = path[i];
            periods[place(path[i])] = length;
        }
        long now = interpreter.now();
        long then = until - (until - now) % length;
        jumpedOver += then - now;
        interpreter.setNow(then);
    }

    /** How many instructions were counted without being executed, for measurements. */
    long jumpedOver() {
        return jumpedOver + timeLoops.jumpedOver();
    }

    /**
     * Notes what the next instruction is going to write.
     *
     * @param packed the instruction
     * @return false when it may do something else than read and write registers and memory
     */
    private boolean note(long packed) {
        int w = (int) packed;
        int imm = (int) (packed >>> 32);
        path[length++] = cpu.pc;
        int[] r = cpu.r;
        return switch (w & Instruction.OP_MASK) {
            case Op.STR_IMM, Op.STRB_IMM, Op.STRH_IMM -> note(r[rn(w)] + imm, 4);
            case Op.STR_REG, Op.STRB_REG, Op.STRH_REG -> note(r[rn(w)] + (r[rm(w)] << imm), 4);
            case Op.STR_UPD, Op.STRB_UPD, Op.STRH_UPD ->
                    note(ra(w) != 0 ? r[rn(w)] + imm : r[rn(w)], 4);
            case Op.STRD -> note(rm(w) == Operands.POST_INDEXED ? r[rn(w)] : r[rn(w)] + imm, 8);
            case Op.PUSH -> {
                int size = 4 * Integer.bitCount(imm);
                yield note(r[CpuState.SP] - size, size);
            }
            default -> isQuiet(w & Instruction.OP_MASK);
        };
    }

    /** Notes the words around some bytes; false when there are too many, or no RAM is there. */
    private boolean note(int from, int sizeBytes) {
        // A word may be unaligned, and reach into the next one.
        int end = (from + sizeBytes + 3) & ~3;
        for (int address = from & ~3; address != end; address += 4) {
            if (!isNoted(address)) {
                if (written == MAX_WORDS || memory.regionAt(address) == null) {
                    return false;
                }
                addresses[written] = address;
                values[written++] = memory.peekWord(address);
            }
        }
        return true;
    }

    private boolean isNoted(int address) {
        for (int i = 0; i < written; i++) {
            if (addresses[i] == address) {
                return true;
            }
        }
        return false;
    }

    /** True for what works on registers, reads memory or branches. */
    private static boolean isQuiet(int op) {
        if (op >= Op.MOV_IMM && op <= Op.NOP) {
            return op != Op.STM;
        }
        return (op >= Op.ALU_IMM && op <= Op.LDREXH && op != Op.BRANCH_TO_SELF)
                || (op >= Op.CLREX && op <= Op.LDAH)
                || (op >= Op.MRS && op <= Op.CPS)
                || op == Op.BARRIER;
    }
}
