package dev.microvisor.emulator.system;

import static dev.microvisor.emulator.system.ExceptionNumbers.BUS_FAULT;
import static dev.microvisor.emulator.system.ExceptionNumbers.COUNT;
import static dev.microvisor.emulator.system.ExceptionNumbers.DEBUG_MONITOR;
import static dev.microvisor.emulator.system.ExceptionNumbers.FIRST_IRQ;
import static dev.microvisor.emulator.system.ExceptionNumbers.HARD_FAULT;
import static dev.microvisor.emulator.system.ExceptionNumbers.MEM_MANAGE;
import static dev.microvisor.emulator.system.ExceptionNumbers.NMI;
import static dev.microvisor.emulator.system.ExceptionNumbers.USAGE_FAULT;

import dev.microvisor.emulator.core.CpuState;
import java.util.Arrays;

/** Which exceptions are enabled, pending and active, and which comes first. */
final class ExceptionModel {
    /** Priority of thread mode with nothing masked: lower than every exception's. */
    static final int LOWEST = 256;

    private final CpuState cpu;
    private final boolean[] enabled = new boolean[COUNT];
    private final boolean[] pending = new boolean[COUNT];
    private final boolean[] active = new boolean[COUNT];
    private final int[] priority = new int[COUNT];

    /** Level-triggered request lines that a peripheral holds up. */
    private final boolean[] line = new boolean[COUNT];

    private int pendingCount;
    private int activeCount;
    private int priorityGroup;

    ExceptionModel(CpuState cpu) {
        this.cpu = cpu;
        reset();
    }

    void reset() {
        Arrays.fill(enabled, false);
        Arrays.fill(pending, false);
        Arrays.fill(active, false);
        Arrays.fill(priority, 0);
        Arrays.fill(line, false);
        Arrays.fill(enabled, 0, FIRST_IRQ, true);
        enabled[MEM_MANAGE] = false;
        enabled[BUS_FAULT] = false;
        enabled[USAGE_FAULT] = false;
        enabled[DEBUG_MONITOR] = false;
        priority[NMI] = -2;
        priority[HARD_FAULT] = -1;
        pendingCount = 0;
        activeCount = 0;
        priorityGroup = 0;
        cpu.exceptionPending = false;
    }

    void setEnabled(int number, boolean value) {
        if (enabled[number] != value) {
            enabled[number] = value;
            if (pending[number]) {
                recount();
            }
        }
    }

    boolean isEnabled(int number) {
        return enabled[number];
    }

    void setPending(int number, boolean value) {
        if (pending[number] != value) {
            pending[number] = value;
            recount();
        }
    }

    boolean isPending(int number) {
        return pending[number];
    }

    private void recount() {
        pendingCount = 0;
        boolean any = false;
        for (int i = 0; i < COUNT; i++) {
            if (pending[i]) {
                pendingCount++;
                any |= enabled[i];
            }
        }
        cpu.exceptionPending = any;
    }

    void setActive(int number, boolean value) {
        if (active[number] != value) {
            active[number] = value;
            activeCount += value ? 1 : -1;
            if (!value && line[number]) {
                setPending(number, true);
            }
        }
    }

    /**
     * Raises or lowers a request line; see the Armv8-M manual, "Pending state" of level interrupts.
     */
    void setLine(int number, boolean raised) {
        line[number] = raised;
        if (raised && !active[number]) {
            setPending(number, true);
        }
    }

    /** Software clears a pending state, which a line that is still up sets again. */
    void clearPending(int number) {
        setPending(number, line[number] && !active[number]);
    }

    boolean isActive(int number) {
        return active[number];
    }

    int activeCount() {
        return activeCount;
    }

    int pendingCount() {
        return pendingCount;
    }

    void setPriority(int number, int value) {
        priority[number] = value & 0xF0;
    }

    int priority(int number) {
        return priority[number];
    }

    void setPriorityGroup(int value) {
        priorityGroup = value;
    }

    int priorityGroup() {
        return priorityGroup;
    }

    /** The part of a priority that decides about preemption. */
    private int groupOf(int value) {
        return value < 0 ? value : value >> (priorityGroup + 1) << (priorityGroup + 1);
    }

    int groupPriority(int number) {
        return groupOf(priority[number]);
    }

    /** What an exception must be above (numerically below) to be taken now. */
    int executionPriority() {
        int lowest = activePriority();
        if (cpu.basepri != 0) {
            lowest = Math.min(lowest, groupOf(cpu.basepri));
        }
        if (cpu.primask != 0) {
            lowest = Math.min(lowest, 0);
        }
        if (cpu.faultmask != 0) {
            lowest = Math.min(lowest, -1);
        }
        return lowest;
    }

    /** Priority of the exceptions being handled, masks left out. */
    int activePriority() {
        int lowest = LOWEST;
        if (activeCount > 0) {
            for (int i = 0; i < COUNT; i++) {
                if (active[i]) {
                    lowest = Math.min(lowest, groupOf(priority[i]));
                }
            }
        }
        return lowest;
    }

    /** The pending, enabled exception that goes first, or 0. */
    int highestPending() {
        if (!cpu.exceptionPending) {
            return 0;
        }
        int best = 0;
        for (int i = 1; i < COUNT; i++) {
            if (pending[i] && enabled[i] && (best == 0 || priority[i] < priority[best])) {
                best = i;
            }
        }
        return best;
    }

    /** The exception to take now, or 0. */
    int preempting() {
        int best = highestPending();
        return best != 0 && groupPriority(best) < executionPriority() ? best : 0;
    }

    /** True when WFI ends: something is pending that would preempt if PRIMASK were clear. */
    boolean wakes() {
        int best = highestPending();
        if (best == 0) {
            return false;
        }
        int level = activePriority();
        if (cpu.basepri != 0) {
            level = Math.min(level, groupOf(cpu.basepri));
        }
        if (cpu.faultmask != 0) {
            level = Math.min(level, -1);
        }
        return groupPriority(best) < level;
    }

    /** All arrays, copied. */
    static final class State {
        private final boolean[] enabled;
        private final boolean[] pending;
        private final boolean[] active;
        private final int[] priority;
        private final boolean[] line;
        private final int priorityGroup;

        /** One parameter for each field: snapshots are read from files by it, too. */
        private State(
                boolean[] enabled,
                boolean[] pending,
                boolean[] active,
                int[] priority,
                boolean[] line,
                int priorityGroup) {
            this.enabled = enabled.clone();
            this.pending = pending.clone();
            this.active = active.clone();
            this.priority = priority.clone();
            this.line = line.clone();
            this.priorityGroup = priorityGroup;
        }
    }

    State save() {
        return new State(enabled, pending, active, priority, line, priorityGroup);
    }

    void restore(State state) {
        System.arraycopy(state.enabled, 0, enabled, 0, COUNT);
        System.arraycopy(state.pending, 0, pending, 0, COUNT);
        System.arraycopy(state.active, 0, active, 0, COUNT);
        System.arraycopy(state.priority, 0, priority, 0, COUNT);
        System.arraycopy(state.line, 0, line, 0, COUNT);
        priorityGroup = state.priorityGroup;
        activeCount = 0;
        for (boolean isActive : active) {
            activeCount += isActive ? 1 : 0;
        }
        recount();
    }

    long hash(long seed) {
        long hash = seed * 31 + Arrays.hashCode(enabled);
        hash = hash * 31 + Arrays.hashCode(pending);
        hash = hash * 31 + Arrays.hashCode(active);
        hash = hash * 31 + Arrays.hashCode(line);
        return hash * 31 + Arrays.hashCode(priority) + priorityGroup;
    }
}
