package dev.microvisor.symbols.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ThumbPrologueTest {
    private static final long START = 0x0800_0000L;

    private static void check(int expectedBytes, int... halfwords) {
        ByteBuffer code = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        for (int halfword : halfwords) {
            code.putShort((short) halfword);
        }
        ThumbPrologue prologue =
                new ThumbPrologue(
                        (address, size) -> {
                            int from = (int) (address - START);
                            return Arrays.copyOfRange(code.array(), from, from + size);
                        });
        assertEquals(START + expectedBytes, prologue.endOfPrologue(START, START + 64));
    }

    @Test
    void aFunctionWithoutFrameHasNoPrologue() {
        check(0, 0x4408, 0x4770); // add r0, r1; bx lr
    }

    @Test
    void pushAndSubAndFramePointerAreThePrologue() {
        // push {r7, lr}; sub sp, #16; add r7, sp, #0; str r0, [r7, #4]; movs r3, #0
        check(8, 0xB580, 0xB084, 0xAF00, 0x6078, 0x2300);
    }

    @Test
    void wideFormsAreUnderstood() {
        // stmdb sp!, {r4-r8, lr}; sub.w sp, sp, #1024; vpush {d8}; movs r0, #0
        check(12, 0xE92D, 0x41F0, 0xF5AD, 0x6D80, 0xED2D, 0x8B02, 0x2000);
    }

    @Test
    void modifiedConstantsAreExpandedAsTheManualSays() {
        assertEquals(0xAB, ThumbConstant.expand(0, 0x00AB));
        assertEquals(0x00AB00AB, ThumbConstant.expand(0, 0x10AB));
        assertEquals(0xAB00AB00, ThumbConstant.expand(0, 0x20AB));
        assertEquals(0xABABABAB, ThumbConstant.expand(0, 0x30AB));
        assertEquals(1024, ThumbConstant.expand(1, 0x6080));
    }
}
