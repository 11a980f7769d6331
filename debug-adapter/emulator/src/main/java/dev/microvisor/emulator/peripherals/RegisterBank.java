package dev.microvisor.emulator.peripherals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;

/**
 * The registers of a peripheral, declared as the manual draws them: each {@link #register} is
 * followed by its bits, and all 32 of them must be accounted for.
 *
 * <p>Mutable; belongs to the thread that runs the machine. Saving is cheap: the values are copied
 * only when they change afterwards.
 */
final class RegisterBank {
    private final Map<Integer, Register> registers = new TreeMap<>();

    /** The same by number of the word: what every access looks up. */
    private Register[] byWord = new Register[0];

    private Register current;
    private int[] values = new int[0];
    private boolean shared;
    private boolean lasts;

    /** What a write does to bits. */
    enum Kind {
        STORED,
        READ_ONLY,
        CLEAR_BY_ONE,
        CLEAR_BY_ZERO,
        WRITE_ONLY,
        UNIMPLEMENTED,
        RESERVED
    }

    /** Bits of a register that behave alike. */
    record Bits(Kind kind, int mask, String name) {}

    /** Told after a write. */
    interface WriteHook {
        /**
         * @param before value of the register before the write
         * @param written the bits that were written, as they were written; bytes that were not
         *     written are 0
         */
        void written(int before, int written);
    }

    /** Told after a write, for registers in which its width matters. */
    interface SizedWriteHook {
        void written(int value, int widthBytes);
    }

    /** A register; filled while the bank is declared. */
    static final class Register {
        final int offset;
        final String name;
        final int index;
        final List<Bits> bits = new ArrayList<>();
        private final int[] masks = new int[Kind.values().length];
        int resetValue;
        WriteHook onWrite = (before, written) -> {};
        SizedWriteHook onSizedWrite = (value, widthBytes) -> {};
        IntUnaryOperator shown = stored -> stored;
        Runnable afterRead = () -> {};
        boolean steady;

        Register(int offset, String name, int index) {
            this.offset = offset;
            this.name = name;
            this.index = index;
        }

        void add(Bits more) {
            bits.add(more);
            masks[more.kind().ordinal()] |= more.mask();
        }

        int mask(Kind kind) {
            return masks[kind.ordinal()];
        }

        /** Names of bits of a kind that a mask touches. */
        List<String> names(Kind kind, int mask) {
            return bits.stream()
                    .filter(b -> b.kind() == kind && (b.mask() & mask) != 0)
                    .map(Bits::name)
                    .toList();
        }
    }

    RegisterBank register(int offset, String name) {
        current = new Register(offset, name, registers.size());
        if (offset % Integer.BYTES != 0 || registers.put(offset, current) != null) {
            throw new IllegalArgumentException(name + ": offset " + offset);
        }
        int word = offset / Integer.BYTES;
        byWord = Arrays.copyOf(byWord, Math.max(byWord.length, word + 1));
        byWord[word] = current;
        return this;
    }

    /** Bits that keep what is written. */
    RegisterBank field(int bit, int width, String name) {
        return bits(Kind.STORED, bit, width, name);
    }

    /** Bits that only the peripheral changes. */
    RegisterBank readOnly(int bit, int width, String name) {
        return bits(Kind.READ_ONLY, bit, width, name);
    }

    /** Flags that a written one clears. */
    RegisterBank clearByOne(int bit, int width, String name) {
        return bits(Kind.CLEAR_BY_ONE, bit, width, name);
    }

    /** Flags that a written zero clears. */
    RegisterBank clearByZero(int bit, int width, String name) {
        return bits(Kind.CLEAR_BY_ZERO, bit, width, name);
    }

    /** Bits that do something when written and read as zero. */
    RegisterBank writeOnly(int bit, int width, String name) {
        return bits(Kind.WRITE_ONLY, bit, width, name);
    }

    /** Bits that are kept and have no effect here; setting one warns. */
    RegisterBank unimplemented(int bit, int width, String name) {
        return bits(Kind.UNIMPLEMENTED, bit, width, name);
    }

    /** A register that keeps all its 32 bits. */
    RegisterBank plain(int offset, String name, String what) {
        return register(offset, name).field(0, 32, what);
    }

    /** Registers one behind the other that keep all their bits. */
    RegisterBank row(int offset, String... names) {
        for (int i = 0; i < names.length; i++) {
            plain(offset + Integer.BYTES * i, names[i], names[i]);
        }
        return this;
    }

    /** Bits that the manual reserves. */
    RegisterBank reserved(int bit, int width) {
        return bits(Kind.RESERVED, bit, width, "reserved");
    }

    private RegisterBank bits(Kind kind, int bit, int width, String name) {
        int mask = (width == 32 ? -1 : (1 << width) - 1) << bit;
        current.add(new Bits(kind, mask, name));
        return this;
    }

    /** Value after reset, 0 unless said. */
    RegisterBank resetTo(int value) {
        current.resetValue = value;
        return this;
    }

    RegisterBank onWrite(WriteHook hook) {
        current.onWrite = hook;
        return this;
    }

    /** For registers in which the width of a write matters. */
    RegisterBank onWriteOf(SizedWriteHook hook) {
        current.onSizedWrite = hook;
        return this;
    }

    /** What a read shows, given what is stored; no side effects. */
    RegisterBank shows(IntUnaryOperator shown) {
        current.shown = shown;
        return this;
    }

    /** What a read shows; no side effects. */
    RegisterBank shows(IntSupplier shown) {
        return shows(stored -> shown.getAsInt());
    }

    /** What a read does besides. */
    RegisterBank afterRead(Runnable effect) {
        current.afterRead = effect;
        return this;
    }

    /** See {@link dev.microvisor.emulator.guest.Peripheral#isSteady}. */
    RegisterBank steady() {
        current.steady = true;
        return this;
    }

    /** Registers of the backup domain, which a reset leaves as they are. */
    RegisterBank lasting() {
        lasts = true;
        return this;
    }

    /** Ends the declaration. */
    RegisterBank declared() {
        powerUp();
        return this;
    }

    void reset() {
        if (!lasts) {
            powerUp();
        }
    }

    private void powerUp() {
        values = new int[registers.size()];
        shared = false;
        for (Register register : registers.values()) {
            values[register.index] = register.resetValue;
        }
    }

    /** All registers by offset. */
    List<Register> registers() {
        return List.copyOf(registers.values());
    }

    /** Null where there is none. */
    Register at(int offset) {
        int word = offset / Integer.BYTES;
        return word < byWord.length ? byWord[word] : null;
    }

    int peek(Register register) {
        return register.shown.applyAsInt(values[register.index]);
    }

    int read(Register register) {
        int value = peek(register);
        register.afterRead.run();
        return value;
    }

    /**
     * A write by the application.
     *
     * @param mask the bytes that are written
     */
    void write(Register register, int mask, int value) {
        int before = values[register.index];
        int stored = (register.mask(Kind.STORED) | register.mask(Kind.UNIMPLEMENTED)) & mask;
        int next = (before & ~stored) | (value & stored);
        next &= ~(register.mask(Kind.CLEAR_BY_ONE) & mask & value);
        next &= ~(register.mask(Kind.CLEAR_BY_ZERO) & mask & ~value);
        put(register, next);
        register.onWrite.written(before, value & mask);
        int shift = Integer.numberOfTrailingZeros(mask);
        register.onSizedWrite.written((value & mask) >>> shift, Integer.bitCount(mask) / Byte.SIZE);
    }

    /** What is stored at an offset. */
    int get(int offset) {
        return values[byWord[offset / Integer.BYTES].index];
    }

    boolean isSet(int offset, int mask) {
        return (get(offset) & mask) != 0;
    }

    /** A change by the peripheral itself. */
    void set(int offset, int value) {
        put(byWord[offset / Integer.BYTES], value);
    }

    void setBits(int offset, int mask) {
        set(offset, get(offset) | mask);
    }

    void clearBits(int offset, int mask) {
        set(offset, get(offset) & ~mask);
    }

    private void put(Register register, int value) {
        if (values[register.index] == value) {
            return;
        }
        if (shared) {
            values = values.clone();
            shared = false;
        }
        values[register.index] = value;
    }

    /** The values of all registers; must not be changed. */
    Saved save() {
        shared = true;
        return new Saved(values);
    }

    void restore(Saved saved) {
        values = saved.values;
        shared = true;
    }

    /** Values at one instruction. Nobody changes the array after it was saved. */
    static final class Saved {
        private final int[] values;

        private Saved(int[] values) {
            this.values = values;
        }
    }
}
