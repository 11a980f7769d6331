package dev.microvisor.emulator.core;

import static dev.microvisor.emulator.core.Instruction.ra;
import static dev.microvisor.emulator.core.Instruction.rd;
import static dev.microvisor.emulator.core.Instruction.rm;
import static dev.microvisor.emulator.core.Instruction.rn;

import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;

/**
 * The floating-point instructions. The first one of a context claims the registers: it checks
 * CPACR, completes a lazy preservation and sets CONTROL.FPCA.
 *
 * <p>In the default mode, once the cumulative inexact flag is set, an operation whose result is a
 * normal number cannot raise another flag: then the host's arithmetic is exact and used.
 */
public final class FloatOperations {
    private static final int FPSCR_WRITABLE = 0xF7C0_009F;
    private static final int FPDSCR_FIELDS = 0x07C0_0000;
    private static final int SPECIAL_MODES = 0x03C0_0000;
    private static final int SIGN = 1 << 31;
    private static final int INFINITY = 0x7F80_0000;
    private static final int LAZY_WORDS = 16;

    private final CpuState cpu;
    private final Memory memory;
    private final BlockTransfers blocks;

    FloatOperations(CpuState cpu, Memory memory, BlockTransfers blocks) {
        this.cpu = cpu;
        this.memory = memory;
        this.blocks = blocks;
    }

    public void execute(int w, int imm) {
        if (!cpu.floatReady) {
            claim();
        }
        int op = Instruction.op(w);
        if ((op >= Op.VLDR_D && op <= Op.VSTM_D) || op == Op.VLDR || op == Op.VSTR) {
            transferMemory(op, w, imm);
            return;
        }
        if (op == Op.VMOV_TO_CORE
                || op == Op.VMOV_FROM_CORE
                || op == Op.VMRS
                || (op >= Op.VMOV_IMM && op <= Op.VMSR)) {
            transferCore(op, w, imm);
            return;
        }
        int[] s = cpu.s;
        int d = imm & 0xFF;
        int x = s[imm >>> 8 & 31];
        int y = s[imm >>> 16 & 31];
        int options = imm >>> 24;
        switch (op) {
            case Op.VADD -> s[d] = add(x, y);
            case Op.VSUB -> s[d] = subtract(x, y);
            case Op.VMUL -> s[d] = multiply(x, y);
            case Op.VNMUL -> s[d] = negate(multiply(x, y));
            case Op.VDIV -> s[d] = divide(x, y);
            case Op.VMLA -> s[d] = add(s[d], multiply(x, y));
            case Op.VMLS -> s[d] = add(s[d], negate(multiply(x, y)));
            case Op.VNMLA -> s[d] = add(negate(s[d]), negate(multiply(x, y)));
            case Op.VNMLS -> s[d] = add(negate(s[d]), multiply(x, y));
            case Op.VFMA -> s[d] = fused(s[d], x, y);
            case Op.VFMS -> s[d] = fused(s[d], negate(x), y);
            case Op.VFNMA -> s[d] = fused(negate(s[d]), negate(x), y);
            case Op.VFNMS -> s[d] = fused(negate(s[d]), x, y);
            case Op.VMOV_REG -> s[d] = y;
            case Op.VABS -> s[d] = y & ~SIGN;
            case Op.VNEG -> s[d] = negate(y);
            case Op.VSQRT -> s[d] = raise(SoftFloat.squareRoot(y, cpu.fpscr));
            case Op.VCMP -> compare(s[d], y, options == 1);
            case Op.VCMP_ZERO -> compare(s[d], 0, options == 1);
            case Op.VSEL -> s[d] = selects(options) ? x : y;
            case Op.VMAXNM -> s[d] = raise(SoftFloat.maximum(x, y, false, cpu.fpscr));
            case Op.VMINNM -> s[d] = raise(SoftFloat.maximum(x, y, true, cpu.fpscr));
            default -> convert(op, d, y, options, imm);
        }
    }

    private void convert(int op, int d, int y, int options, int imm) {
        int[] s = cpu.s;
        int mode = SoftFloat.roundingMode(cpu.fpscr);
        switch (op) {
            case Op.VCVT_FROM_INT ->
                    s[d] = raise(SoftFloat.fromInteger(extend(y, 32, options == 1), 0, cpu.fpscr));
            case Op.VCVT_TO_INT -> {
                int rounding = (options & 1) == 1 ? SoftFloat.ZERO : mode;
                s[d] =
                        raise(
                                SoftFloat.toInteger(
                                        y, 0, 32, (options & 2) != 0, rounding, cpu.fpscr));
            }
            case Op.VCVT_ROUNDED -> {
                int rounding = DIRECTED[options >>> 1];
                s[d] =
                        raise(
                                SoftFloat.toInteger(
                                        y, 0, 32, (options & 1) != 0, rounding, cpu.fpscr));
            }
            case Op.VCVT_FIXED_TO_FLOAT, Op.VCVT_FLOAT_TO_FIXED -> fixed(op, d, options, imm);
            case Op.VRINT -> s[d] = integral(y, DIRECTED[options], false);
            case Op.VRINTZ -> s[d] = integral(y, SoftFloat.ZERO, false);
            case Op.VRINTR -> s[d] = integral(y, mode, false);
            case Op.VRINTX -> s[d] = integral(y, mode, true);
            case Op.VCVTB_FROM_HALF -> s[d] = raise(SoftFloat.fromHalf(y & 0xFFFF, cpu.fpscr));
            case Op.VCVTT_FROM_HALF -> s[d] = raise(SoftFloat.fromHalf(y >>> 16, cpu.fpscr));
            case Op.VCVTB_TO_HALF ->
                    s[d] = (s[d] & 0xFFFF_0000) | raise(SoftFloat.toHalf(y, cpu.fpscr));
            case Op.VCVTT_TO_HALF ->
                    s[d] = (s[d] & 0xFFFF) | raise(SoftFloat.toHalf(y, cpu.fpscr)) << 16;
            default ->
                    throw memory.fault(
                            GuestFault.Kind.UNDEFINSTR,
                            0,
                            "undefined floating-point instruction (the FPU has no double precision)");
        }
    }

    /** Rounding modes as VRINTA, N, P and M number them. */
    private static final int[] DIRECTED = {
        SoftFloat.NEAREST_AWAY, SoftFloat.NEAREST, SoftFloat.UP, SoftFloat.DOWN
    };

    // ---------------------------------------------------------------- context

    private void claim() {
        if (!cpu.floatEnabled()) {
            throw memory.fault(
                    GuestFault.Kind.NOCP, 0, "floating-point instruction with the FPU off (CPACR)");
        }
        if ((cpu.fpccr & CpuState.FPCCR_LSPACT) != 0) {
            for (int i = 0; i < LAZY_WORDS; i++) {
                memory.storeWord(cpu.fpcar + 4 * i, cpu.s[i]);
            }
            memory.storeWord(cpu.fpcar + 4 * LAZY_WORDS, cpu.fpscr);
            cpu.fpccr &= ~CpuState.FPCCR_LSPACT;
        }
        if ((cpu.fpccr & CpuState.FPCCR_ASPEN) != 0 && (cpu.control & CpuState.CONTROL_FPCA) == 0) {
            cpu.control |= CpuState.CONTROL_FPCA;
            cpu.fpscr = (cpu.fpscr & ~FPDSCR_FIELDS) | (cpu.fpdscr & FPDSCR_FIELDS);
        }
        cpu.updateFloatReady();
    }

    private int raise(long result) {
        cpu.fpscr |= (int) (result >>> 32);
        return (int) result;
    }

    // ---------------------------------------------------------------- arithmetic

    /** The host's result where it is known to be exact in value and flags, else the careful way. */
    private int fast(float hostResult, int op, int x, int y) {
        int bits = Float.floatToRawIntBits(hostResult);
        if (hostIsExact(bits)) {
            return bits;
        }
        int fpscr = cpu.fpscr;
        return raise(
                switch (op) {
                    case Op.VADD -> SoftFloat.add(x, y, fpscr);
                    case Op.VSUB -> SoftFloat.subtract(x, y, fpscr);
                    case Op.VMUL -> SoftFloat.multiply(x, y, fpscr);
                    default -> SoftFloat.divide(x, y, fpscr);
                });
    }

    private boolean hostIsExact(int bits) {
        int exponent = bits & INFINITY;
        return (cpu.fpscr & (SPECIAL_MODES | SoftFloat.IXC)) == SoftFloat.IXC
                && exponent > 1 << 23
                && exponent != INFINITY;
    }

    public int add(int x, int y) {
        return fast(Float.intBitsToFloat(x) + Float.intBitsToFloat(y), Op.VADD, x, y);
    }

    public int multiply(int x, int y) {
        return fast(Float.intBitsToFloat(x) * Float.intBitsToFloat(y), Op.VMUL, x, y);
    }

    public int subtract(int x, int y) {
        return fast(Float.intBitsToFloat(x) - Float.intBitsToFloat(y), Op.VSUB, x, y);
    }

    public int divide(int x, int y) {
        return fast(Float.intBitsToFloat(x) / Float.intBitsToFloat(y), Op.VDIV, x, y);
    }

    private int fused(int addend, int x, int y) {
        return raise(SoftFloat.multiplyAdd(addend, x, y, cpu.fpscr));
    }

    private static int negate(int x) {
        return x ^ SIGN;
    }

    private int integral(int x, int mode, boolean exact) {
        return raise(SoftFloat.roundToIntegral(x, mode, exact, cpu.fpscr));
    }

    private void compare(int x, int y, boolean quietNansToo) {
        int nzcv = raise(SoftFloat.compare(x, y, quietNansToo, cpu.fpscr));
        cpu.fpscr = (cpu.fpscr & 0x0FFF_FFFF) | nzcv;
    }

    /** VSEL has EQ, VS, GE and GT. */
    private boolean selects(int condition) {
        return switch (condition) {
            case 0 -> cpu.z == 0;
            case 1 -> cpu.v < 0;
            case 2 -> (cpu.n ^ cpu.v) >= 0;
            default -> cpu.z != 0 && (cpu.n ^ cpu.v) >= 0;
        };
    }

    private static long extend(int value, int width, boolean signed) {
        long shifted = (long) value << (64 - width);
        return signed ? shifted >> (64 - width) : shifted >>> (64 - width);
    }

    /** Fixed-point conversions; option bit 0 says 32 bits, bit 1 unsigned. */
    private void fixed(int op, int d, int options, int imm) {
        int fractionBits = (byte) (imm >>> 8);
        int width = (options & 1) != 0 ? 32 : 16;
        boolean signed = (options & 2) == 0;
        int x = cpu.s[d];
        if (op == Op.VCVT_FIXED_TO_FLOAT) {
            int nearest = cpu.fpscr & ~(3 << SoftFloat.FPSCR_RMODE_SHIFT);
            long value = extend(x, width, signed);
            cpu.s[d] = raise(SoftFloat.fromInteger(value, fractionBits, nearest));
            return;
        }
        int value =
                raise(
                        SoftFloat.toInteger(
                                x, fractionBits, width, signed, SoftFloat.ZERO, cpu.fpscr));
        cpu.s[d] = signed ? value : (int) extend(value, width, false);
    }

    // ---------------------------------------------------------------- moves

    private void transferCore(int op, int w, int imm) {
        int[] r = cpu.r;
        int[] s = cpu.s;
        switch (op) {
            case Op.VMOV_TO_CORE, Op.VMOV_SCALAR_TO_CORE -> r[rd(w)] = s[imm];
            case Op.VMOV_FROM_CORE, Op.VMOV_SCALAR_FROM_CORE -> s[imm] = r[rd(w)];
            case Op.VMOV_IMM -> s[rd(w) | rm(w) << 4] = imm;
            case Op.VMOV_PAIR_TO_CORE -> {
                r[rd(w)] = s[imm];
                r[ra(w)] = s[imm + 1];
            }
            case Op.VMOV_PAIR_FROM_CORE -> {
                s[imm] = r[rd(w)];
                s[imm + 1] = r[ra(w)];
            }
            case Op.VMOV_D_TO_CORE -> {
                r[rd(w)] = s[imm];
                r[ra(w)] = s[imm + 1];
            }
            case Op.VMOV_D_FROM_CORE -> {
                s[imm] = r[rd(w)];
                s[imm + 1] = r[ra(w)];
            }
            case Op.VMSR -> cpu.fpscr = r[rd(w)] & FPSCR_WRITABLE;
            default -> {
                // VMRS; to register 15 it means the flags of APSR.
                if (rd(w) == 15) {
                    int q = cpu.q;
                    cpu.setApsrFlags(cpu.fpscr);
                    cpu.q = q;
                } else {
                    r[rd(w)] = cpu.fpscr;
                }
            }
        }
    }

    /** From Vm:M to the first of the two singles; D16 and up do not exist. */
    private void transferMemory(int op, int w, int imm) {
        int[] r = cpu.r;
        int[] s = cpu.s;
        boolean several = op >= Op.VLDM && op <= Op.VSTM_D;
        if (several) {
            transferSeveral(op, w, imm);
            return;
        }
        int register = rd(w) | rm(w) << 4;
        int address = rn(w) == 15 ? imm : r[rn(w)] + imm;
        requireAligned(address);
        switch (op) {
            case Op.VLDR -> s[register] = memory.loadWord(address);
            case Op.VSTR -> memory.storeWord(address, s[register]);
            case Op.VLDR_D -> {
                int low = memory.loadWord(address);
                s[register + 1] = memory.loadWord(address + 4);
                s[register] = low;
            }
            default -> {
                memory.storeWord(address, s[register]);
                memory.storeWord(address + 4, s[register + 1]);
            }
        }
    }

    private void transferSeveral(int op, int w, int imm) {
        int[] r = cpu.r;
        int first = imm & 0xFF;
        int count = imm >>> 8 & 0xFF;
        int size = 4 * (imm >>> 16);
        boolean before = (ra(w) & Operands.DECREMENT_BEFORE) != 0;
        boolean update = (ra(w) & Operands.WRITE_BACK) != 0;
        int base = rn(w);
        int start = before ? r[base] - size : r[base];
        int updated = before ? start : r[base] + size;
        if (update && base == CpuState.SP) {
            blocks.checkLimit(updated, cpu.spLimit);
        }
        requireAligned(start);
        boolean load = op == Op.VLDM || op == Op.VLDM_D;
        for (int i = 0; i < count; i++) {
            if (load) {
                cpu.s[first + i] = memory.loadWord(start + 4 * i);
            } else {
                memory.storeWord(start + 4 * i, cpu.s[first + i]);
            }
        }
        if (update) {
            r[base] = updated;
        }
    }

    private void requireAligned(int address) {
        if ((address & 3) != 0) {
            throw memory.unaligned(address);
        }
    }
}
