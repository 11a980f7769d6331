package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.Alu;
import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;
import dev.microvisor.emulator.memory.PageAccess;
import dev.microvisor.emulator.memory.SlowAccess;

/**
 * What the generated code calls, beside the semantics that the interpreter has in {@link Alu} and
 * {@link dev.microvisor.emulator.core.Shift}. Public for the generated classes only.
 */
public final class GuestOps {
    /** Where a flag comes from whose bit is not set: the difference of the two operands. */
    static final int OF_SUB = 1;

    /** The same: their sum. */
    static final int OF_ADD = 2;

    /** The two bits above; when both are clear, all flags are in their variables. */
    static final int SOURCE = 3;

    /** N and Z are in their variable. */
    static final int RESULT = 4;

    /** Carry is in its variable. */
    static final int CARRY = 8;

    /** Everything is in its variable. */
    static final int STORED = RESULT | CARRY;

    private GuestOps() {}

    /** What N and Z come from, from where {@code kind} says that it is. */
    public static int result(int kind, int n, int x, int y) {
        return switch (kind & (SOURCE | RESULT)) {
            case OF_SUB -> x - y;
            case OF_ADD -> x + y;
            default -> n;
        };
    }

    /** The carry flag, from where {@code kind} says that it is. */
    public static int carry(int kind, int c, int x, int y) {
        return switch (kind & (SOURCE | CARRY)) {
            case OF_SUB -> Alu.carryOfSub(x, y);
            case OF_ADD -> Alu.carryOfAdd(x, x + y);
            default -> c;
        };
    }

    /** The overflow flag, in the sign bit. */
    public static int overflow(int kind, int v, int x, int y) {
        return switch (kind & SOURCE) {
            case OF_SUB -> Alu.overflowOfSub(x, y, x - y);
            case OF_ADD -> Alu.overflowOfAdd(x, y, x + y);
            default -> v;
        };
    }

    /** One value that N and Z can be had from; they are not both set. */
    public static int resultOf(int n, int z) {
        return z == 0 ? 0 : n < 0 ? n : 1;
    }

    public static boolean isHigher(int c, int result) {
        return c != 0 && result != 0;
    }

    public static boolean isGreater(int result, int v) {
        return result != 0 && (result ^ v) >= 0;
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

    /** A load at an address that must be aligned, of 1, 2 or 4 bytes. */
    public static int loadOrdered(CpuState cpu, Memory memory, int address, int widthBytes) {
        requireAligned(address, widthBytes);
        int[] words = memory.words();
        int[] readable = memory.readableTable();
        return switch (widthBytes) {
            case 1 -> PageAccess.oneByte(memory, words, readable, address);
            case 2 -> PageAccess.half(memory, words, readable, address);
            default -> PageAccess.word(memory, words, readable, address);
        };
    }

    /** A store at an address that must be aligned. */
    public static void storeOrdered(
            CpuState cpu, Memory memory, int address, int widthBytes, int value) {
        requireAligned(address, widthBytes);
        int[] words = memory.words();
        int[] writable = memory.writableTable();
        switch (widthBytes) {
            case 1 -> PageAccess.oneByte(memory, words, writable, address, value);
            case 2 -> PageAccess.half(memory, words, writable, address, value);
            default -> PageAccess.word(memory, words, writable, address, value);
        }
    }

    /** LDREX, LDREXB and LDREXH. */
    public static int loadExclusive(CpuState cpu, Memory memory, int address, int widthBytes) {
        int value = loadOrdered(cpu, memory, address, widthBytes);
        cpu.exclusive = true;
        cpu.exclusiveAddress = address;
        return value;
    }

    /** STREX, STREXB and STREXH; returns what goes to the status register. */
    public static int storeExclusive(
            CpuState cpu, Memory memory, int address, int widthBytes, int value) {
        requireAligned(address, widthBytes);
        if (!cpu.exclusive) {
            return 1;
        }
        storeOrdered(cpu, memory, address, widthBytes, value);
        cpu.exclusive = false;
        return 0;
    }

    public static void clearExclusive(CpuState cpu) {
        cpu.exclusive = false;
    }

    private static void requireAligned(int address, int widthBytes) {
        if ((address & (widthBytes - 1)) != 0) {
            throw SlowAccess.INSTANCE;
        }
    }

    /** Lets nothing pass but what sends an instruction to the interpreter. */
    public static void requireExpected(RuntimeException exception) {
        if (!(exception instanceof SlowAccess) && !(exception instanceof GuestFault)) {
            throw exception;
        }
    }

    /** N and Z of FPSCR may both be set only if the program wrote it. */
    public static void requireOrdinaryFlags(CpuState cpu) {
        if (cpu.fpscr >>> 30 == 3) {
            throw SlowAccess.INSTANCE;
        }
    }

    /** With an exception pending it matters what masks and priorities are. */
    public static void requireNothingPending(CpuState cpu) {
        if (cpu.exceptionPending) {
            throw SlowAccess.INSTANCE;
        }
    }

    /** Floating-point instructions need the interpreter once in each context. */
    public static void requireFloats(CpuState cpu) {
        if (!cpu.floatReady) {
            throw SlowAccess.INSTANCE;
        }
    }
}
