package dev.microvisor.emulator.cloud.hardware;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;

/**
 * What a device measures, and how it says that: a number of some bits, which follows from the value
 * in its unit by a factor and what zero of the unit is.
 *
 * @param name with its unit, such as {@code temperature_c}
 * @param place of the first byte among those of all registers; empty where only replies have it
 * @param layout of the number in its bytes
 * @param perUnit factors; the first, or the one that {@code scaledBy} selects
 * @param zero the number that stands for zero
 * @param scaledBy bits of a register that select the factor
 * @param selectedBy bits of a register that select what the bytes hold now
 * @param selectedAs their value for this quantity
 * @param start what is measured when nobody says anything
 */
public record Quantity(
        String name,
        OptionalInt place,
        Layout layout,
        List<Double> perUnit,
        double zero,
        Optional<Field> scaledBy,
        Optional<Field> selectedBy,
        int selectedAs,
        double start) {
    public Quantity {
        perUnit = List.copyOf(perUnit);
    }

    /**
     * Where a number is in its bytes.
     *
     * @param bytes 1 to 4
     * @param bits of the number
     * @param shift bits below it
     * @param signed true for a two's complement
     * @param lowByteFirst the order of the bytes
     */
    public record Layout(int bytes, int bits, int shift, boolean signed, boolean lowByteFirst) {
        /** The bytes that a quantity changes, as bits of the number that they all make. */
        long mask() {
            return ((1L << bits) - 1) << shift;
        }

        private long nearest(double number) {
            long least = signed ? -(1L << (bits - 1)) : 0;
            long most = (1L << (signed ? bits - 1 : bits)) - 1;
            return Math.max(least, Math.min(most, Math.round(number)));
        }

        private int index(int byteFromHigh) {
            return lowByteFirst ? bytes - 1 - byteFromHigh : byteFromHigh;
        }
    }

    /**
     * Some bits of a register.
     *
     * @param place of its first byte
     * @param bytes that it has, high byte first
     */
    public record Field(int place, int bytes, int mask) {
        /** The value of the bits. */
        public int in(IntUnaryOperator registers) {
            int all = 0;
            for (int i = 0; i < bytes; i++) {
                all = all << Byte.SIZE | registers.applyAsInt(place + i);
            }
            return (all & mask) >>> Integer.numberOfTrailingZeros(mask);
        }
    }

    /** True when the bytes hold this quantity now. */
    public boolean isSelected(IntUnaryOperator registers) {
        return selectedBy.map(field -> field.in(registers) == selectedAs).orElse(true);
    }

    /**
     * The bytes that say a value.
     *
     * @param registers bytes of the device by their places
     * @param before the bytes as they were; bits beside the number stay
     */
    public int[] bytes(double value, IntUnaryOperator registers, int[] before) {
        int scale = scaledBy.map(field -> field.in(registers)).orElse(0);
        double factor = perUnit.get(Math.min(scale, perUnit.size() - 1));
        long number = layout.nearest(value * factor + zero) << layout.shift() & layout.mask();
        int[] after = new int[layout.bytes()];
        for (int i = 0; i < after.length; i++) {
            int down = Byte.SIZE * (after.length - 1 - i);
            int at = layout.index(i);
            int mask = (int) (layout.mask() >>> down) & 0xFF;
            after[at] = (before[at] & ~mask) | ((int) (number >>> down) & mask);
        }
        return after;
    }
}
