package dev.microvisor.dap.rtos;

import dev.microvisor.dap.rtos.TaskList.Members;
import dev.microvisor.symbols.Program;
import dev.microvisor.symbols.elf.Symbol;
import dev.microvisor.symbols.expression.ExpressionException;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.target.Bits;
import dev.microvisor.symbols.target.FrameContext;
import dev.microvisor.symbols.type.ArrayType;
import dev.microvisor.symbols.type.PointerType;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * FreeRTOS in the stopped firmware: its tasks, by the names and types that every version of the
 * kernel has. Belongs to the thread that owns the machine.
 */
public final class FreeRtos {
    private static final String CURRENT = "pxCurrentTCB";
    private static final int MAX_PRIORITIES = 256;
    private static final int MAX_NAMED_QUEUES = 64;
    private static final int MAX_NAME_BYTES = 64;

    /** {@code eWaitingNotification} in a control block. */
    private static final long WAITS_FOR_NOTIFICATION = 1;

    /** The wake tick of a task that waits without end. */
    private static final long FOR_EVER = 0xFFFF_FFFFL;

    private final Program program;
    private final FrameContext machine;
    private final Value current;
    private final Type controlBlock;

    private FreeRtos(Program program, FrameContext machine, Value current, Type controlBlock) {
        this.program = program;
        this.machine = machine;
        this.current = current;
        this.controlBlock = controlBlock;
    }

    /** Whether a first task has been made; needs no debug information. */
    public static boolean hasTasks(Program program, FrameContext machine) {
        return program.symbols()
                .named(CURRENT)
                .filter(symbol -> Bits.read(machine, symbol.address(), 4).orElse(0) != 0)
                .isPresent();
    }

    /** The kernel in a program; empty when it has none, or none with debug information. */
    public static Optional<FreeRtos> in(Program program, FrameContext machine) {
        if (program.symbols().named(CURRENT).isEmpty()) {
            return Optional.empty();
        }
        return variable(program, machine, CURRENT)
                .filter(value -> value.type().resolved() instanceof PointerType)
                .map(
                        value ->
                                new FreeRtos(
                                        program,
                                        machine,
                                        value,
                                        ((PointerType) value.type().resolved()).target()));
    }

    private static Optional<Value> variable(Program program, FrameContext machine, String name) {
        try {
            Value value = program.evaluate(name, machine);
            return value.address().isPresent() ? Optional.of(value) : Optional.empty();
        } catch (ExpressionException | UnavailableException e) {
            return Optional.empty();
        }
    }

    private Optional<Value> variable(String name) {
        return variable(program, machine, name);
    }

    /** Whether the scheduler has been started: until then the code on the core is no task. */
    public boolean started() {
        try {
            return current.asLong() != 0
                    && variable("xSchedulerRunning").map(v -> v.asLong() != 0).orElse(true);
        } catch (UnavailableException e) {
            return false;
        }
    }

    /**
     * All tasks that the kernel knows of, the running one first. Before the scheduler starts, none
     * runs. What a damaged list hides is left out.
     */
    public List<Task> tasks() {
        Map<Long, Task> found = new LinkedHashMap<>();
        try {
            long running = current.asLong();
            if (running == 0) {
                return List.of();
            }
            if (started()) {
                add(running, Task.State.RUNNING, found);
            }
            variable("pxReadyTasksLists").ifPresent(lists -> ready(lists, found));
            variable("xPendingReadyList").ifPresent(l -> add(l, Task.State.READY, found));
            for (String name : List.of("pxDelayedTaskList", "pxOverflowDelayedTaskList")) {
                variable(name)
                        .filter(pointer -> pointer.asLong() != 0)
                        .ifPresent(p -> add(p.dereference(), Task.State.BLOCKED, found));
            }
            variable("xSuspendedTaskList").ifPresent(l -> add(l, Task.State.SUSPENDED, found));
            variable("xTasksWaitingTermination").ifPresent(l -> add(l, Task.State.DELETED, found));
        } catch (UnavailableException e) {
            // The kernel's data is not what its types say: what was found so far is all there is.
            return List.copyOf(found.values());
        }
        return List.copyOf(found.values());
    }

    private void ready(Value lists, Map<Long, Task> found) {
        long count =
                lists.type().resolved() instanceof ArrayType array ? array.count().orElse(0) : 0;
        for (long i = Math.min(count, MAX_PRIORITIES) - 1; i >= 0; i--) {
            add(lists.element(i), Task.State.READY, found);
        }
    }

    private void add(Value list, Task.State state, Map<Long, Task> found) {
        try {
            for (long owner : new TaskList(list).owners()) {
                if (!found.containsKey(owner)) {
                    add(owner, state, found);
                }
            }
        } catch (UnavailableException e) {
            return; // Before the kernel has set its lists up they lead nowhere.
        }
    }

    private void add(long address, Task.State listed, Map<Long, Task> found) {
        Value block = Members.at(controlBlock, address, current);
        Task.State state = listed;
        String waits = "";
        if (state == Task.State.BLOCKED || state == Task.State.SUSPENDED) {
            waits = waitsFor(block);
            // The kernel keeps who waits without end in the list of the suspended.
            if (state == Task.State.SUSPENDED && !waits.isEmpty()) {
                state = Task.State.BLOCKED;
            } else if (state == Task.State.BLOCKED) {
                waits = (waits + until(block)).strip();
            }
        }
        long priority = Members.number(block, "uxPriority", 0);
        found.put(
                address,
                new Task(
                        (int) address,
                        name(block, address),
                        state,
                        waits,
                        priority,
                        Members.number(block, "uxBasePriority", priority),
                        (int) Members.of(block, "pxTopOfStack").asLong()));
    }

    private static String until(Value block) {
        long tick = Members.number(Members.of(block, "xStateListItem"), "xItemValue", FOR_EVER);
        return tick == FOR_EVER ? "" : " until tick " + tick;
    }

    private String waitsFor(Value block) {
        Optional<Value> event = Members.find(block, "xEventListItem");
        long list = event.map(item -> Members.number(item, "pvContainer", 0)).orElse(0L);
        if (list != 0) {
            return "on " + objectWith(list);
        }
        Optional<Value> notified = Members.find(block, "ucNotifyState");
        if (notified.isPresent()) {
            Value state = notified.get();
            long count =
                    state.type().resolved() instanceof ArrayType array
                            ? array.count().orElse(0)
                            : 0;
            for (long i = 0; i < count; i++) {
                if (state.element(i).asLong() == WAITS_FOR_NOTIFICATION) {
                    return "on a notification";
                }
            }
        }
        return "";
    }

    /** The queue, semaphore or list that tasks wait at, in as many words as are known. */
    private String objectWith(long list) {
        Optional<Value> registry = variable("xQueueRegistry");
        if (registry.isPresent() && registry.get().type().resolved() instanceof ArrayType array) {
            long count = Math.min(array.count().orElse(0), MAX_NAMED_QUEUES);
            for (long i = 0; i < count; i++) {
                Optional<String> named = named(registry.get().element(i), list);
                if (named.isPresent()) {
                    return named.get();
                }
            }
        }
        // Some compilers write no type into the symbols of static variables.
        return program.symbols().all().stream()
                .filter(symbol -> symbol.address() == list && symbol.sizeBytes() > 0)
                .map(Symbol::name)
                .findFirst()
                .orElseGet(() -> String.format("0x%08x", list));
    }

    private Optional<String> named(Value entry, long list) {
        Value handle = Members.of(entry, "xHandle");
        if (handle.asLong() == 0 || !(handle.type().resolved() instanceof PointerType)) {
            return Optional.empty();
        }
        Value queue = handle.dereference();
        for (String member : List.of("xTasksWaitingToReceive", "xTasksWaitingToSend")) {
            Optional<Value> waiting = Members.find(queue, member);
            if (waiting.isPresent() && waiting.get().address().orElse(0) == list) {
                Value name = Members.of(entry, "pcQueueName");
                boolean sends = member.endsWith("Send");
                return Optional.of("queue " + text(name.asLong()) + (sends ? " to have room" : ""));
            }
        }
        return Optional.empty();
    }

    private String name(Value block, long address) {
        String name =
                Members.find(block, "pcTaskName")
                        .flatMap(v -> v.address().stream().boxed().findFirst())
                        .map(this::text)
                        .orElse("");
        return name.isEmpty() ? String.format("task 0x%08x", address) : name;
    }

    private String text(long address) {
        byte[] bytes = machine.read(address, MAX_NAME_BYTES);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * The registers of a task that does not run; empty when what it saved cannot be understood.
     * They hold until the firmware goes on.
     */
    public Optional<FrameContext> registersOf(Task task) {
        long top = Integer.toUnsignedLong(task.savedAt());
        return SavedContext.read(machine, program.symbols(), top).map(found -> found);
    }
}
