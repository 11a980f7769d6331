package dev.microvisor.emulator.core;

import static dev.microvisor.emulator.core.Instruction.ra;
import static dev.microvisor.emulator.core.Instruction.rd;
import static dev.microvisor.emulator.core.Instruction.rm;
import static dev.microvisor.emulator.core.Instruction.rn;

/** The DSP extension: halfword multiplies, saturation, packing and parallel arithmetic. */
public final class Dsp {
    private static final int PC = 15;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private Dsp() {}

    public static void execute(CpuState cpu, int w, int imm) {
        int[] r = cpu.r;
        int x = r[rn(w)];
        int y = r[rm(w)];
        int a = ra(w) == PC ? 0 : r[ra(w)];
        int op = Instruction.op(w);
        if (op >= Op.SMLALXY) {
            multiplyLong(cpu, w, imm);
            return;
        }
        r[rd(w)] =
                switch (op) {
                    case Op.SXTAB -> base(cpu, w) + (byte) Integer.rotateRight(y, imm);
                    case Op.UXTAB -> base(cpu, w) + (Integer.rotateRight(y, imm) & 0xFF);
                    case Op.SXTAH -> base(cpu, w) + (short) Integer.rotateRight(y, imm);
                    case Op.UXTAH -> base(cpu, w) + (Integer.rotateRight(y, imm) & 0xFFFF);
                    case Op.SXTAB16 -> {
                        int rotated = Integer.rotateRight(y, imm);
                        int n = base(cpu, w);
                        yield halves(n + (byte) rotated, (n >> 16) + (byte) (rotated >> 16));
                    }
                    case Op.UXTAB16 -> {
                        int rotated = Integer.rotateRight(y, imm);
                        int n = base(cpu, w);
                        yield halves(n + (rotated & 0xFF), (n >> 16) + (rotated >> 16 & 0xFF));
                    }
                    case Op.SSAT -> signedSaturate(cpu, shifted(w, x, imm), (imm >>> 8) + 1);
                    case Op.USAT -> unsignedSaturate(cpu, shifted(w, x, imm), imm >>> 8);
                    case Op.SSAT16 ->
                            halves(
                                    signedSaturate(cpu, (short) x, (imm >>> 8) + 1),
                                    signedSaturate(cpu, x >> 16, (imm >>> 8) + 1));
                    case Op.USAT16 ->
                            halves(
                                    unsignedSaturate(cpu, (short) x, imm >>> 8),
                                    unsignedSaturate(cpu, x >> 16, imm >>> 8));
                    case Op.PKHBT -> (x & 0xFFFF) | (y << imm & 0xFFFF_0000);
                    case Op.PKHTB -> (x & 0xFFFF_0000) | (y >> (imm == 0 ? 31 : imm) & 0xFFFF);
                    case Op.SEL -> select(cpu.ge, x, y);
                    case Op.QADD -> saturate32(cpu, (long) y + x);
                    case Op.QSUB -> saturate32(cpu, (long) y - x);
                    case Op.QDADD -> saturate32(cpu, (long) y + saturate32(cpu, 2L * x));
                    case Op.QDSUB -> saturate32(cpu, (long) y - saturate32(cpu, 2L * x));
                    case Op.PARALLEL -> Parallel.execute(cpu, ra(w), imm, x, y);
                    case Op.SMLAXY ->
                            accumulate(cpu, w, (long) half(x, imm >>> 1) * half(y, imm & 1), a);
                    case Op.SMLAWY -> accumulate(cpu, w, ((long) x * half(y, imm)) >> 16, a);
                    case Op.SMLAD -> dual(cpu, x, swap(y, imm), 1, a);
                    case Op.SMLSD -> dual(cpu, x, swap(y, imm), -1, a);
                    case Op.SMMLA -> mostSignificant(((long) a << 32) + (long) x * y, imm);
                    case Op.SMMLS -> mostSignificant(((long) a << 32) - (long) x * y, imm);
                    case Op.USADA8 -> a + sumOfDifferences(x, y);
                    default -> throw new IllegalStateException("operation " + op);
                };
    }

    /** First operand of the extend-and-add group; PC means "none". */
    private static int base(CpuState cpu, int w) {
        return rn(w) == PC ? 0 : cpu.r[rn(w)];
    }

    private static int shifted(int w, int x, int imm) {
        int amount = imm & 0xFF;
        return ra(w) == 1 ? x >> Math.min(amount, 31) : x << amount;
    }

    private static int half(int x, int top) {
        return top == 0 ? (short) x : x >> 16;
    }

    private static int swap(int y, int exchange) {
        return exchange == 0 ? y : Integer.rotateRight(y, 16);
    }

    static int halves(int low, int high) {
        return (low & 0xFFFF) | high << 16;
    }

    /** A sum that sets the Q flag when it overflows. */
    public static int accumulate(int product, int a, CpuState cpu) {
        int sum = product + a;
        if (((product ^ sum) & (a ^ sum)) < 0) {
            cpu.q = 1;
        }
        return sum;
    }

    private static int accumulate(CpuState cpu, int w, long product, int a) {
        long sum = product + a;
        if (ra(w) != PC && sum != (int) sum) {
            cpu.q = 1;
        }
        return (int) sum;
    }

    private static int dual(CpuState cpu, int x, int y, int sign, int a) {
        long first = (long) (short) x * (short) y;
        long second = (long) (x >> 16) * (y >> 16);
        long sum = first + sign * second + a;
        if (sum != (int) sum) {
            cpu.q = 1;
        }
        return (int) sum;
    }

    private static int mostSignificant(long value, int round) {
        return (int) ((value + (round == 0 ? 0 : 0x8000_0000L)) >> 32);
    }

    private static int sumOfDifferences(int x, int y) {
        int sum = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            sum += Math.abs((x >>> shift & 0xFF) - (y >>> shift & 0xFF));
        }
        return sum;
    }

    private static int select(int ge, int x, int y) {
        int mask = 0;
        for (int i = 0; i < 4; i++) {
            if ((ge >>> i & 1) == 1) {
                mask |= 0xFF << (8 * i);
            }
        }
        return (x & mask) | (y & ~mask);
    }

    static int saturate32(CpuState cpu, long value) {
        if (value == (int) value) {
            return (int) value;
        }
        cpu.q = 1;
        return value < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }

    private static int signedSaturate(CpuState cpu, int value, int bits) {
        int max = (int) ((1L << (bits - 1)) - 1);
        int result = Math.max(-max - 1, Math.min(max, value));
        if (result != value) {
            cpu.q = 1;
        }
        return result;
    }

    private static int unsignedSaturate(CpuState cpu, int value, int bits) {
        int max = (int) ((1L << bits) - 1);
        int result = Math.max(0, Math.min(max, value));
        if (result != value) {
            cpu.q = 1;
        }
        return result;
    }

    /** Long multiplies: the accumulator and result are high half d, low half a. */
    private static void multiplyLong(CpuState cpu, int w, int imm) {
        int[] r = cpu.r;
        int x = r[rn(w)];
        int y = r[rm(w)];
        long high = r[rd(w)];
        long low = r[ra(w)] & UNSIGNED;
        long accumulator = high << 32 | low;
        int z = swap(y, imm & 1);
        long first = (long) (short) x * (short) z;
        long second = (long) (x >> 16) * (z >> 16);
        long result =
                switch (Instruction.op(w)) {
                    case Op.SMLALXY -> accumulator + (long) half(x, imm >>> 1) * half(y, imm & 1);
                    case Op.SMLALD -> accumulator + first + second;
                    case Op.SMLSLD -> accumulator + first - second;
                    case Op.UMAAL -> (x & UNSIGNED) * (y & UNSIGNED) + low + (high & UNSIGNED);
                    default -> throw new IllegalStateException("operation " + Instruction.op(w));
                };
        r[ra(w)] = (int) result;
        r[rd(w)] = (int) (result >>> 32);
    }
}
