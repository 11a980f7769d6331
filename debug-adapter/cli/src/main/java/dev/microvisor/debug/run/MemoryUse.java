package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.rtos.FreeRtos;
import dev.microvisor.dap.rtos.Task;
import dev.microvisor.dap.view.MachineContext;
import dev.microvisor.symbols.elf.Symbol;
import dev.microvisor.symbols.expression.ExpressionException;
import dev.microvisor.symbols.location.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * How much of its stacks and heaps firmware has used so far. Stacks are measured as an RTOS does
 * it: RAM is zero when the application starts and FreeRTOS fills the stacks of tasks, so the first
 * word that is not as it was is where a stack has been. A word that was pushed as zero at the very
 * end is not seen.
 */
public record MemoryUse(List<Stack> stacks, List<Heap> heaps) {
    private static final List<String> END_OF_STACK = List.of("_estack", "__StackTop", "__stack");
    private static final List<String> STACK_SIZE = List.of("_Min_Stack_Size", "_min_stack_size");
    private static final List<String> END_OF_DATA = List.of("_end", "end", "__end__", "_ebss");

    /** Where the break is kept by ST's, newlib's and other implementations of sbrk. */
    private static final List<String> BREAK =
            List.of("__sbrk_heap_end", "heap_end.0", "heap_end", "heap_end.1", "__heap_end");

    private static final List<String> SBRK = List.of("_sbrk", "_sbrk_r", "sbrk");
    private static final List<String> CONTROL_BLOCKS = List.of("TCB_t", "tskTCB");
    private static final int TASK_FILL = 0xA5A5_A5A5;

    /** Code of an sbrk that is looked at. */
    private static final int MAX_SBRK_BYTES = 1024;

    private static final long RAM = 0x2000_0000;

    private static final int MAX_STACK_BYTES = 1 << 20;

    public MemoryUse {
        stacks = List.copyOf(stacks);
        heaps = List.copyOf(heaps);
    }

    /**
     * A stack.
     *
     * @param name {@code main}, or the task's
     * @param usedBytes at its deepest; absent when the end of the stack is not known
     * @param sizeBytes what it may take; absent when nothing says so
     * @param untouchedBytes that it has never reached; absent when its size is not known
     */
    public record Stack(
            String name,
            OptionalLong usedBytes,
            OptionalLong sizeBytes,
            OptionalLong untouchedBytes) {
        String text() {
            StringBuilder text = new StringBuilder("stack " + name + ":");
            usedBytes.ifPresent(used -> text.append(' ').append(bytes(used)).append(" used"));
            sizeBytes.ifPresent(size -> text.append(" of ").append(bytes(size)));
            untouchedBytes.ifPresent(
                    free ->
                            text.append(usedBytes.isPresent() ? ", " : " ")
                                    .append(bytes(free))
                                    .append(" never touched"));
            return text.toString();
        }
    }

    /**
     * A heap.
     *
     * @param usedBytes now
     * @param peakBytes at most
     * @param sizeBytes absent when nothing says so
     */
    public record Heap(String name, long usedBytes, long peakBytes, OptionalLong sizeBytes) {
        String text() {
            return "heap "
                    + name
                    + ": "
                    + bytes(usedBytes)
                    + " used, "
                    + bytes(peakBytes)
                    + " at most"
                    + (sizeBytes.isPresent() ? " of " + bytes(sizeBytes.getAsLong()) : "");
        }
    }

    private static String bytes(long count) {
        return String.format("%,d B", count);
    }

    /** What a stopped machine shows. */
    public static MemoryUse of(Target target) {
        Reader reader = new Reader(target);
        List<Stack> stacks = new ArrayList<>();
        reader.mainStack().ifPresent(stacks::add);
        stacks.addAll(reader.taskStacks());
        List<Heap> heaps = new ArrayList<>();
        reader.brokenHeap().ifPresent(heaps::add);
        reader.rtosHeap().ifPresent(heaps::add);
        return new MemoryUse(stacks, heaps);
    }

    /** A line for each stack and heap. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        stacks.forEach(stack -> lines.add(stack.text()));
        heaps.forEach(heap -> lines.add(heap.text()));
        return lines;
    }

    /** Looks symbols and memory up. */
    private static final class Reader {
        private final Target target;

        Reader(Target target) {
            this.target = target;
        }

        private Optional<Symbol> first(List<String> names) {
            return names.stream()
                    .flatMap(name -> target.program().symbols().named(name).stream())
                    .findFirst();
        }

        private OptionalLong word(long address) {
            byte[] bytes = target.machine().peek((int) address, Integer.BYTES);
            if (bytes.length < Integer.BYTES) {
                return OptionalLong.empty();
            }
            long value = 0;
            for (int i = Integer.BYTES - 1; i >= 0; i--) {
                value = value << 8 | (bytes[i] & 0xFF);
            }
            return OptionalLong.of(value);
        }

        private OptionalLong variable(String name) {
            return target.program()
                    .symbols()
                    .named(name)
                    .map(symbol -> word(symbol.address()))
                    .orElse(OptionalLong.empty());
        }

        /** First address from the bottom up whose word is not a filler; the top when all are. */
        private long touched(long bottom, long top, int filler) {
            int size = (int) Math.min(MAX_STACK_BYTES, top - bottom);
            byte[] bytes = target.machine().peek((int) (top - size), size);
            for (int i = 0; i + Integer.BYTES <= bytes.length; i += Integer.BYTES) {
                int word = 0;
                for (int b = Integer.BYTES - 1; b >= 0; b--) {
                    word = word << 8 | (bytes[i + b] & 0xFF);
                }
                if (word != filler) {
                    return top - size + i;
                }
            }
            return top;
        }

        Optional<Stack> mainStack() {
            Optional<Symbol> end = first(END_OF_STACK);
            Optional<Symbol> data = first(END_OF_DATA);
            if (end.isEmpty() || data.isEmpty()) {
                return Optional.empty();
            }
            long top = end.get().value();
            OptionalLong size =
                    first(STACK_SIZE)
                            .map(s -> OptionalLong.of(s.value()))
                            .orElse(OptionalLong.empty());
            OptionalLong heapEnd = heapBreak();
            long bottom = Math.max(data.get().value(), heapEnd.orElse(0)) + 3 & ~3;
            if (heapEnd.isEmpty() && size.isPresent() && first(SBRK).isPresent()) {
                // A heap of unknown size lies below: only what is the stack's alone is looked at.
                bottom = Math.max(bottom, top - size.getAsLong());
            }
            if (bottom >= top) {
                return Optional.empty();
            }
            long used = top - touched(bottom, top, 0);
            return Optional.of(
                    new Stack(
                            "main",
                            OptionalLong.of(used),
                            size,
                            size.isPresent()
                                    ? OptionalLong.of(Math.max(0, size.getAsLong() - used))
                                    : size));
        }

        List<Stack> taskStacks() {
            MachineContext context = new MachineContext(target.machine());
            List<Stack> stacks = new ArrayList<>();
            for (Task task :
                    FreeRtos.in(target.program(), context).map(FreeRtos::tasks).orElse(List.of())) {
                OptionalLong bottom = member(context, task, "pxStack");
                OptionalLong end = member(context, task, "pxEndOfStack");
                if (bottom.isPresent()) {
                    stacks.add(taskStack(task, bottom.getAsLong(), end));
                }
            }
            return stacks;
        }

        private Stack taskStack(Task task, long bottom, OptionalLong end) {
            // Without its end known, the stack reaches at least to where the task's registers are.
            long top = end.orElse(Math.max(bottom, Integer.toUnsignedLong(task.savedAt())));
            long filled = touched(bottom, top, TASK_FILL);
            // Kernels that check nothing fill nothing; the heap was zero before.
            long low = filled == bottom ? touched(bottom, top, 0) : filled;
            OptionalLong size = end.isPresent() ? OptionalLong.of(end.getAsLong() - bottom) : end;
            return new Stack(
                    task.name(),
                    end.isPresent() ? OptionalLong.of(end.getAsLong() - low) : end,
                    size,
                    OptionalLong.of(low - bottom));
        }

        private OptionalLong member(MachineContext context, Task task, String name) {
            for (String type : CONTROL_BLOCKS) {
                try {
                    String path = String.format("((%s *)0x%08x)->%s", type, task.control(), name);
                    return OptionalLong.of(target.program().evaluate(path, context).asLong());
                } catch (ExpressionException | UnavailableException e) {
                    continue; // Another version of the kernel calls it otherwise.
                }
            }
            return OptionalLong.empty();
        }

        private OptionalLong heapBreak() {
            Optional<Symbol> known = first(BREAK);
            return known.isPresent() ? word(known.get().address()) : breakOfSbrk();
        }

        /**
         * Firmware's own sbrk keeps the break in a variable of any name: the word that its code
         * refers to and that points between data and stack.
         */
        private OptionalLong breakOfSbrk() {
            Optional<Symbol> sbrk = first(SBRK);
            Optional<Symbol> start = first(END_OF_DATA);
            Optional<Symbol> end = first(END_OF_STACK);
            if (sbrk.isEmpty() || start.isEmpty() || end.isEmpty()) {
                return OptionalLong.empty();
            }
            long from = sbrk.get().address() + 3 & ~3;
            long to = from + Math.min(MAX_SBRK_BYTES, sbrk.get().sizeBytes());
            return LongStream.iterate(from, at -> at < to, at -> at + Integer.BYTES)
                    .flatMap(literal -> word(literal).stream())
                    .filter(variable -> variable >= RAM && variable < start.get().value())
                    .flatMap(variable -> word(variable).stream())
                    .filter(at -> at >= start.get().value() && at <= end.get().value())
                    .findFirst();
        }

        Optional<Heap> brokenHeap() {
            Optional<Symbol> start = first(END_OF_DATA);
            OptionalLong end = heapBreak();
            if (start.isEmpty() || end.isEmpty() || end.getAsLong() < start.get().value()) {
                return Optional.empty();
            }
            // The break only grows: memory that is freed stays with the allocator.
            long used = end.getAsLong() - start.get().value();
            return Optional.of(new Heap("sbrk", used, used, OptionalLong.empty()));
        }

        Optional<Heap> rtosHeap() {
            Optional<Symbol> area = target.program().symbols().named("ucHeap");
            OptionalLong free = variable("xFreeBytesRemaining");
            OptionalLong least = variable("xMinimumEverFreeBytesRemaining");
            if (area.isEmpty() || free.isEmpty()) {
                return Optional.empty();
            }
            long size = area.get().sizeBytes();
            boolean begun = least.isEmpty() || least.getAsLong() != 0 || free.getAsLong() != 0;
            long used = begun ? size - free.getAsLong() : 0;
            long peak = begun && least.isPresent() ? size - least.getAsLong() : used;
            return Optional.of(new Heap("FreeRTOS", used, peak, OptionalLong.of(size)));
        }
    }
}
