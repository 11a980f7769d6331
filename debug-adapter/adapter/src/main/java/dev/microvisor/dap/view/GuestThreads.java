package dev.microvisor.dap.view;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.rtos.FreeRtos;
import dev.microvisor.dap.rtos.Task;
import dev.microvisor.symbols.target.FrameContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What clients see as threads: the tasks of the operating system in the firmware, or else the one
 * core. Numbers of tasks stay the same for a whole session, back in time too. Belongs to the thread
 * that owns the machine.
 */
public final class GuestThreads {
    /** The core: the only thread without an operating system, and before its scheduler starts. */
    public static final int CORE = 1;

    private static final String CORE_NAME = "Cortex-M33";

    private final Target target;
    private final StackView core;
    private final MachineContext machine;
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private Optional<FreeRtos> kernel = Optional.empty();
    private boolean looked;
    private Optional<List<GuestThread>> now = Optional.empty();

    /**
     * One of them.
     *
     * @param number how clients call it
     * @param onCore whether it is the code on the core
     */
    public record GuestThread(int number, String name, boolean onCore, Optional<StackView> stack) {}

    /**
     * @param core the stack of the code on the core
     */
    public GuestThreads(Target target, StackView core) {
        this.target = target;
        this.core = core;
        this.machine = new MachineContext(target.machine());
    }

    /** The firmware has gone on or was changed: what was read is no longer true. */
    public void forget() {
        now = Optional.empty();
    }

    public List<GuestThread> all() {
        if (now.isEmpty()) {
            now = Optional.of(read());
        }
        return now.get();
    }

    /** Its types are read once there is a task; until then every stop is as quick as without. */
    private Optional<FreeRtos> kernel() {
        if (!looked && FreeRtos.hasTasks(target.program(), machine)) {
            kernel = FreeRtos.in(target.program(), machine);
            looked = true;
        }
        return kernel;
    }

    private List<GuestThread> read() {
        List<Task> tasks = kernel().map(FreeRtos::tasks).orElse(List.of());
        boolean taskRuns = tasks.stream().anyMatch(Task::runs);
        List<GuestThread> threads = new ArrayList<>();
        if (!taskRuns) {
            String what = tasks.isEmpty() ? "" : " [no task runs yet]";
            threads.add(new GuestThread(CORE, CORE_NAME + what, true, Optional.of(core)));
        }
        for (Task task : tasks) {
            int number = numbers.computeIfAbsent(task.control(), c -> CORE + 1 + numbers.size());
            Optional<StackView> stack =
                    task.runs() ? Optional.of(core) : registersOf(task).map(this::stackOf);
            threads.add(new GuestThread(number, task.describe(), task.runs(), stack));
        }
        return List.copyOf(threads);
    }

    private Optional<FrameContext> registersOf(Task task) {
        return kernel().flatMap(k -> k.registersOf(task));
    }

    private StackView stackOf(FrameContext registers) {
        return new StackView(target, registers);
    }

    /** Number of the thread whose code is on the core. */
    public int onCore() {
        return all().stream().filter(GuestThread::onCore).findFirst().orElseThrow().number();
    }

    /** The thread of a number; that of the core is always what runs. */
    public Optional<GuestThread> thread(int number) {
        return all().stream()
                .filter(t -> t.number() == number || (number == CORE && t.onCore()))
                .findFirst();
    }
}
