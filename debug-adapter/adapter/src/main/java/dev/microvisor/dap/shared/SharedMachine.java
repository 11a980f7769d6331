package dev.microvisor.dap.shared;

import dev.microvisor.dap.motion.Execution;
import dev.microvisor.dap.motion.GoTo;
import dev.microvisor.dap.motion.Motion;
import dev.microvisor.dap.motion.Stop;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.FrontDoor;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.session.SessionState;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.history.Wanted;
import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.emulator.machine.Registers;
import dev.microvisor.gdb.TimeTravel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The machine of a session as a second debugger drives it. Every method may be called by the second
 * debugger's thread and has its work done on the session's, at a safe point.
 *
 * <p>While the session's own client lets the firmware run, memory and registers can be looked at,
 * and a wish to run is answered with a pause at once.
 */
final class SharedMachine implements Debuggee, TimeTravel {
    private final Session session;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile Set<Integer> breakpoints = Set.of();
    private volatile Set<Watch> watches = Set.of();

    /** The session has ended while its other debugger wanted something. */
    static final class SessionOver extends RuntimeException {
        private static final long serialVersionUID = 1;

        SessionOver() {
            super("the session is over");
        }
    }

    SharedMachine(Session session) {
        this.session = session;
    }

    /** Any thread: who waits for an answer waits no longer. */
    void end() {
        over.complete(null);
    }

    // ---------------------------------------------------------------- asking the other thread

    /** Does something on the machine's thread. */
    <T> T ask(Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean accepted =
                session.machineThread()
                        .submit(
                                () ->
                                        FrontDoor.attempt(
                                                        "a wish of gdb",
                                                        () -> answer.complete(work.get()))
                                                .ifPresent(answer::completeExceptionally));
        return accepted ? await(answer) : await(new CompletableFuture<>());
    }

    private <T> T await(CompletableFuture<T> answer) {
        if (!session.machineThread().isAlive()) {
            throw new SessionOver();
        }
        CompletableFuture.anyOf(answer, over).join();
        if (!answer.isDone()) {
            throw new SessionOver();
        }
        return answer.join();
    }

    private <T> T look(Function<Debuggee, T> at) {
        return ask(() -> at.apply(machine()));
    }

    private Debuggee machine() {
        return session.debugged().target().machine();
    }

    /** Changes something; what the client shows is out of date then. */
    private <T> T change(Function<Debuggee, T> how) {
        return ask(
                () -> {
                    T result = how.apply(machine());
                    session.changedElsewhere();
                    return result;
                });
    }

    // ---------------------------------------------------------------- looking and changing

    @Override
    public long now() {
        return look(Debuggee::now);
    }

    @Override
    public int clockHz() {
        return look(Debuggee::clockHz);
    }

    @Override
    public byte[] peek(int address, int sizeBytes) {
        return look(m -> m.peek(address, sizeBytes));
    }

    @Override
    public boolean poke(int address, byte[] bytes) {
        return change(m -> m.poke(address, bytes));
    }

    @Override
    public Registers registers() {
        return new SharedRegisters();
    }

    private final class SharedRegisters implements Registers {
        @Override
        public int get(int number) {
            return look(m -> m.registers().get(number));
        }

        @Override
        public void set(int number, int value) {
            change(
                    m -> {
                        m.registers().set(number, value);
                        return value;
                    });
        }

        @Override
        public int xpsr() {
            return look(m -> m.registers().xpsr());
        }

        @Override
        public int msp() {
            return look(m -> m.registers().msp());
        }

        @Override
        public int psp() {
            return look(m -> m.registers().psp());
        }

        @Override
        public int named(String name) {
            return look(m -> m.registers().named(name));
        }

        @Override
        public void setNamed(String name, int value) {
            change(
                    m -> {
                        m.registers().setNamed(name, value);
                        return value;
                    });
        }

        @Override
        public List<String> names() {
            return look(m -> m.registers().names());
        }
    }

    // ---------------------------------------------------------------- stopping

    @Override
    public void setBreakpoints(Set<Integer> addresses) {
        breakpoints = Set.copyOf(addresses);
    }

    /** Ids are negative from here on, which tells them from those of the session's client. */
    @Override
    public void setWatchpoints(Set<Watch> newWatches) {
        watches =
                newWatches.stream()
                        .map(
                                w ->
                                        new Watch(
                                                -w.id(),
                                                w.address(),
                                                w.sizeBytes(),
                                                w.onRead(),
                                                w.onWrite()))
                        .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void pause() {
        session.machineThread().interrupt();
        session.machineThread()
                .submit(
                        () -> {
                            if (session.state() instanceof SessionState.Running) {
                                session.halt(Stop.of("pause", "Paused by gdb"));
                            }
                        });
    }

    // ---------------------------------------------------------------- moving

    @Override
    public StopReason run(long untilInstruction) {
        return move(
                debugged -> {
                    Execution execution = debugged.execution();
                    execution.aimAt(breakpoints, watches);
                    return () -> {
                        Execution.Slice slice = execution.slice();
                        return slice.outcome() == Execution.Outcome.ARRIVED
                                ? Optional.of(Stop.of("breakpoint", "A breakpoint of gdb"))
                                : slice.stop();
                    };
                });
    }

    @Override
    public StopReason step() {
        return move(
                debugged -> {
                    Execution execution = debugged.execution();
                    execution.aimAt(Set.of());
                    return () -> Optional.of(execution.step().stop().orElseGet(Stop::step));
                });
    }

    @Override
    public StopReason stepBack() {
        return move(
                debugged ->
                        () ->
                                debugged.history().stepBack() instanceof StopReason.LimitReached
                                        ? Optional.of(beginning(debugged))
                                        : Optional.of(Stop.step()));
    }

    @Override
    public StopReason reverseContinue() {
        return move(
                debugged ->
                        () -> {
                            Set<Integer> all = new HashSet<>(breakpoints);
                            StopReason reason =
                                    debugged.history()
                                            .reverseTo(all, watches, Wanted.noEvents(this::isOurs));
                            return Optional.of(
                                    reason instanceof StopReason.LimitReached
                                            ? beginning(debugged)
                                            : because(reason));
                        });
    }

    private boolean isOurs(StopReason reason) {
        return reason instanceof StopReason.Breakpoint || reason instanceof StopReason.Watchpoint;
    }

    private static Stop beginning(Debugged debugged) {
        Stop stop = Stop.historyBegins(debugged.history().begin());
        return new Stop(
                stop.reason(),
                stop.description(),
                List.of(),
                Optional.of(new StopReason.LimitReached()),
                false);
    }

    private static Stop because(StopReason reason) {
        return new Stop(
                "breakpoint", "gdb: " + reason.text(), List.of(), Optional.of(reason), false);
    }

    /** On the machine's thread, for {@code monitor goto}: leaves at once, arrives later. */
    String goTo(long instruction) {
        if (session.state() instanceof SessionState.Running) {
            return "the firmware runs: pause it first";
        }
        Debugged debugged = session.debugged();
        session.moveFor(
                new GoTo(debugged.execution(), debugged.history(), instruction, session::searched),
                s -> {});
        return "going to instruction " + instruction;
    }

    /** On the machine's thread: back to the first instruction. */
    String restart() {
        if (session.state() instanceof SessionState.Running) {
            return "the firmware runs: pause it first";
        }
        return goTo(session.debugged().history().begin());
    }

    /** Lets the firmware go for the second debugger, and waits until it stands again. */
    private StopReason move(Function<Debugged, Motion> how) {
        CompletableFuture<StopReason> stopped = new CompletableFuture<>();
        ask(
                () -> {
                    boolean ready = session.state() instanceof SessionState.Stopped;
                    if (ready) {
                        session.moveFor(
                                how.apply(session.debugged()), s -> stopped.complete(reasonOf(s)));
                    } else {
                        stopped.complete(new StopReason.Paused());
                    }
                    return ready;
                });
        return await(stopped);
    }

    private StopReason reasonOf(Stop stop) {
        if (stop.cause().isPresent()) {
            return stop.cause().get();
        }
        if (stop.reason().equals("pause")) {
            return new StopReason.Paused();
        }
        return stop.reason().contains("breakpoint")
                ? new StopReason.Breakpoint(machine().registers().get(Registers.PC))
                : new StopReason.Stepped();
    }
}
