package dev.microvisor.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private static final int SEED = 7;

    @Test
    void everyFirstHalfwordIsARowAPrefixOrDeclaredUndefined() {
        for (int halfword = 0; halfword <= 0xFFFF; halfword++) {
            int bits = halfword;
            boolean undefined =
                    Thumb16Table.UNDEFINED.stream()
                            .anyMatch(row -> (bits & row.mask()) == row.value());
            Row row = Decoder.isWide(bits) ? null : Decoder.narrowRow(bits);
            if (Decoder.isWide(bits)) {
                assertTrue(bits >>> 11 >= 0b11101, () -> Integer.toHexString(bits));
            } else if (row == null) {
                assertTrue(undefined, () -> Integer.toHexString(bits) + " is nowhere");
            } else {
                assertEquals(row.value(), bits & row.mask());
            }
        }
    }

    @Test
    void overlappingNarrowRowsAreDecidedByFixedBits() {
        List<String> unclear = new ArrayList<>();
        for (int halfword = 0; halfword < 0xE800; halfword++) {
            Row winner = Decoder.narrowRow(halfword);
            for (Row other : Thumb16Table.ROWS) {
                boolean matches = (halfword & other.mask()) == other.value();
                if (matches
                        && !other.equals(winner)
                        && (winner.mask() & other.mask()) != other.mask()) {
                    unclear.add(winner.name() + " / " + other.name());
                }
            }
        }
        assertThat(unclear.stream().distinct().toList()).isEmpty();
    }

    @Test
    void decodingNeverThrows() {
        Random random = new Random(SEED);
        for (int i = 0; i < 500_000; i++) {
            int bits = 0xE800_0000 + random.nextInt(0x1800_0000);
            long packed = Decoder.wide(bits, 0x0800_0000, random.nextBoolean());
            assertTrue(Instruction.op((int) packed) < Op.COUNT);
        }
        for (int halfword = 0; halfword < 0xE800; halfword++) {
            assertTrue(Instruction.op((int) Decoder.narrow(halfword, 0, true)) < Op.COUNT);
        }
    }

    @Test
    void everyWideRowCanBeReached() {
        Random random = new Random(SEED);
        for (Row row : Decoder.allWideRows()) {
            boolean reached = false;
            for (int i = 0; i < 10_000 && !reached; i++) {
                reached =
                        row.equals(Decoder.wideRow(row.value() | (random.nextInt() & ~row.mask())));
            }
            assertTrue(reached, row.name());
        }
    }

    @Test
    void literalLoadsGoBeforeOtherAddressingForms() {
        assertEquals("LDR (literal) T2", Decoder.wideRow(0xF85F_F000).name());
        assertEquals("LDR (literal) T2", Decoder.wideRow(0xF8DF_0010).name());
    }

    @Test
    void aHoleBetweenRowsIsUnallocated() {
        assertNull(Decoder.wideRow(0xFAE0_F0C0));
        assertEquals(Op.UNDEFINED, Instruction.op((int) Decoder.wide(0xFAE0_F0C0, 0, false)));
    }

    @Test
    void pcIsNoAccumulatorOfTheSubtractingMultiplies() {
        assertEquals(Op.UNPREDICTABLE, Instruction.op((int) Decoder.wide(0xFB0A_F212, 0, false)));
        assertEquals(Op.UNPREDICTABLE, Instruction.op((int) Decoder.wide(0xFB6A_F202, 0, false)));
        // With PC in the same place, MLA is MUL.
        assertEquals(Op.MUL, Instruction.op((int) Decoder.wide(0xFB0A_F202, 0, false)));
    }

    @Test
    void movesOfRegisterPairsNeedTwoOfEach() {
        assertEquals(Op.VMOV_PAIR_FROM_CORE, opOf(0xEC42_0A1F));
        assertEquals(Op.UNPREDICTABLE, opOf(0xEC42_0A3F), "s31 and s32");
        assertEquals(Op.UNPREDICTABLE, opOf(0xEC4F_0A10), "PC");
        assertEquals(Op.UNPREDICTABLE, opOf(0xEC50_0A10), "both from one register's name");
        assertEquals(Op.VMOV_D_TO_CORE, opOf(0xEC51_0B1F));
        assertEquals(Op.UNDEFINED, opOf(0xEC51_0B3F), "d31");
    }

    @Test
    void floatsWithoutConditionHaveNoPlaceInAnItBlock() {
        assertEquals(Op.VSEL, opOf(0xFE02_1A00));
        assertEquals(Op.UNPREDICTABLE, Instruction.op((int) Decoder.wide(0xFE02_1A00, 0, true)));
    }

    private static int opOf(int bits) {
        return Instruction.op((int) Decoder.wide(bits, 0, false));
    }
}
