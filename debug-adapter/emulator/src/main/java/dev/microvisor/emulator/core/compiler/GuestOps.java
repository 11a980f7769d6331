package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.Alu;
import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.SlowAccess;

/**
 * What the generated code calls, beside the semantics that the interpreter has in {@link Alu} and
 * {@link dev.microvisor.emulator.core.Shift}. Public for the generated classes only.
 */
public final class GuestOps {
    /** Carry and overflow are in their own variables. */
    static final int STORED = 0;

    /** Carry and overflow are those of x - y. */
    static final int OF_SUB = 1;

    /** Carry and overflow are those of x + y. */
    static final int OF_ADD = 2;

    /** Carry is in its variable, overflow is that of x - y. */
    static final int CARRY_STORED_SUB = 3;

    /** Carry is in its variable, overflow is that of x + y. */
    static final int CARRY_STORED_ADD = 4;

    private GuestOps() {}

    /** The carry flag, from where {@code kind} says that it is. */
    public static int carry(int kind, int c, int x, int y) {
        return switch (kind) {
            case OF_SUB -> Alu.carryOfSub(x, y);
            case OF_ADD -> Alu.carryOfAdd(x, x + y);
            default -> c;
        };
    }

    /** The overflow flag, in the sign bit. */
    public static int overflow(int kind, int v, int x, int y) {
        return switch (kind) {
            case OF_SUB, CARRY_STORED_SUB -> Alu.overflowOfSub(x, y, x - y);
            case OF_ADD, CARRY_STORED_ADD -> Alu.overflowOfAdd(x, y, x + y);
            default -> v;
        };
    }

    /** The kind after an instruction has set only the carry flag. */
    public static int carryStored(int kind) {
        return switch (kind) {
            case OF_SUB -> CARRY_STORED_SUB;
            case OF_ADD -> CARRY_STORED_ADD;
            default -> kind;
        };
    }

    public static boolean isHigher(int c, int z) {
        return c != 0 && z != 0;
    }

    public static boolean isGreater(int n, int z, int v) {
        return z != 0 && (n ^ v) >= 0;
    }

    public static int adc(int x, int y, int c) {
        return x + y + c;
    }

    public static int sbc(int x, int y, int c) {
        return x - y - 1 + c;
    }

    public static int carryOfSbc(int x, int y, int c) {
        return Alu.carryOfAdc(x, ~y, c);
    }

    public static int divideUnsigned(CpuState cpu, int x, int y) {
        return y == 0 ? byZero(cpu) : Integer.divideUnsigned(x, y);
    }

    public static int divideSigned(CpuState cpu, int x, int y) {
        return y == 0 ? byZero(cpu) : x / y;
    }

    private static int byZero(CpuState cpu) {
        if (cpu.trapDivisionByZero) {
            throw SlowAccess.INSTANCE;
        }
        return 0;
    }

    /** Unsigned 32 by 32 bits. */
    public static long product(int x, int y) {
        return (x & 0xFFFF_FFFFL) * (y & 0xFFFF_FFFFL);
    }

    public static long pair(int high, int low) {
        return (long) high << 32 | (low & 0xFFFF_FFFFL);
    }

    /** A new value of the stack pointer, which must not be below its limit. */
    public static int stackPointer(CpuState cpu, int sp) {
        if (Integer.compareUnsigned(sp, cpu.spLimit) < 0) {
            throw SlowAccess.INSTANCE;
        }
        return sp;
    }

    /** The address for a branch to a register's value; anything special is for the interpreter. */
    public static int target(int value) {
        if ((value & 1) == 0 || value >>> 24 == 0xFF) {
            throw SlowAccess.INSTANCE;
        }
        return value & ~1;
    }

    public static int rev16(int value) {
        return Integer.rotateRight(Integer.reverseBytes(value), 16);
    }

    public static int revsh(int value) {
        return Short.reverseBytes((short) value);
    }

    /** Lets nothing pass but what sends an instruction to the interpreter. */
    public static void requireExpected(RuntimeException exception) {
        if (!(exception instanceof SlowAccess) && !(exception instanceof GuestFault)) {
            throw exception;
        }
    }

    /** Floating-point instructions need the interpreter once in each context. */
    public static void requireFloats(CpuState cpu) {
        if (!cpu.floatReady) {
            throw SlowAccess.INSTANCE;
        }
    }
}
