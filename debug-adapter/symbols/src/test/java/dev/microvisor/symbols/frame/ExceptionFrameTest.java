package dev.microvisor.symbols.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.microvisor.symbols.target.FrameContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ExceptionFrameTest {
    private static final int MAIN_STACK = 0x2000_0100;
    private static final int PROCESS_STACK = 0x2000_0400;
    private static final int FPCCR = 0xE000_EF34;

    /** A handler with one exception frame on each stack; word n of a frame has the value n. */
    private static final class Handler implements FrameContext {
        private final ByteBuffer ram = ByteBuffer.allocate(0x800).order(ByteOrder.LITTLE_ENDIAN);
        private int lazyAt;

        Handler frameAt(int address, int status) {
            for (int i = 0; i < 26; i++) {
                ram.putInt(address - 0x2000_0000 + 4 * i, i);
            }
            ram.putInt(address - 0x2000_0000 + 24, 0x0800_1234);
            ram.putInt(address - 0x2000_0000 + 28, status);
            return this;
        }

        @Override
        public OptionalInt register(int number) {
            return OptionalInt.of(number == SP ? MAIN_STACK : 0x1000 + number);
        }

        @Override
        public OptionalInt named(String name) {
            return name.equals("psp") ? OptionalInt.of(PROCESS_STACK) : OptionalInt.empty();
        }

        @Override
        public byte[] read(long address, int sizeBytes) {
            if ((int) address == FPCCR || (int) address == FPCCR + 4) {
                int value = (int) address == FPCCR ? (lazyAt != 0 ? 1 : 0) : lazyAt;
                return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
            }
            int offset = (int) address - 0x2000_0000;
            return offset < 0 || offset >= ram.capacity()
                    ? new byte[0]
                    : Arrays.copyOfRange(ram.array(), offset, offset + sizeBytes);
        }
    }

    private static FrameContext interrupted(Handler handler, long exceptionReturn) {
        return ExceptionFrame.interrupted(handler, exceptionReturn).orElseThrow();
    }

    @Test
    void aBasicFrameOnTheMainStackIsEightWords() {
        Handler handler = new Handler().frameAt(MAIN_STACK, 0x0100_0000);
        FrameContext outer = interrupted(handler, 0xFFFF_FFB8L);
        assertEquals(0, outer.register(0).getAsInt());
        assertEquals(4, outer.register(12).getAsInt());
        assertEquals(5, outer.register(FrameContext.LR).getAsInt());
        assertEquals(0x0800_1234, outer.register(FrameContext.PC).getAsInt());
        assertEquals(MAIN_STACK + 32, outer.register(FrameContext.SP).getAsInt());
        assertEquals(0x0100_0000, outer.named("xpsr").getAsInt());
        assertEquals(0x1004, outer.register(4).getAsInt(), "R4 is the handler's");
    }

    @Test
    void bitTwoOfExceptionReturnMeansTheProcessStack() {
        Handler handler = new Handler().frameAt(PROCESS_STACK, 0x0100_0000);
        FrameContext outer = interrupted(handler, 0xFFFF_FFBCL);
        assertEquals(0x0800_1234, outer.register(FrameContext.PC).getAsInt());
        assertEquals(PROCESS_STACK + 32, outer.register(FrameContext.SP).getAsInt());
        assertEquals(PROCESS_STACK + 32, outer.named("psp").getAsInt());
    }

    @Test
    void anAlignedFrameHasFourMoreBytes() {
        Handler handler = new Handler().frameAt(MAIN_STACK, 0x0100_0200);
        FrameContext outer = interrupted(handler, 0xFFFF_FFB8L);
        assertEquals(MAIN_STACK + 36, outer.register(FrameContext.SP).getAsInt());
    }

    @Test
    void anExtendedFrameHoldsTheFloatingPointRegisters() {
        Handler handler = new Handler().frameAt(PROCESS_STACK, 0x0100_0000);
        FrameContext outer = interrupted(handler, 0xFFFF_FFACL);
        assertEquals(PROCESS_STACK + 0x68, outer.register(FrameContext.SP).getAsInt());
        assertEquals(8, outer.register(FrameContext.FIRST_SINGLE).getAsInt());
        assertEquals(23, outer.register(FrameContext.FIRST_SINGLE + 15).getAsInt());
    }

    @Test
    void aReservedFrameLeavesFloatingPointRegistersWhereTheyAre() {
        Handler handler = new Handler().frameAt(PROCESS_STACK, 0x0100_0000);
        handler.lazyAt = PROCESS_STACK + 32;
        FrameContext outer = interrupted(handler, 0xFFFF_FFACL);
        assertEquals(PROCESS_STACK + 0x68, outer.register(FrameContext.SP).getAsInt());
        assertEquals(0x1040, outer.register(FrameContext.FIRST_SINGLE).getAsInt());
    }

    @Test
    void savedRegistersCanBeChangedWhereTheyAreSaved() {
        Handler handler = new Handler().frameAt(MAIN_STACK, 0x0100_0000);
        FrameContext outer = interrupted(handler, 0xFFFF_FFB8L);
        assertTrue(outer.isRestored(3));
        assertEquals(MAIN_STACK + 12, outer.savedAt(3).getAsLong());
        assertFalse(outer.isRestored(4));
    }

    @Test
    void aStackThatCannotBeReadHasNoFrame() {
        FrameContext handler = new Handler();
        FrameContext broken =
                new FrameContext() {
                    @Override
                    public OptionalInt register(int number) {
                        return handler.register(number);
                    }

                    @Override
                    public OptionalInt named(String name) {
                        return OptionalInt.empty();
                    }

                    @Override
                    public byte[] read(long address, int sizeBytes) {
                        return new byte[0];
                    }
                };
        assertTrue(ExceptionFrame.interrupted(broken, 0xFFFF_FFB8L).isEmpty());
        assertTrue(ExceptionFrame.interrupted(broken, 0xFFFF_FFBCL).isEmpty());
    }

    @Test
    void endOfStackIsNoExceptionReturn() {
        assertFalse(ExceptionFrame.isExceptionReturn(0xFFFF_FFFFL));
        assertTrue(ExceptionFrame.isExceptionReturn(0xFFFF_FFBCL));
        assertFalse(ExceptionFrame.isExceptionReturn(0x0800_0001L));
        assertTrue(ExceptionFrame.isFunctionReturn(0xFEFF_FFFFL));
    }
}
