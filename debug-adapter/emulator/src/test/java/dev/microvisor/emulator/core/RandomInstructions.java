package dev.microvisor.emulator.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.Set;

/**
 * Cases for {@code src/test/firmware/differential.c}: a random instruction made from the rows of
 * the decode tables, with random registers and flags. The same seed gives the same cases.
 */
final class RandomInstructions {
    /** Bytes of one case in the table. */
    static final int CASE_BYTES = 4 * (13 + 1 + 16 + 1) + 8;

    private static final int SCRATCH = 0x2803_0000;
    private static final int NOP = 0xBF00;

    /** Where the slot lies does not matter for decoding what is tested here. */
    private static final int CODE = 0x2800_0040;

    private final Random random;
    private final RandomValues values;
    private final InstructionPool pool;
    private final Set<Integer> excluded;

    RandomInstructions(long seed, boolean floats, Reference reference) {
        this.excluded = InstructionPool.union(InstructionPool.NOT_STRAIGHT, reference.excluded());
        this.random = new Random(seed);
        this.values = new RandomValues(random);
        this.pool = floats ? InstructionPool.floats() : InstructionPool.integer();
    }

    /** A table with its header, to be placed 32 KiB into ROM. */
    byte[] table(int count, boolean verbose) {
        ByteBuffer table =
                ByteBuffer.allocate(8 + count * CASE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        table.putInt(count).putInt(verbose ? 1 : 0);
        for (int i = 0; i < count; i++) {
            addCase(table);
        }
        return table.array();
    }

    private void addCase(ByteBuffer table) {
        int[] r = new int[13];
        for (int i = 0; i < r.length; i++) {
            r[i] = values.word();
        }
        Row row = null;
        int bits = 0;
        int op = Op.UNPREDICTABLE;
        boolean inIt = random.nextInt(4) == 0;
        while (excluded.contains(op)) {
            row = pool.row(random);
            bits = randomBits(row);
            op = Instruction.op((int) InstructionPool.decode(row, bits, CODE, inIt));
            if (!row.equals(InstructionPool.decodedRow(row, bits))) {
                op = Op.UNPREDICTABLE; // A more special row's turn comes by itself.
            }
            if ((row.form() == Form.SP_TIMES_4 && row.op() == Op.STR_IMM)
                    || (op >= Op.BEQ && op <= Op.BLE)) {
                op = Op.UNPREDICTABLE; // Would destroy the harness's stack, or leave it.
            }
            if (row.form() == Form.REGISTER_OFFSET
                    && row.field('n', bits) == row.field('m', bits)) {
                op = Op.UNPREDICTABLE; // Base plus itself would leave the scratch memory.
            }
        }
        if (isMemory(row)) {
            prepareAddress(row, bits, r);
        }
        for (int value : r) {
            table.putInt(value);
        }
        table.putInt(values.apsr());
        for (int i = 0; i < 16; i++) {
            table.putInt(values.single());
        }
        table.putInt(values.fpscr());
        int[] code = {NOP, NOP, NOP, NOP};
        int at = 0;
        if (inIt) {
            code[at++] = 0xBF08 | random.nextInt(15) << 4;
        }
        if (row.bits() == 32) {
            code[at++] = bits >>> 16;
        }
        code[at] = bits & 0xFFFF;
        for (int halfword : code) {
            table.putShort((short) halfword);
        }
    }

    private int randomBits(Row row) {
        int bits =
                row.value() | (random.nextInt() & ~row.mask() & (row.bits() == 32 ? -1 : 0xFFFF));
        for (char letter : new char[] {'d', 'n', 'm', 'a', 't', 'e'}) {
            if (row.has(letter)) {
                boolean isFloat = FloatTable.ROWS.contains(row) && !isMemory(row) && letter != 't';
                int limit = isFloat && letter != 'a' ? 8 : 13;
                bits = with(row, bits, letter, random.nextInt(limit));
            }
        }
        return bits;
    }

    /** Puts a value into a field, cut to its width. */
    private static int with(Row row, int bits, char letter, int value) {
        int result = bits;
        int left = value;
        for (int i = row.bits() - 1; i >= 0; i--) {
            if (row.diagram().charAt(i) == letter) {
                int bit = 1 << (row.bits() - 1 - i);
                result = (result & ~bit) | ((left & 1) != 0 ? bit : 0);
                left >>>= 1;
            }
        }
        return result;
    }

    private static boolean isMemory(Row row) {
        return switch (row.form()) {
            case TIMES_2,
                    TIMES_4,
                    OFFSET,
                    INDEXED,
                    REGISTER_OFFSET,
                    DUAL,
                    LOAD_MULTIPLE,
                    STORE_MULTIPLE,
                    LOAD_MULTIPLE_DB,
                    STORE_MULTIPLE_DB,
                    LOAD_MULTIPLE_16,
                    STORE_MULTIPLE_16,
                    FLOAT_OFFSET,
                    FLOAT_MULTIPLE ->
                    true;
            default ->
                    (row.op() >= Op.LDREX && row.op() < Op.TT)
                            || (row.form() == Form.PLAIN
                                    && (row.op() == Op.STRB_IMM || row.op() == Op.LDRB_IMM));
        };
    }

    private void prepareAddress(Row row, int bits, int[] r) {
        int base = row.field('n', bits);
        int index = row.has('m') ? row.field('m', bits) : -1;
        if (index >= 0 && index < 13) {
            r[index] = random.nextInt(16) * 4;
        }
        if (base < 13) {
            r[base] =
                    SCRATCH
                            + 128
                            + 4 * random.nextInt(32)
                            + (random.nextInt(6) == 0 ? random.nextInt(4) : 0);
        }
    }
}
