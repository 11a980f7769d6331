package dev.microvisor.emulator.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the row for some bits and packs its fields into an {@link Instruction}.
 *
 * <p>When several rows match, the one with the most fixed bits wins: the manual's "see ..." notes
 * are rows of their own here. Pure: reads no CPU state.
 */
public final class Decoder {
    private static final int FIRST_WIDE = 0xE800;
    private static final int WIDE_PREFIXES = 0x1_0000 - FIRST_WIDE;

    /** Row of each 16-bit instruction. */
    private static final Row[] NARROW = narrowRows();

    private static final List<Row> WIDE_ROWS = wideRows();

    /** Rows that may match an instruction beginning with a halfword; filled when first needed. */
    private static final Row[][] WIDE = new Row[WIDE_PREFIXES][];

    private Decoder() {}

    /** True when the halfword is the first of two. */
    public static boolean isWide(int halfword) {
        return halfword >= FIRST_WIDE;
    }

    /** Row of a 16-bit instruction, null when it is not allocated. */
    static Row narrowRow(int halfword) {
        return NARROW[halfword];
    }

    /** Row of a 32-bit instruction, null when it is not allocated. */
    static Row wideRow(int instruction) {
        int prefix = (instruction >>> 16) - FIRST_WIDE;
        Row[] candidates = WIDE[prefix];
        if (candidates == null) {
            int first = instruction & 0xFFFF_0000;
            candidates =
                    WIDE_ROWS.stream()
                            .filter(row -> matchesFirstHalf(row, first))
                            .toArray(Row[]::new);
            WIDE[prefix] = candidates;
        }
        for (Row row : candidates) {
            if ((instruction & row.mask()) == row.value()) {
                return row;
            }
        }
        return null;
    }

    private static boolean matchesFirstHalf(Row row, int first) {
        return ((first ^ row.value()) & row.mask() & 0xFFFF_0000) == 0;
    }

    static List<Row> allWideRows() {
        return WIDE_ROWS;
    }

    /** Decodes a 16-bit instruction at an address. */
    static long narrow(int halfword, int address, boolean inIt) {
        Row row = NARROW[halfword];
        if (row == null) {
            return Operands.undefined();
        }
        return orToSelf(new Operands(row, halfword, address, inIt).pack(), address);
    }

    /** Decodes a 32-bit instruction at an address. */
    static long wide(int instruction, int address, boolean inIt) {
        Row row = wideRow(instruction);
        long packed =
                row == null
                        ? Operands.undefined()
                        : orToSelf(new Operands(row, instruction, address, inIt).pack(), address);
        return packed | Instruction.WIDE;
    }

    /** An endless loop of one instruction is an operation of its own. */
    private static long orToSelf(long packed, int address) {
        boolean toSelf = Instruction.op((int) packed) == Op.B && (int) (packed >>> 32) == address;
        return toSelf ? (packed & ~Instruction.OP_MASK) | Op.BRANCH_TO_SELF : packed;
    }

    private static Row[] narrowRows() {
        Row[] rows = new Row[0x1_0000];
        List<Row> sorted = new ArrayList<>(Thumb16Table.ROWS);
        sorted.sort(Comparator.comparingInt(row -> Integer.bitCount(row.mask())));
        for (Row row : sorted) {
            int free = ~row.mask() & 0xFFFF;
            // Counts through all settings of the free bits.
            int setting = 0;
            do {
                rows[row.value() | setting] = row;
                setting = setting - free & free;
            } while (setting != 0);
        }
        return rows;
    }

    private static List<Row> wideRows() {
        List<Row> rows = new ArrayList<>(Thumb32Table.ROWS);
        rows.addAll(FloatTable.ROWS);
        // "If Rn is the PC, see LDR (literal)" stands before all other addressing forms.
        rows.sort(
                Comparator.comparing((Row row) -> row.form() != Form.LITERAL)
                        .thenComparing(row -> -Integer.bitCount(row.mask())));
        return rows;
    }
}
