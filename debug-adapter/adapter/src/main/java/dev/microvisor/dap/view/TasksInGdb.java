package dev.microvisor.dap.view;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.view.GuestThreads.GuestThread;
import dev.microvisor.gdb.GuestTasks;
import dev.microvisor.symbols.target.FrameContext;
import java.util.List;
import java.util.OptionalInt;

/** The threads of the firmware as gdb's remote protocol has them. */
public final class TasksInGdb implements GuestTasks {
    /** S0 in the numbering of DWARF for Arm. */
    private static final int FIRST_FLOAT = 64;

    private final GuestThreads threads;

    public TasksInGdb(Target target) {
        this.threads = new GuestThreads(target, new StackView(target));
    }

    @Override
    public List<GuestTask> now() {
        // gdb says nothing when memory changes, so nothing is remembered.
        threads.forget();
        return threads.all().stream().map(TasksInGdb::task).toList();
    }

    private static GuestTask task(GuestThread thread) {
        return new GuestTask(
                thread.number(),
                thread.name(),
                thread.onCore(),
                name -> thread.stack().map(s -> saved(s, name)).orElse(OptionalInt.empty()));
    }

    private static OptionalInt saved(StackView stack, String name) {
        FrameContext registers = stack.frames().get(0).registers();
        int number = RegisterNodes.CORE.indexOf(name);
        if (number >= 0) {
            return registers.register(number);
        }
        return name.matches("s\\d+")
                ? registers.register(FIRST_FLOAT + Integer.parseInt(name.substring(1)))
                : registers.named(name);
    }
}
