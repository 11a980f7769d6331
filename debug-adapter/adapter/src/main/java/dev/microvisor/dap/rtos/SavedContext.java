package dev.microvisor.dap.rtos;

import dev.microvisor.symbols.elf.SymbolTable;
import dev.microvisor.symbols.target.Bits;
import dev.microvisor.symbols.target.FrameContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The registers of a task that does not run, from its stack. The kernel's ports for Cortex-M save
 * R4 to R11, most of them an EXC_RETURN value before or after those, S16 to S31 when the task uses
 * them, and below lies what the processor saved (Armv8-M manual, "Exception entry, register
 * stacking"). Where EXC_RETURN lies tells which port it is; a layout that does not lead to code of
 * the program is not believed.
 */
final class SavedContext implements FrameContext {
    /** Words that ports save in front of EXC_RETURN: secure context, stack limit, CONTROL. */
    private static final int MOST_WORDS_BEFORE = 3;

    private static final int SAVED_CORE = 8;
    private static final int BASIC_WORDS = 8;
    private static final int EXTENDED_WORDS = 26;
    private static final int WORD = 4;

    /** EXC_RETURN bits: return to thread mode, on the process stack; basic frame. */
    private static final int THREAD_ON_PROCESS_STACK = 1 << 3 | 1 << 2;

    private static final int BASIC_FRAME = 1 << 4;

    /** XPSR bits: Thumb state; four more bytes on the stack to align it. */
    private static final int THUMB = 1 << 24;

    private static final int ALIGNED = 1 << 9;

    private final FrameContext machine;
    private final Map<Integer, Long> places = new HashMap<>();
    private long stackPointer;
    private long statusAt;

    private SavedContext(FrameContext machine) {
        this.machine = machine;
    }

    /**
     * Reads what a task saved.
     *
     * @param top what its control block has for the top of its stack
     */
    static Optional<SavedContext> read(FrameContext machine, SymbolTable symbols, long top) {
        for (int before = 0; before <= MOST_WORDS_BEFORE; before++) {
            long at = top + (long) WORD * before;
            Optional<SavedContext> found =
                    isExceptionReturn(word(machine, at))
                            ? layout(machine, symbols, at + WORD, word(machine, at), at + WORD)
                            : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        long after = top + (long) WORD * SAVED_CORE;
        OptionalLong last = word(machine, after);
        if (isExceptionReturn(last)) {
            Optional<SavedContext> found = layout(machine, symbols, after + WORD, last, top);
            if (found.isPresent()) {
                return found;
            }
        }
        // A port for cores without a floating-point unit saves no EXC_RETURN.
        return frame(machine, symbols, after, true, top);
    }

    /**
     * @param rest what follows EXC_RETURN: the core registers, unless they came before it
     * @param core where R4 to R11 are
     */
    private static Optional<SavedContext> layout(
            FrameContext machine,
            SymbolTable symbols,
            long rest,
            OptionalLong exceptionReturn,
            long core) {
        boolean basic = (exceptionReturn.getAsLong() & BASIC_FRAME) != 0;
        long at = rest == core ? core + (long) WORD * SAVED_CORE : rest;
        Optional<SavedContext> found =
                frame(machine, symbols, basic ? at : at + 16L * WORD, basic, core);
        if (!basic) {
            found.ifPresent(context -> context.put(FIRST_SINGLE + 16, 16, at));
        }
        return found;
    }

    /** With the processor's frame at an address; empty when that cannot be one. */
    private static Optional<SavedContext> frame(
            FrameContext machine, SymbolTable symbols, long frame, boolean basic, long core) {
        OptionalLong pc = word(machine, frame + 6L * WORD);
        OptionalLong status = word(machine, frame + 7L * WORD);
        if (pc.isEmpty()
                || status.isEmpty()
                || (status.getAsLong() & THUMB) == 0
                || symbols.functionAt(pc.getAsLong() & ~1L).isEmpty()) {
            return Optional.empty();
        }
        SavedContext context = new SavedContext(machine);
        context.put(4, SAVED_CORE, core);
        context.put(0, 4, frame);
        context.put(12, 1, frame + 4L * WORD);
        context.put(LR, 1, frame + 5L * WORD);
        context.put(PC, 1, frame + 6L * WORD);
        if (!basic) {
            context.put(FIRST_SINGLE, 16, frame + (long) BASIC_WORDS * WORD);
        }
        context.statusAt = frame + 7L * WORD;
        context.stackPointer =
                frame
                        + (long) WORD * (basic ? BASIC_WORDS : EXTENDED_WORDS)
                        + ((status.getAsLong() & ALIGNED) != 0 ? WORD : 0);
        return Optional.of(context);
    }

    private static boolean isExceptionReturn(OptionalLong word) {
        return word.isPresent()
                && (word.getAsLong() & 0xFFFF_FF00L) == 0xFFFF_FF00L
                && (word.getAsLong() & THREAD_ON_PROCESS_STACK) == THREAD_ON_PROCESS_STACK;
    }

    private void put(int first, int count, long address) {
        for (int i = 0; i < count; i++) {
            places.put(first + i, address + (long) WORD * i);
        }
    }

    private static OptionalLong word(FrameContext memory, long address) {
        return Bits.read(memory, address, WORD);
    }

    private OptionalInt saved(long address) {
        OptionalLong value = word(machine, address);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    @Override
    public OptionalInt register(int number) {
        if (number == SP) {
            return OptionalInt.of((int) stackPointer);
        }
        Long place = places.get(number);
        if (place == null) {
            return OptionalInt.empty();
        }
        OptionalInt value = saved(place);
        return number == PC && value.isPresent() ? OptionalInt.of(value.getAsInt() & ~1) : value;
    }

    @Override
    public OptionalInt named(String name) {
        return switch (name) {
            case "xpsr" -> saved(statusAt);
            case "psp" -> OptionalInt.of((int) stackPointer);
            case "msp" -> machine.named("msp");
            default -> OptionalInt.empty();
        };
    }

    @Override
    public byte[] read(long address, int sizeBytes) {
        return machine.read(address, sizeBytes);
    }

    /** None of the machine's registers is this task's. */
    @Override
    public boolean isRestored(int number) {
        return true;
    }

    @Override
    public OptionalLong savedAt(int number) {
        Long place = places.get(number);
        return place == null ? OptionalLong.empty() : OptionalLong.of(place);
    }
}
