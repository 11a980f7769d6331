package dev.microvisor.emulator.core;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bits of one instruction with the row of the decode table that they match: what a disassembler
 * needs to know. Executes nothing.
 */
public final class Encoding {
    private final Row row;
    private final int bits;

    private Encoding(Row row, int bits) {
        this.row = row;
        this.bits = bits;
    }

    /** The encoding of a 16-bit instruction; empty when it is not allocated. */
    public static Optional<Encoding> narrow(int halfword) {
        return of(Decoder.narrowRow(halfword), halfword);
    }

    /** The encoding of a 32-bit instruction, first halfword on top; empty when not allocated. */
    public static Optional<Encoding> wide(int bits) {
        return of(Decoder.wideRow(bits), bits);
    }

    private static Optional<Encoding> of(Row row, int bits) {
        return row == null || isUndefined(row.op())
                ? Optional.empty()
                : Optional.of(new Encoding(row, bits));
    }

    /** The names of all rows that are instructions of this core. */
    public static List<String> names() {
        return Stream.of(Thumb16Table.ROWS, Thumb32Table.ROWS, FloatTable.ROWS)
                .flatMap(List::stream)
                .filter(row -> !isUndefined(row.op()))
                .map(Row::name)
                .toList();
    }

    private static boolean isUndefined(int op) {
        return op == Op.UNDEFINED || op == Op.FLOAT_UNDEFINED || op == Op.NOCP;
    }

    /** As in the manual, with the encoding's number: {@code ADD (immediate) T3}. */
    public String name() {
        return row.name();
    }

    public boolean isWide() {
        return row.bits() == 32;
    }

    public int bits() {
        return bits;
    }

    /**
     * The bits under a letter of the row's diagram, most significant first; 0 without the letter.
     */
    public int field(char letter) {
        return row.field(letter, bits);
    }

    public boolean has(char letter) {
        return row.has(letter);
    }

    /** How the manual defines the instruction with just these operands. */
    public enum Validity {
        DEFINED,
        UNPREDICTABLE,
        UNDEFINED
    }

    /** What executing it would do, in or outside an IT block. */
    public Validity validity(boolean inIt) {
        long decoded = isWide() ? Decoder.wide(bits, 0, inIt) : Decoder.narrow(bits, 0, inIt);
        int op = Instruction.op((int) decoded);
        if (op == Op.UNPREDICTABLE) {
            return Validity.UNPREDICTABLE;
        }
        return isUndefined(op) ? Validity.UNDEFINED : Validity.DEFINED;
    }
}
