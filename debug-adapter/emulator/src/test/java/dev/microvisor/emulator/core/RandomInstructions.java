package dev.microvisor.emulator.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
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

    /** Operations that would leave the harness, or whose effect is not the same on both. */
    private static final Set<Integer> EXCLUDED =
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
                    Op.MRS,
                    Op.CPS,
                    Op.SVC,
                    Op.BKPT,
                    Op.WFI,
                    Op.WFE,
                    Op.SEV,
                    Op.SG,
                    Op.TT,
                    Op.STREX,
                    Op.STREXB,
                    Op.STREXH,
                    Op.UNPREDICTABLE,
                    Op.NOCP,
                    Op.UNDEFINED);

    private static final int[] INTERESTING = {
        0,
        1,
        -1,
        2,
        0x7FFF_FFFF,
        0x8000_0000,
        0x8000_0001,
        0xFFFF,
        0x8000,
        0x7FFF,
        0xFF,
        0x80,
        31,
        32,
        33,
        0x0001_0001,
        0x7FFF_7FFF,
        0x8000_8000,
        0x0080_FF7F
    };

    private static final int[] INTERESTING_FLOATS = {
        0, 0x8000_0000, 0x3F80_0000, 0xBF80_0000, 0x7F80_0000, 0xFF80_0000, 0x7FC0_0000,
        0x7FA0_0001, 0xFFC1_2345, 1, 0x8000_0001, 0x007F_FFFF, 0x0080_0000, 0x7F7F_FFFF,
        0x4B00_0000, 0x4F00_0000, 0xCF00_0000, 0x4F80_0000, 0x3F00_0000, 0x3FC0_0000, 0x4020_0000
    };

    private final Random random;
    private final List<Row> rows = new ArrayList<>();

    RandomInstructions(long seed, boolean floats) {
        this.random = new Random(seed);
        if (floats) {
            rows.addAll(FloatTable.ROWS);
        } else {
            rows.addAll(Thumb16Table.ROWS);
            rows.addAll(Thumb32Table.ROWS);
        }
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
            r[i] = random.nextInt(3) == 0 ? pick(INTERESTING) : random.nextInt();
        }
        Row row = null;
        int bits = 0;
        int op = Op.UNPREDICTABLE;
        boolean inIt = random.nextInt(4) == 0;
        while (EXCLUDED.contains(op)) {
            row = rows.get(random.nextInt(rows.size()));
            bits = randomBits(row);
            op = Instruction.op((int) decode(row, bits, inIt));
            if (!row.equals(decodedRow(row, bits))) {
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
        table.putInt(random.nextInt() & 0xF80F_0000);
        for (int i = 0; i < 16; i++) {
            table.putInt(randomFloat());
        }
        table.putInt(random.nextInt(3) == 0 ? random.nextInt() & 0xF7C0_009F : 0x10);
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

    private static Row decodedRow(Row row, int bits) {
        return row.bits() == 32 ? Decoder.wideRow(bits) : Decoder.narrowRow(bits);
    }

    private static long decode(Row row, int bits, boolean inIt) {
        return row.bits() == 32 ? Decoder.wide(bits, CODE, inIt) : Decoder.narrow(bits, CODE, inIt);
    }

    private int pick(int[] values) {
        return values[random.nextInt(values.length)];
    }

    private int randomFloat() {
        return switch (random.nextInt(4)) {
            case 0 -> pick(INTERESTING_FLOATS);
            case 1 -> random.nextInt();
            default ->
                    Float.floatToRawIntBits(
                            (float) (random.nextGaussian() * (1 << random.nextInt(30))));
        };
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
