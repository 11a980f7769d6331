package dev.microvisor.gdb;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a client sees as threads. All is read anew when it is asked for, by the thread that owns the
 * machine.
 */
@FunctionalInterface
public interface GuestTasks {
    /** Without an operating system, or when it is not to be seen: the core is the one thread. */
    GuestTasks CORE =
            () -> List.of(new GuestTask(1, "Cortex-M33", true, name -> OptionalInt.empty()));

    /** The threads of this moment; exactly one is on the core. */
    List<GuestTask> now();

    /** The one on the core. */
    default GuestTask onCore() {
        return now().stream().filter(GuestTask::onCore).findFirst().orElseThrow();
    }

    /**
     * A thread.
     *
     * @param number from 1, the same for the whole session
     * @param name with its state, in words
     * @param saved what is known of its registers while it is not on the core
     */
    record GuestTask(int number, String name, boolean onCore, SavedRegisters saved) {}

    /** Registers that a task saved when it left the core. */
    @FunctionalInterface
    interface SavedRegisters {
        /** By its name in the target description; empty when it is not known. */
        OptionalInt get(String name);
    }
}
