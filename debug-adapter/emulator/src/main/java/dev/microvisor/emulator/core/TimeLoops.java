package dev.microvisor.emulator.core;

import static dev.microvisor.emulator.core.Instruction.ra;
import static dev.microvisor.emulator.core.Instruction.rd;
import static dev.microvisor.emulator.core.Instruction.rm;
import static dev.microvisor.emulator.core.Instruction.rn;

import dev.microvisor.emulator.memory.Memory;
import java.util.Arrays;

/**
 * Finds loops that ask Microvisor for the time, round after round, until it is late enough, and
 * jumps to shortly before that.
 *
 * <p>A round goes from one such call to the next. The interpreter executes it while each register
 * and each word that is written is followed: it does not depend on the time ({@link #FIXED}), it is
 * the time plus something ({@link #TIME}), or it comes from an earlier round and must not be used
 * ({@link #OLD}). Additions and subtractions of the time are followed, copies through memory, and
 * comparisons; each comparison says how much later it may be for the same flags to come out. When a
 * round ends with everything fixed as it began, all rounds take the same way up to that time. Those
 * are counted, but for the last ones, which are executed: they leave behind everything that a
 * debugger may look at.
 */
final class TimeLoops {
    static final int FIXED = 0;
    static final int TIME = 1;
    static final int OLD = 2;

    /** Rounds that are executed to find out what depends on the time. */
    private static final int MAX_ROUNDS = 4;

    /** Instructions of a round. */
    private static final int MAX_STEPS = 256;

    /** Rounds before the end of a jump that are executed, beside those whose calls are kept. */
    private static final int EXECUTED = 2;

    private static final int REGISTERS = 15;
    private static final int STATUS_REGISTERS = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 3 | 1 << 12;

    private final CpuState cpu;
    private final Memory memory;
    private final Interpreter interpreter;
    private final TimedWords words;
    private SystemCalls calls = () -> false;
    private TimeCalls time = TimeCalls.NONE;

    /** State at the begin of the round. */
    private final CpuState first = new CpuState();

    /** Of R0 to R14, what they hold at the begin of a round, and now. */
    private final int[] before = new int[REGISTERS];

    private final int[] kinds = new int[REGISTERS];

    /** Where the instructions of the round are. */
    private final int[] path = new int[MAX_STEPS];

    private int steps;

    /** How much later, in microseconds, it may be for the round to go the same way. */
    private long latest;

    /** Why the round ended early; {@link Exit#LIMIT} for no other reason than this class. */
    private Exit exit = Exit.LIMIT;

    private long jumpedOver;

    TimeLoops(CpuState cpu, Memory memory, Interpreter interpreter) {
        this.cpu = cpu;
        this.memory = memory;
        this.interpreter = interpreter;
        this.words = new TimedWords(memory);
    }

    void setCalls(SystemCalls systemCalls, TimeCalls timeCalls) {
        calls = systemCalls;
        time = timeCalls;
    }

    /** True when a round may begin here. */
    boolean mayBegin() {
        return cpu.it == 0 && time.isAtCall();
    }

    long jumpedOver() {
        return jumpedOver;
    }

    /** Addresses of the instructions of the last round. */
    int[] path() {
        return Arrays.copyOf(path, steps);
    }

    /**
     * Executes some rounds from the call at the PC on, and jumps if it may.
     *
     * @return null when it has jumped, else as of {@link Interpreter#run}
     */
    Exit look(long until) {
        Arrays.fill(before, FIXED);
        words.clear();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            long start = interpreter.now();
            if (!execute(until)) {
                return exit;
            }
            if (!endsAsItBegan()) {
                return Exit.LIMIT;
            }
            if (!learns()) {
                return jump(start, until) ? null : Exit.LIMIT;
            }
        }
        return Exit.LIMIT;
    }

    /** Executes a round; false when there is something about it. */
    private boolean execute(long until) {
        exit = Exit.LIMIT;
        steps = 0;
        path[steps++] = cpu.pc;
        first.copyFrom(cpu);
        System.arraycopy(before, 0, kinds, 0, REGISTERS);
        words.begin();
        int accesses = memory.noticedAccesses();
        int pointer = cpu.r[0];
        long told = time.microsecondsAt(interpreter.now());
        if (kinds[0] != FIXED || kinds[CpuState.LR] != FIXED || (pointer & 3) != 0) {
            return false;
        }
        // As long as the upper half stays the same.
        latest = 0xFFFF_FFFFL - (told & 0xFFFF_FFFFL);
        if (!words.write(pointer, TIME) || !words.write(pointer + 4, FIXED) || !calls.call()) {
            return false;
        }
        for (int register = 0; register < REGISTERS; register++) {
            if ((STATUS_REGISTERS >>> register & 1) != 0) {
                kinds[register] = FIXED;
            }
        }
        while (steps < MAX_STEPS && interpreter.now() < until) {
            if (memory.noticedAccesses() != accesses || interpreter.wasToStop()) {
                return false;
            }
            if (mayBegin()) {
                return true;
            }
            long packed = interpreter.decodedHere();
            boolean known = follow(packed);
            if (!known && packed != Op.UNDECODED) {
                return false;
            }
            path[steps++] = cpu.pc;
            // What was not decoded is now, for the next look.
            exit = interpreter.run(interpreter.now() + 1);
            if (exit != Exit.LIMIT || !known) {
                return false;
            }
        }
        return false;
    }

    /** True when what is fixed is as it was at the begin of the round. */
    private boolean endsAsItBegan() {
        for (int i = 0; i < REGISTERS; i++) {
            boolean changed = kinds[i] == FIXED && before[i] == FIXED && cpu.r[i] != first.r[i];
            if (changed || kinds[i] == OLD) {
                return false;
            }
        }
        return words.endAsTheyBegan() && cpu.sameBesideFlags(first);
    }

    /** Takes note of what else depends on the time at the end of a round; false when nothing. */
    private boolean learns() {
        boolean learnt = words.learn();
        for (int i = 0; i < REGISTERS; i++) {
            if (kinds[i] != FIXED && before[i] == FIXED) {
                before[i] = OLD;
                learnt = true;
            }
        }
        return learnt;
    }

    /**
     * Jumps to the begin of another round.
     *
     * @param start number of the first instruction of the round that was executed last
     */
    private boolean jump(long start, long until) {
        long period = interpreter.now() - start;
        long told = time.microsecondsAt(start);
        long possible = 0;
        long impossible = (until - start) / period + 1;
        while (impossible - possible > 1) {
            long middle = (possible + impossible) >>> 1;
            if (time.microsecondsAt(start + middle * period) - told <= latest) {
                possible = middle;
            } else {
                impossible = middle;
            }
        }
        // That many rounds from the start go the same way, and one is behind.
        long skipped = possible - time.kept() - EXECUTED - 1;
        if (skipped <= 0) {
            return false;
        }
        jumpedOver += skipped * period;
        interpreter.setNow(interpreter.now() + skipped * period);
        time.skipped(skipped);
        // What depends on the time is out of date, and not used, in this round.
        long end = interpreter.now() + period;
        if (calls.call()) {
            interpreter.run(end);
        }
        return true;
    }

    // ---------------------------------------------------------------- following instructions

    /** Notes what the next instruction will do; false when that is not known. */
    private boolean follow(long packed) {
        int w = (int) packed;
        int imm = (int) (packed >>> 32);
        int op = w & Instruction.OP_MASK;
        int[] r = cpu.r;
        if ((w & Instruction.IN_IT) != 0) {
            if (cpu.it == 0) {
                return false;
            }
            if (!Conditions.pass(cpu.it >>> 4, cpu.n, cpu.z, cpu.c, cpu.v)) {
                return true;
            }
        }
        int n = kinds[rn(w) % REGISTERS];
        int m = kinds[rm(w) % REGISTERS];
        switch (op) {
            case Op.MOV_IMM, Op.MOV_IMM_S:
                return set(rd(w), FIXED);
            case Op.MOV_REG:
                return set(rd(w), m);
            case Op.MOV_REG_S:
                return flagsOf(m, r[rm(w)]) && set(rd(w), m);
            case Op.ADD_IMM:
            case Op.SUB_IMM:
                return set(rd(w), n);
            case Op.ADD_IMM_S:
                return flagsOf(n, r[rn(w)], r[rn(w)] + imm) && set(rd(w), n);
            case Op.SUB_IMM_S:
                return flagsOf(n, r[rn(w)], r[rn(w)] - imm) && set(rd(w), n);
            case Op.CMP_IMM:
                return flagsOf(n, r[rn(w)], r[rn(w)] - imm);
            case Op.ADD_REG:
                return n + m <= TIME && set(rd(w), n + m);
            case Op.ADD_REG_S:
                return n + m <= TIME
                        && flagsOf(n + m, r[n == TIME ? rn(w) : rm(w)], r[rn(w)] + r[rm(w)])
                        && set(rd(w), n + m);
            case Op.SUB_REG:
                return m <= n && n <= TIME && set(rd(w), n - m);
            case Op.SUB_REG_S:
                return m == FIXED && flagsOf(n, r[rn(w)], r[rn(w)] - r[rm(w)]) && set(rd(w), n);
            case Op.CMP_REG:
                if (n == FIXED && m == TIME) {
                    flagsOfRest(r[rm(w)], r[rn(w)] - r[rm(w)]);
                    return true;
                }
                return m == FIXED && flagsOf(n, r[rn(w)], r[rn(w)] - r[rm(w)]);
            case Op.CMN_IMM, Op.TST_IMM, Op.CBZ, Op.CBNZ:
                return n == FIXED;
            case Op.TST_REG, Op.TBB, Op.TBH:
                return n == FIXED && m == FIXED;
            case Op.ADD_SP_IMM, Op.B, Op.IT, Op.NOP, Op.BARRIER:
                return true;
            case Op.BL:
                return set(CpuState.LR, FIXED);
            case Op.BX:
                return m == FIXED;
            case Op.BLX:
                return m == FIXED && set(CpuState.LR, FIXED);
            default:
                break;
        }
        if (op >= Op.BEQ && op <= Op.BLE) {
            return true;
        }
        if (op >= Op.ALU_IMM && op <= Op.ALU_REG_S && op != Op.BRANCH_TO_SELF) {
            boolean known = n == FIXED && (op <= Op.ALU_IMM_SC || m == FIXED);
            return known && (Alu.comparesOnly(ra(w)) || set(rd(w), FIXED));
        }
        if (op >= Op.RSB_IMM && op <= Op.BIC_REG_S) {
            boolean immediate = op <= Op.RSB_IMM_S || (op & 2) == 0;
            return n == FIXED && (immediate || m == FIXED) && set(rd(w), FIXED);
        }
        if (op >= Op.ADC_REG && op <= Op.ORR_LSL) {
            boolean immediate = op >= Op.LSL_IMM && op <= Op.ASR_IMM_S;
            return (immediate || n == FIXED) && m == FIXED && set(rd(w), FIXED);
        }
        if (op >= Op.UDIV && op <= Op.SBFX) {
            boolean one = op >= Op.UXTB;
            boolean second = one && op <= Op.SXTH;
            return (second || n == FIXED) && (m == FIXED || (one && !second)) && set(rd(w), FIXED);
        }
        if (op >= Op.BFI && op <= Op.MOVT) {
            return n == FIXED && m == FIXED && kinds[rd(w) % REGISTERS] == FIXED;
        }
        return access(w, imm, op, n, m);
    }

    /** Loads and stores. */
    private boolean access(int w, int imm, int op, int n, int m) {
        int[] r = cpu.r;
        int base = r[rn(w)];
        switch (op) {
            case Op.LDR_IMM:
                return n == FIXED && load(rd(w), base + imm);
            case Op.LDR_LIT:
                return load(rd(w), imm);
            case Op.LDR_REG:
                return n == FIXED && m == FIXED && load(rd(w), base + (r[rm(w)] << imm));
            case Op.LDRB_IMM, Op.LDRH_IMM, Op.LDRSB_IMM, Op.LDRSH_IMM:
                return n == FIXED && part(base + imm) && set(rd(w), FIXED);
            case Op.LDRB_REG, Op.LDRH_REG, Op.LDRSB_REG, Op.LDRSH_REG:
                return n == FIXED
                        && m == FIXED
                        && part(base + (r[rm(w)] << imm))
                        && set(rd(w), FIXED);
            case Op.STR_IMM:
                return n == FIXED && words.write(base + imm, kinds[rd(w)]);
            case Op.STRB_IMM, Op.STRH_IMM:
                return n == FIXED
                        && kinds[rd(w)] == FIXED
                        && part(base + imm)
                        && words.write(base + imm & ~3, FIXED);
            case Op.LDRD:
                return n == FIXED
                        && rm(w) == Operands.BY_IMMEDIATE
                        && load(rd(w), base + imm)
                        && load(ra(w), base + imm + 4);
            case Op.STRD:
                return n == FIXED
                        && rm(w) == Operands.BY_IMMEDIATE
                        && words.write(base + imm, kinds[rd(w)])
                        && words.write(base + imm + 4, kinds[ra(w)]);
            case Op.LDR_ANY:
                return ra(w) == Operands.ABSOLUTE && words.kind(imm) == FIXED;
            case Op.PUSH:
                return push(imm);
            case Op.POP, Op.POP_PC:
                return pop(imm);
            default:
                return false;
        }
    }

    private boolean push(int list) {
        int address = cpu.r[CpuState.SP] - 4 * Integer.bitCount(list);
        for (int left = list; left != 0; left &= left - 1) {
            if (!words.write(address, kinds[Integer.numberOfTrailingZeros(left)])) {
                return false;
            }
            address += 4;
        }
        return true;
    }

    private boolean pop(int list) {
        int address = cpu.r[CpuState.SP];
        for (int left = list; left != 0; left &= left - 1) {
            int register = Integer.numberOfTrailingZeros(left);
            int kind = words.kind(address);
            if (kind < 0 || (register == REGISTERS && kind != FIXED)) {
                return false;
            }
            if (register < REGISTERS) {
                kinds[register] = kind;
            }
            address += 4;
        }
        return true;
    }

    private boolean load(int register, int address) {
        int kind = words.kind(address);
        return kind >= 0 && set(register, kind);
    }

    /** True for an access of a part of a word that does not depend on the time. */
    private boolean part(int address) {
        return words.kind(address & ~3) == FIXED;
    }

    private boolean set(int register, int kind) {
        kinds[register] = kind;
        return true;
    }

    // ---------------------------------------------------------------- the same flags

    /**
     * Holds the time to where the flags of a result stay what they are. A sum or difference of the
     * time and something fixed keeps all of its flags while neither the operand nor the result
     * changes its sign or becomes zero.
     */
    private boolean flagsOf(int kind, int operand, int result) {
        if (kind == TIME) {
            latest = Math.min(latest, Math.min(room(operand), room(result)));
            if (result == 0) {
                latest = 0;
            }
        }
        return kind != OLD;
    }

    private boolean flagsOf(int kind, int result) {
        return flagsOf(kind, result, result);
    }

    /** The same for something fixed, less the time: the result becomes smaller. */
    private void flagsOfRest(int time, int result) {
        // A difference of more than zero must not become zero either.
        long left = result < 0 ? result - (long) Integer.MIN_VALUE : result - 1L;
        latest = Math.min(latest, Math.min(room(time), Math.max(left, 0)));
    }

    /** How much can be added without a change of the sign. */
    private static long room(int value) {
        return value < 0 ? -1L - value : Integer.MAX_VALUE - (long) value;
    }
}
