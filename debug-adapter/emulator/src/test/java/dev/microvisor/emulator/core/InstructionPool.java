package dev.microvisor.emulator.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random encodings made from the rows of the decode tables. */
final class InstructionPool {
    /** Operations that leave a straight line of code, need a privilege, or are no instruction. */
    static final Set<Integer> NOT_STRAIGHT =
            Set.of(
                    Op.B,
                    Op.BRANCH_TO_SELF,
                    Op.BL,
                    Op.BX,
                    Op.BLX,
                    Op.CBZ,
                    Op.CBNZ,
                    Op.TBB,
                    Op.TBH,
                    Op.IT,
                    Op.POP_PC,
                    Op.LDM_PC,
                    Op.MOV_PC,
                    Op.ADD_PC,
                    Op.LDR_ANY,
                    Op.MSR,
                    Op.CPS,
                    Op.SVC,
                    Op.BKPT,
                    Op.WFI,
                    Op.WFE,
                    Op.SEV,
                    Op.SG,
                    Op.UNPREDICTABLE,
                    Op.NOCP,
                    Op.UNDEFINED);

    private static final int MAX_TRIES = 10_000;

    private final List<Row> rows = new ArrayList<>();

    private InstructionPool() {}

    /** Integer instructions of both sizes. */
    static InstructionPool integer() {
        InstructionPool pool = new InstructionPool();
        pool.rows.addAll(Thumb16Table.ROWS);
        pool.rows.addAll(Thumb32Table.ROWS);
        return pool;
    }

    /** Floating-point instructions. */
    static InstructionPool floats() {
        InstructionPool pool = new InstructionPool();
        pool.rows.addAll(FloatTable.ROWS);
        return pool;
    }

    /** Both. */
    static InstructionPool all() {
        InstructionPool pool = integer();
        pool.rows.addAll(FloatTable.ROWS);
        return pool;
    }

    Row row(Random random) {
        return rows.get(random.nextInt(rows.size()));
    }

    /** What decides whether an instruction is taken. */
    interface Filter {
        boolean accepts(Row row, long decoded);
    }

    /** One or two halfwords that decode as the row they were made from, and that a filter takes. */
    int[] pick(Random random, int address, boolean inIt, Filter filter) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Row row = row(random);
            int width = row.bits() == 32 ? -1 : 0xFFFF;
            int bits = row.value() | (random.nextInt() & ~row.mask() & width);
            if (row.equals(decodedRow(row, bits))
                    && filter.accepts(row, decode(row, bits, address, inIt))) {
                return row.bits() == 32 ? new int[] {bits >>> 16, bits & 0xFFFF} : new int[] {bits};
            }
        }
        throw new IllegalStateException("no instruction found");
    }

    /** The row that the bits made from a row are decoded as: a more special one may win. */
    static Row decodedRow(Row row, int bits) {
        return row.bits() == 32 ? Decoder.wideRow(bits) : Decoder.narrowRow(bits);
    }

    static long decode(Row row, int bits, int address, boolean inIt) {
        return row.bits() == 32
                ? Decoder.wide(bits, address, inIt)
                : Decoder.narrow(bits, address, inIt);
    }

    /** The union of sets of operations. */
    @SafeVarargs
    static Set<Integer> union(Set<Integer>... sets) {
        Set<Integer> all = new HashSet<>();
        for (Set<Integer> set : sets) {
            all.addAll(set);
        }
        return Set.copyOf(all);
    }
}
