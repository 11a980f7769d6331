package dev.microvisor.symbols.location;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.elf.Slice;
import dev.microvisor.symbols.target.FrameContext;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    /** R0 holds 0x1000, R1 0x1001...; R9 was not saved; memory holds 0x11 in every byte. */
    private static final ExpressionContext CONTEXT =
            new ExpressionContext() {
                @Override
                public FrameContext registers() {
                    return new FrameContext() {
                        @Override
                        public OptionalInt register(int number) {
                            return number == 9
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(0x1000 + number);
                        }

                        @Override
                        public OptionalInt named(String name) {
                            return OptionalInt.empty();
                        }

                        @Override
                        public byte[] read(long address, int sizeBytes) {
                            byte[] bytes = new byte[sizeBytes];
                            java.util.Arrays.fill(bytes, (byte) 0x11);
                            return bytes;
                        }
                    };
                }

                @Override
                public long frameBase() {
                    return 0x2000_0000L;
                }

                @Override
                public long callFrameAddress() {
                    return 0x2000_0100L;
                }

                @Override
                public long entryValue(Slice expression) {
                    return 77;
                }

                @Override
                public long parameterValue(Die parameter) {
                    return 0;
                }

                @Override
                public OptionalLong objectAddress() {
                    return OptionalLong.empty();
                }

                @Override
                public Optional<Slice> locationOf(Die entry) {
                    return Optional.empty();
                }
            };

    private static byte[] bytes(int... operations) {
        byte[] result = new byte[operations.length];
        for (int i = 0; i < operations.length; i++) {
            result[i] = (byte) operations[i];
        }
        return result;
    }

    private static Location locate(int... operations) {
        return Expression.locate(Slice.of(bytes(operations), "test"), null, CONTEXT);
    }

    private static long number(int... operations) {
        Location location = locate(operations);
        return ((Location.Memory) location).address();
    }

    private static String reason(int... operations) {
        return ((Location.OptimisedOut) locate(operations)).reason();
    }

    @Test
    void anAddressIsAPlaceInMemory() {
        assertEquals(0x2000_0010L, number(0x03, 0x10, 0, 0, 0x20));
    }

    @Test
    void fbregCountsFromTheFrameBaseAndCfaIsTheCallers() {
        assertEquals(0x1FFF_FFFCL, number(0x91, 0x7C));
        assertEquals(0x2000_0100L, number(0x9C));
    }

    @Test
    void regNamesARegisterAndBregIsAnAddress() {
        assertEquals(new Location.Register(3), locate(0x53));
        assertEquals(0x1003 + 8, number(0x73, 8));
    }

    @Test
    void arithmeticIsThatOfThirtyTwoBits() {
        assertEquals(6, number(0x32, 0x33, 0x1E)); // 2 * 3
        assertEquals(0xFFFF_FFFFL, number(0x31, 0x32, 0x1C)); // 1 - 2
        assertEquals(0xFFFF_FFFDL, number(0x09, 0xF9, 0x32, 0x1B)); // -7 / 2, signed
        assertEquals(0xFFFF_FFFFL, number(0x09, 0xF8, 0x34, 0x26)); // -8 >> 4, arithmetic
        assertEquals(0x0FFF_FFFFL, number(0x09, 0xF8, 0x34, 0x25)); // -8 >> 4, logical
        assertEquals(1, number(0x09, 0xFF, 0x31, 0x2D)); // -1 < 1, signed
    }

    @Test
    void theStackCanBeRearranged() {
        assertEquals(1, number(0x31, 0x32, 0x16)); // swap leaves 1 on top
        assertEquals(1, number(0x31, 0x32, 0x14)); // over
        assertEquals(
                2, number(0x31, 0x32, 0x33, 0x17)); // rot: the third becomes the top... of 1 2 3
    }

    @Test
    void branchesSkipAndLoopsEnd() {
        assertEquals(5, number(0x35, 0x31, 0x28, 1, 0, 0x36)); // bra over lit6
        assertEquals("the location expression does not end", reason(0x2F, 0xFD, 0xFF));
    }

    @Test
    void stackValuesAndEntryValuesAreConstants() {
        Location location = locate(0xA3, 1, 0x50, 0x9F);
        assertEquals(77, ((Location.Constant) location).bytes()[0]);
    }

    @Test
    void piecesMayLieInDifferentPlacesAndBeMissing() {
        Location.Pieces pieces = (Location.Pieces) locate(0x50, 0x93, 4, 0x93, 4, 0x91, 0, 0x93, 2);
        assertEquals(new Location.Register(0), pieces.pieces().get(0).location());
        assertTrue(pieces.pieces().get(1).location() instanceof Location.OptimisedOut);
        assertEquals(16, pieces.pieces().get(2).bitSize());
    }

    @Test
    void whatCannotBeComputedSaysWhy() {
        assertEquals("optimised out", reason());
        assertEquals("r9 was not saved", reason(0x79, 0));
        assertEquals("the operation 0xd0 (DW_OP) is not known", reason(0xD0));
        assertTrue(reason(0x31, 0x9B).contains("thread-local"));
        assertTrue(reason(0x31, 0x30, 0x1B).contains("divides by zero"));
        assertTrue(reason(0x22).contains("stack is empty"));
        assertTrue(reason(0x03, 0x10).contains("damaged debug information"));
    }
}
