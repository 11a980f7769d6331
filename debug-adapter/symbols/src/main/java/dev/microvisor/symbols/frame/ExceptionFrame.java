package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.target.Bits;
import dev.microvisor.symbols.target.FrameContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the processor pushed when it took an exception (Armv8-M manual, "Exception entry, register
 * stacking"). LR holds EXC_RETURN, whose bits say where and how much.
 */
final class ExceptionFrame {
    private static final int BASIC_BYTES = 0x20;
    private static final int EXTENDED_BYTES = 0x68;
    private static final int SECURE_FP_BYTES = 0x40;
    private static final int SECURE_STATE_BYTES = 0x28;

    /** FNC_RETURN: the return from a non-secure function to secure code. */
    private static final long FUNCTION_RETURN = 0xFEFF_FFFEL;

    /** Floating-Point Context Control and Address Registers. */
    private static final long FPCCR = 0xE000_EF34L;

    private static final long FPCAR = 0xE000_EF38L;

    private static final int STACK_POINTER_IS_PSP = 1 << 2;
    private static final int BASIC_FRAME = 1 << 4;
    private static final int CALLEE_REGISTERS_NOT_STACKED = 1 << 5;
    private static final int SECURE_STACK = 1 << 6;

    /** XPSR bit 9 of the stacked value: SP was aligned by four more bytes. */
    private static final int ALIGNED = 1 << 9;

    private ExceptionFrame() {}

    static boolean isExceptionReturn(long address) {
        return (address & 0xFF00_0000L) == 0xFF00_0000L && address != 0xFFFF_FFFFL;
    }

    static boolean isFunctionReturn(long address) {
        return (address & 0xFFFF_FFFEL) == FUNCTION_RETURN;
    }

    /**
     * The registers of the code that was interrupted.
     *
     * @param handler the registers after the handler's own frames were unwound, so that SP is where
     *     the frame lies when it lies on the main stack
     */
    static Optional<UnwoundContext> interrupted(FrameContext handler, long exceptionReturn) {
        int bits = (int) exceptionReturn;
        boolean onProcessStack = (bits & STACK_POINTER_IS_PSP) != 0;
        OptionalInt start =
                onProcessStack ? handler.named("psp") : handler.register(FrameContext.SP);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        long frame = Integer.toUnsignedLong(start.getAsInt());
        boolean secure = (bits & SECURE_STACK) != 0;
        if (secure && (bits & CALLEE_REGISTERS_NOT_STACKED) == 0) {
            frame += SECURE_STATE_BYTES;
        }
        Map<Integer, OptionalInt> registers = new HashMap<>();
        Map<Integer, Long> saved = new HashMap<>();
        int[] order = {0, 1, 2, 3, 12, FrameContext.LR, FrameContext.PC};
        for (int i = 0; i < order.length; i++) {
            registers.put(order[i], word(handler, frame + 4L * i));
            saved.put(order[i], frame + 4L * i);
        }
        OptionalInt status = word(handler, frame + 28);
        if (status.isEmpty() || registers.get(FrameContext.PC).isEmpty()) {
            return Optional.empty();
        }
        long size = BASIC_BYTES;
        if ((bits & BASIC_FRAME) == 0) {
            boolean stored = !isLazy(handler, frame + BASIC_BYTES);
            for (int i = 0; i < 16 && stored; i++) {
                registers.put(
                        FrameContext.FIRST_SINGLE + i, word(handler, frame + BASIC_BYTES + 4L * i));
            }
            size = (long) EXTENDED_BYTES + (secure && savesAll(handler) ? SECURE_FP_BYTES : 0);
        }
        long stack = frame + size + ((status.getAsInt() & ALIGNED) != 0 ? 4 : 0);
        registers.put(FrameContext.SP, OptionalInt.of((int) stack));
        Map<String, OptionalInt> named = new HashMap<>();
        named.put("xpsr", status);
        named.put(onProcessStack ? "psp" : "msp", OptionalInt.of((int) stack));
        return Optional.of(new UnwoundContext(handler, registers, named, saved));
    }

    /**
     * Whether the place for floating-point registers is reserved but not filled, because the
     * handler has not used any (FPCCR.LSPACT): then they are still in the registers.
     */
    private static boolean isLazy(FrameContext memory, long address) {
        OptionalLong control = Bits.read(memory, FPCCR, 4);
        OptionalLong reserved = Bits.read(memory, FPCAR, 4);
        return control.isPresent()
                && reserved.isPresent()
                && (control.getAsLong() & 1) != 0
                && reserved.getAsLong() == address;
    }

    /** Whether secure code has its upper floating-point registers saved, too (FPCCR.TS). */
    private static boolean savesAll(FrameContext memory) {
        return (Bits.read(memory, FPCCR, 4).orElse(0) & 1 << 26) != 0;
    }

    private static OptionalInt word(FrameContext memory, long address) {
        OptionalLong value = Bits.read(memory, address, 4);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }
}
