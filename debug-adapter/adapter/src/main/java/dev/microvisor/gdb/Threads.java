package dev.microvisor.gdb;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.emulator.machine.Registers;
import dev.microvisor.gdb.GuestTasks.GuestTask;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The client's view of threads: which one it has chosen, and how one of them steps.
 *
 * <p>A step is a step of its task. Interrupts and other tasks that come in between run at full
 * speed until that task is on the core again; only breakpoints stop in them.
 */
final class Threads {
    private static final int EXCEPTION_MASK = 0x1FF;

    /** Where the return address lies in the frame that an exception stacks. */
    private static final int STACKED_PC = 24;

    /** EXC_RETURN: the frame is on the process stack. */
    private static final int ON_PROCESS_STACK = 4;

    /** Times that one step is begun again because an interrupt came first. */
    private static final int MAX_ATTEMPTS = 10_000;

    private final Debuggee machine;
    private final GuestTasks tasks;
    private final StopPoints stopPoints;

    /** What {@code Hg} chose; 0 for the one on the core. */
    private int chosen;

    Threads(Debuggee machine, GuestTasks tasks, StopPoints stopPoints) {
        this.machine = machine;
        this.tasks = tasks;
        this.stopPoints = stopPoints;
    }

    /** {@code Hg}, {@code Hc}: the thread that registers are of; other letters change nothing. */
    boolean choose(String operation) throws BadCommandException {
        if (!operation.startsWith("g")) {
            return true;
        }
        String number = operation.substring(1);
        if (number.equals("0") || number.equals("-1")) {
            chosen = 0;
            return true;
        }
        int wanted = (int) Hex.number(number);
        if (find(wanted).isEmpty()) {
            return false;
        }
        chosen = wanted;
        return true;
    }

    /** {@code T}: whether a thread is there. */
    boolean isAlive(String number) throws BadCommandException {
        return find((int) Hex.number(number)).isPresent();
    }

    private Optional<GuestTask> find(int number) {
        return tasks.now().stream().filter(t -> t.number() == number).findFirst();
    }

    /** The chosen thread when it is not on the core. */
    Optional<GuestTask> waiting() {
        return chosen == 0 ? Optional.empty() : find(chosen).filter(task -> !task.onCore());
    }

    /**
     * {@code qC} and stop replies: the thread on the core, which is the chosen one from then on.
     */
    String current() {
        chosen = 0;
        return Integer.toHexString(tasks.onCore().number());
    }

    /** Number of the thread on the core. */
    int onCore() {
        return tasks.onCore().number();
    }

    /** {@code qfThreadInfo}. */
    String list() {
        return "m"
                + tasks.now().stream()
                        .map(task -> Integer.toHexString(task.number()))
                        .collect(Collectors.joining(","));
    }

    /** {@code qThreadExtraInfo}: the name, as {@code info threads} shows it. */
    String describe(String number) throws BadCommandException {
        return find((int) Hex.number(number)).map(task -> Hex.text(task.name())).orElse("E01");
    }

    /** The thread that {@code vCont} wants to step, if it names one: {@code vCont;s:2;c}. */
    static OptionalInt stepped(String actions) throws BadCommandException {
        for (String action : actions.split(";")) {
            if (action.matches("[sS][0-9a-fA-F]*:[0-9a-fA-F]+")) {
                return OptionalInt.of((int) Hex.number(action.substring(action.indexOf(':') + 1)));
            }
        }
        return OptionalInt.empty();
    }

    /** One instruction of a thread, which need not be on the core now. */
    StopReason step(int number) {
        if (tasks == GuestTasks.CORE) {
            return machine.step();
        }
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<GuestTask> task = find(number);
            if (task.isEmpty()) {
                return machine.step();
            }
            if (!task.get().onCore()) {
                OptionalInt pc = task.get().saved().get("pc");
                if (pc.isEmpty()) {
                    return machine.step();
                }
                Optional<StopReason> early = comeBack(number, pc.getAsInt() & ~1);
                if (early.isPresent()) {
                    return early.get();
                }
            }
            int place = machine.registers().get(Registers.PC);
            boolean inHandler = exception() != 0;
            StopReason reason = machine.step();
            boolean interrupted = !inHandler && exception() != 0;
            if (!interrupted || !isStep(reason)) {
                return reason;
            }
            int handler = machine.registers().get(Registers.PC);
            if (stopPoints.breakpoints().contains(handler)) {
                return new StopReason.Breakpoint(handler);
            }
            int next = returnAddress();
            Optional<StopReason> early = comeBack(number, next);
            if (early.isPresent()) {
                return early.get();
            }
            if (next != place) {
                return new StopReason.Stepped();
            }
        }
        return new StopReason.Paused();
    }

    private static boolean isStep(StopReason reason) {
        return reason instanceof StopReason.LimitReached || reason instanceof StopReason.Stepped;
    }

    private int exception() {
        return machine.registers().xpsr() & EXCEPTION_MASK;
    }

    /** Where the exception that was just taken returns to. */
    private int returnAddress() {
        Registers registers = machine.registers();
        boolean process = (registers.get(Registers.LR) & ON_PROCESS_STACK) != 0;
        int frame = registers.named(process ? "PSP" : "MSP");
        byte[] bytes = machine.peek(frame + STACKED_PC, 4);
        int address = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            address = address << 8 | (bytes[i] & 0xFF);
        }
        return address & ~1;
    }

    /**
     * Runs until a thread is at an address, outside handlers.
     *
     * @return why it ended before
     */
    private Optional<StopReason> comeBack(int number, int address) {
        Set<Integer> wanted = new HashSet<>(stopPoints.breakpoints());
        boolean users = !wanted.add(address);
        machine.setBreakpoints(wanted);
        try {
            while (true) {
                StopReason reason = machine.run(Long.MAX_VALUE);
                boolean there =
                        reason instanceof StopReason.Breakpoint breakpoint
                                && breakpoint.address() == address;
                if (!there) {
                    return Optional.of(reason);
                }
                if (exception() == 0 && tasks.onCore().number() == number) {
                    return Optional.empty();
                }
                if (users) {
                    return Optional.of(reason);
                }
            }
        } finally {
            machine.setBreakpoints(stopPoints.breakpoints());
        }
    }
}
