package dev.microvisor.debug.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.rtos.FreeRtos;
import dev.microvisor.dap.rtos.Task;
import dev.microvisor.dap.view.MachineContext;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.ChannelView;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.view.LogLine;
import dev.microvisor.emulator.machine.InstructionObserver;
import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.symbols.elf.Symbol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What ran when, in the trace-event format that Perfetto and chrome://tracing open: tasks,
 * interrupt handlers, system calls, and what Microvisor did. Sees every instruction, which makes a
 * run several times slower. Belongs to the thread that runs the machine.
 */
public final class TraceFile implements KernelListener, InstructionObserver {
    /** Events that are kept; a trace that is cut off says so. */
    public static final int MAX_EVENTS = 1_000_000;

    private static final int PROCESS = 1;
    private static final int TASKS = 1;
    private static final int HANDLERS = 2;
    private static final int MICROVISOR = 3;
    private static final int FIRST_IRQ = 16;
    private static final int SP = 13;

    private final Target target;
    private final Machine machine;
    private final Optional<Symbol> currentTask;
    private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
    private final List<JsonObject> events = new ArrayList<>();
    private final Deque<Handler> handlers = new ArrayDeque<>();
    private final Map<Long, String> taskNames = new HashMap<>();
    private String running = "";
    private int exception;
    private boolean cut;

    public TraceFile(Target target, Machine machine) {
        this.target = target;
        this.machine = machine;
        currentTask = target.program().symbols().named("pxCurrentTCB");
        describe("process_name", TASKS, target.program().name());
        describe("thread_name", TASKS, "tasks");
        describe("thread_name", HANDLERS, "interrupt handlers");
        describe("thread_name", MICROVISOR, "Microvisor");
    }

    /** A handler that has begun, and the stack pointer at its first instruction. */
    private record Handler(int exception, int sp) {}

    private void describe(String what, int track, String name) {
        JsonObject event = new JsonObject();
        event.addProperty("name", what);
        event.addProperty("ph", "M");
        event.addProperty("pid", PROCESS);
        event.addProperty("tid", track);
        JsonObject arguments = new JsonObject();
        arguments.addProperty("name", name);
        event.add("args", arguments);
        events.add(event);
    }

    private static JsonObject event(String phase, int track, String name, double atMicroseconds) {
        JsonObject event = new JsonObject();
        event.addProperty("name", name);
        event.addProperty("ph", phase);
        event.addProperty("ts", atMicroseconds);
        event.addProperty("pid", PROCESS);
        event.addProperty("tid", track);
        if (phase.equals("i")) {
            event.addProperty("s", "t");
        }
        return event;
    }

    private JsonObject event(String phase, int track, String name) {
        JsonObject event = event(phase, track, name, machine.now() * 1e6 / machine.clockHz());
        if (events.size() < MAX_EVENTS) {
            events.add(event);
        } else {
            cut = true;
        }
        return event;
    }

    // ---------------------------------------------------------------- what runs

    @Override
    public void executing(int pc, int sp, int nowHandling) {
        if (nowHandling != exception) {
            change(sp, nowHandling);
        } else if (running.isEmpty() && nowHandling == 0) {
            runs(taskName());
        }
    }

    private void change(int sp, int next) {
        boolean returns =
                next == 0 || handlers.stream().anyMatch(handler -> handler.exception() == next);
        if (returns) {
            while (!handlers.isEmpty() && handlers.peek().exception() != next) {
                leave();
            }
        } else {
            // A handler that follows another one directly finds the stack as that one found it.
            if (!handlers.isEmpty() && handlers.peek().sp() == sp) {
                leave();
            }
            handlers.push(new Handler(next, sp));
            event("B", HANDLERS, handlerName(next));
        }
        exception = next;
        if (next == 0) {
            runs(taskName());
        }
    }

    private void leave() {
        event("E", HANDLERS, handlerName(handlers.pop().exception()));
    }

    private void runs(String task) {
        if (!task.equals(running)) {
            stops();
            event("B", TASKS, task);
            running = task;
        }
    }

    private void stops() {
        if (!running.isEmpty()) {
            event("E", TASKS, running);
            running = "";
        }
    }

    private long word(long address) {
        byte[] bytes = machine.peek((int) address, Integer.BYTES);
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }

    private String taskName() {
        long block = currentTask.map(symbol -> word(symbol.address())).orElse(0L);
        boolean onTaskStack = machine.registers().get(SP) == machine.registers().psp();
        return block == 0 || !onTaskStack
                ? "main"
                : taskNames.computeIfAbsent(block, this::lookUpTask);
    }

    private String lookUpTask(long block) {
        return FreeRtos.in(target.program(), new MachineContext(target.machine())).stream()
                .flatMap(kernel -> kernel.tasks().stream())
                .filter(task -> Integer.toUnsignedLong(task.control()) == block)
                .map(Task::name)
                .findFirst()
                .orElseGet(() -> String.format("task 0x%08x", block));
    }

    private String handlerName(int number) {
        int handler = (int) word(Integer.toUnsignedLong(machine.vectorTable()) + 4L * number);
        String function = target.functionName(handler & ~1);
        String what = number >= FIRST_IRQ ? "IRQ " + (number - FIRST_IRQ) : "exception " + number;
        return function.isEmpty() ? what : function + " (" + what + ")";
    }

    // ---------------------------------------------------------------- what Microvisor does

    @Override
    public boolean wantsCalls() {
        return true;
    }

    @Override
    public void called(CallView call) {
        JsonObject arguments = new JsonObject();
        arguments.addProperty("status", call.statusName());
        arguments.addProperty("call", call.text());
        event("i", call.inInterrupt() ? HANDLERS : TASKS, call.name()).add("args", arguments);
    }

    @Override
    public void logged(LogLine line) {
        event("i", MICROVISOR, "log: " + line.text().stripTrailing());
    }

    @Override
    public void notificationPosted(NotificationPosted posted) {
        event("i", MICROVISOR, posted.eventName());
    }

    @Override
    public void networkChanged(String status, long instruction) {
        event("i", MICROVISOR, status);
    }

    @Override
    public void channelChanged(ChannelView channel, String what) {
        event("i", MICROVISOR, channel.type() + ": " + what);
    }

    @Override
    public void faultInjected(String description, long instruction) {
        event("i", MICROVISOR, "fault: " + description);
    }

    @Override
    public void applicationRestarted(String wakeReason, long instruction) {
        while (!handlers.isEmpty()) {
            leave();
        }
        stops();
        exception = 0;
        event("i", MICROVISOR, "restart: " + wakeReason);
    }

    // ---------------------------------------------------------------- the file

    /** Whether events were left out because there were too many. */
    public boolean isCut() {
        return cut;
    }

    /** What has begun and not ended: it ends with the last event, or now if all were kept. */
    private List<JsonObject> missingEnds() {
        Map<Integer, Deque<String>> open = new HashMap<>();
        double last = machine.now() * 1e6 / machine.clockHz();
        for (JsonObject event : events) {
            Deque<String> names =
                    open.computeIfAbsent(event.get("tid").getAsInt(), t -> new ArrayDeque<>());
            String phase = event.get("ph").getAsString();
            if (phase.equals("B")) {
                names.push(event.get("name").getAsString());
            } else if (phase.equals("E")) {
                names.pop();
            }
            last = cut && event.has("ts") ? event.get("ts").getAsDouble() : last;
        }
        List<JsonObject> ends = new ArrayList<>();
        for (Map.Entry<Integer, Deque<String>> track : open.entrySet()) {
            for (String name : track.getValue()) {
                ends.add(event("E", track.getKey(), name, last));
            }
        }
        return ends;
    }

    /** Writes what was seen; what still ran ends here. */
    public void write(ReportFile file) throws CannotRun {
        events.addAll(missingEnds());
        StringBuilder text = new StringBuilder("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n");
        for (int i = 0; i < events.size(); i++) {
            text.append(i == 0 ? "" : ",\n").append(gson.toJson(events.get(i)));
        }
        text.append("\n]}\n");
        file.write(text);
    }
}
