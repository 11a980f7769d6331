package dev.microvisor.emulator.history;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.emulator.machine.Registers;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A machine with a past. Forwards it behaves as the {@link Machine} itself; backwards it goes by
 * remembered states and replay. While it replays, {@link #replaying} is true and listeners should
 * keep quiet: they have heard it before.
 *
 * <p>A change by hand, of memory or of a register, makes what came after it moot: the future is
 * forgotten. Owned by the machine's thread, except {@link #pause}.
 */
public final class History implements Debuggee {
    /** Exceptions that can be taken at one instruction number; more would be a lockup. */
    private static final int MAX_STEPS_AT_ONE_INSTRUCTION = 1000;

    private final Machine machine;
    private final long interval;
    private final Moments moments;
    private final Stretches stretches;
    private final Nearby nearby = new Nearby();
    private final Search search;
    private Set<Integer> breakpoints = Set.of();
    private Set<Watch> watches = Set.of();
    private long furthest;
    private boolean searching;
    private boolean pausedReplay;
    private LongConsumer onFork = forgotten -> {};
    private ProgressListener onProgress = (done, total) -> {};

    /** While the core sleeps: when to look whether it does no longer, and how long until then. */
    private long lookAgainAt;

    private long sleepLook;

    /** Index of the pinned state that the machine is at, or -1. */
    private int passed = -1;

    /** Begins to remember at the machine's present state. */
    public History(Machine machine, HistoryOptions options) {
        this.machine = machine;
        this.interval = options.intervalInstructions();
        this.moments = new Moments(options.budgetBytes());
        this.stretches = new Stretches(machine, moments);
        this.search = new Search(this, machine, moments, stretches);
        remember(false);
        furthest = machine.now();
    }

    private void remember(boolean pinned) {
        lookAgainAt = 0;
        sleepLook = Math.max(1, interval / 64);
        moments.add(Position.of(machine), machine.saveSnapshot(), pinned, stretches.close());
    }

    // ---------------------------------------------------------------- what is known

    /** Instruction number of the earliest state that can be reached. */
    public long begin() {
        return moments.first().position().instruction();
    }

    /** Instruction number up to which the run is known; now, except after going back. */
    public long end() {
        return Math.max(furthest, machine.now());
    }

    /** True while the machine does what it has done before. */
    public boolean replaying() {
        return searching || machine.now() < furthest;
    }

    /** Whom to tell that a change by hand makes the run up to an instruction number moot. */
    public void onFork(LongConsumer listener) {
        onFork = listener;
    }

    /** Hears how far a search backwards has come. */
    @FunctionalInterface
    public interface ProgressListener {
        /**
         * Called after each stretch that was searched in vain.
         *
         * @param done instruction numbers searched so far
         * @param total instruction numbers that there are to the beginning
         */
        void searched(long done, long total);
    }

    /** Whom to tell how searches get on. */
    public void onProgress(ProgressListener listener) {
        onProgress = listener;
    }

    ProgressListener progress() {
        return onProgress;
    }

    /** Memory that remembered states take, in bytes. */
    public long bytes() {
        return moments.bytes();
    }

    /** Memory that remembered states may take, in bytes. */
    public long budget() {
        return moments.budget();
    }

    /** Changes how much memory remembered states may take; what is too much goes with the next. */
    public void setBudget(long bytes) {
        moments.setBudget(bytes);
    }

    @Override
    public long now() {
        return machine.now();
    }

    @Override
    public int clockHz() {
        return machine.clockHz();
    }

    // ---------------------------------------------------------------- forwards

    @Override
    public StopReason run(long untilInstruction) {
        // A state is remembered in the middle of a run: a breakpoint just there stops, too.
        for (boolean first = true; true; first = false) {
            long nextMemory = nextMemory();
            OptionalInt pinned = pinnedAhead();
            long target = Math.min(untilInstruction, nextMemory);
            if (pinned.isPresent()) {
                target = Math.min(target, moments.get(pinned.getAsInt()).position().instruction());
            }
            StopReason reason = first ? machine.run(target) : machine.proceed(target);
            furthest = Math.max(furthest, machine.now());
            if (!(reason instanceof StopReason.LimitReached)) {
                return reason;
            }
            if (pinned.isPresent() && takeOn(pinned.getAsInt())) {
                continue;
            }
            if (machine.now() >= nextMemory) {
                rememberWhenAwake();
            }
            if (machine.now() >= untilInstruction) {
                return reason;
            }
        }
    }

    /** When the next state is due to be remembered; only at the end of the known run. */
    private long nextMemory() {
        return Math.max(moments.last().position().instruction() + interval, lookAgainAt);
    }

    /**
     * While the core sleeps nothing changes that would be worth remembering; soon after it does, so
     * the waits until the next look begin short and grow while it sleeps on.
     */
    private void rememberWhenAwake() {
        if (machine.isSleeping()) {
            lookAgainAt = machine.now() + sleepLook;
            sleepLook = Math.min(2 * sleepLook, interval);
        } else {
            remember(false);
        }
    }

    /** The change by hand that a run from here comes by next. */
    private OptionalInt pinnedAhead() {
        long here = machine.now();
        boolean atChange = passed >= 0 && moments.get(passed).position().instruction() == here;
        return moments.nextPinned(atChange ? passed + 1 : moments.indexAtOrBefore(here - 1) + 1);
    }

    /** Reaches the exact place of a change by hand and puts the changed state in. */
    private boolean takeOn(int index) {
        Moment change = moments.get(index);
        if (machine.now() != change.position().instruction()) {
            return false;
        }
        settle(change.position());
        machine.restoreSnapshot(change.snapshot());
        passed = index;
        return true;
    }

    @Override
    public StopReason step() {
        OptionalInt pinned = pinnedAhead();
        StopReason reason = machine.step();
        furthest = Math.max(furthest, machine.now());
        if (pinned.isPresent()) {
            takeOn(pinned.getAsInt());
        }
        return reason;
    }

    /** Takes exceptions, which cost no instruction, until a position is reached. */
    private void settle(Position target) {
        for (int i = 0; i < MAX_STEPS_AT_ONE_INSTRUCTION; i++) {
            if (Position.of(machine).equals(target)) {
                return;
            }
            machine.step();
        }
        throw new IllegalStateException("a replay went another way before " + target);
    }

    // ---------------------------------------------------------------- backwards

    /**
     * Goes back by one instruction, or to before the last exception was taken. Out of a sleep it
     * goes to the instruction that began it.
     *
     * @return {@link StopReason.Stepped}, or {@link StopReason.LimitReached} when history begins
     *     here and the machine is where it was
     */
    public StopReason stepBack() {
        Position here = Position.of(machine);
        Optional<Position> before =
                here.equals(moments.first().position())
                        ? Optional.empty()
                        : whileSearching(search::before);
        goTo(before.orElseGet(() -> moments.first().position()));
        return before.isPresent() ? new StopReason.Stepped() : new StopReason.LimitReached();
    }

    /** Goes back to the last breakpoint or watchpoint that the run has come by. */
    public StopReason reverseContinue() {
        return reverseTo(breakpoints, watches, reason -> true);
    }

    /**
     * Goes back to the last place that one of these stops and that {@code wanted} accepts; the
     * machine is at the place when it is asked.
     *
     * @return {@link StopReason.LimitReached} where history begins; {@link StopReason.Paused} when
     *     the search was broken off, then the machine is where it was
     */
    public StopReason reverseTo(Set<Integer> addresses, Set<Watch> watched, Wanted wanted) {
        Search.Sought sought = new Search.Sought(Position.of(machine), addresses, watched, wanted);
        Search.Found found = whileSearching(() -> search.last(sought));
        machine.setBreakpoints(breakpoints);
        machine.setWatchpoints(watches);
        goTo(found.position());
        if (found.reason() instanceof StopReason.Event) {
            // The event belongs to the stop: what it wrote is to be seen, and a run from here must
            // not meet it again.
            whileSearching(
                    () -> {
                        machine.runDueEvents();
                        return null;
                    });
        }
        return found.reason();
    }

    private <T> T whileSearching(Supplier<T> work) {
        boolean outermost = !searching;
        if (outermost) {
            stretches.leave(machine.now() >= furthest);
        }
        searching = true;
        try {
            return work.get();
        } finally {
            searching = !outermost;
            if (outermost) {
                stretches.leave(false);
            }
        }
    }

    /**
     * Goes to an instruction number, in the past or the future.
     *
     * @return why it ended; {@link StopReason.LimitReached} when it got there
     */
    public StopReason goTo(long instruction) {
        if (instruction > end()) {
            return run(instruction);
        }
        if (instruction >= machine.now()) {
            // Known ground: a breakpoint on the way is not where the user wants to be.
            return whileSearching(() -> replayTo(instruction));
        }
        long target = Math.max(instruction, begin());
        return whileSearching(
                () -> {
                    restoreAtOrBefore(target);
                    return replayTo(target);
                });
    }

    /** Back to the first remembered state. */
    public void restart() {
        stretches.leave(machine.now() >= furthest);
        restore(0);
    }

    void goTo(Position position) {
        whileSearching(
                () -> {
                    restoreBefore(position);
                    replayTo(position.instruction());
                    settle(position);
                    return null;
                });
    }

    /** Restores the youngest state from which a position lies ahead. */
    private void restoreBefore(Position position) {
        int index = moments.indexAtOrBefore(position.instruction());
        while (index > 0
                && moments.get(index).position().instruction() == position.instruction()
                && !moments.get(index).position().equals(position)) {
            index--;
        }
        Optional<Nearby.State> near = nearby.atOrBefore(position.instruction());
        if (near.isPresent()
                && near.get().position().instruction() == position.instruction()
                && !near.get().position().equals(position)) {
            near = nearby.atOrBefore(position.instruction() - 1);
        }
        restoreYounger(index, near);
    }

    /**
     * Restores the youngest state at or before an instruction number, or the first there is.
     *
     * @return where the machine is then
     */
    Position restoreAtOrBefore(long instruction) {
        int index = Math.max(0, moments.indexAtOrBefore(instruction));
        restoreYounger(index, nearby.atOrBefore(instruction));
        return Position.of(machine);
    }

    private void restoreYounger(int index, Optional<Nearby.State> near) {
        long remembered = moments.get(index).position().instruction();
        if (near.isPresent() && near.get().position().instruction() > remembered) {
            machine.restoreSnapshot(near.get().snapshot());
            passed = -1;
        } else {
            restore(index);
        }
    }

    private void restore(int index) {
        machine.restoreSnapshot(moments.get(index).snapshot());
        passed = moments.get(index).pinned() ? index : -1;
    }

    /** Keeps the present state for searches that come by here again. */
    void rememberNearby() {
        long now = machine.now();
        int index = moments.indexAtOrBefore(now);
        boolean known =
                nearby.has(now)
                        || (index >= 0 && moments.get(index).position().instruction() == now);
        // At a change by hand the instruction number alone does not say which side of it is meant.
        if (!known) {
            nearby.add(Position.of(machine), machine.saveSnapshot());
        }
    }

    /** Where history begins. */
    Position first() {
        return moments.first().position();
    }

    long interval() {
        return interval;
    }

    /**
     * Runs without stopping at anything, changes by hand included.
     *
     * @return {@link StopReason.Paused} when somebody wanted a pause on the way
     */
    StopReason replayTo(long instruction) {
        machine.setBreakpoints(Set.of());
        machine.setWatchpoints(Set.of());
        StopReason reason = new StopReason.LimitReached();
        boolean pauseWanted = false;
        while (machine.now() < instruction) {
            reason = replayStretch(instruction);
            pauseWanted |= reason instanceof StopReason.Paused;
            if (reason instanceof StopReason.IdleForGood || reason instanceof StopReason.Exited) {
                break;
            }
        }
        machine.setBreakpoints(breakpoints);
        machine.setWatchpoints(watches);
        pausedReplay |= pauseWanted;
        return pauseWanted ? new StopReason.Paused() : reason;
    }

    /** Whether somebody wanted a pause during a replay since this was last asked. */
    boolean takePause() {
        boolean taken = pausedReplay;
        pausedReplay = false;
        return taken;
    }

    /** Runs to an instruction or to what stops earlier, taking changes by hand on on the way. */
    StopReason replayStretch(long instruction) {
        OptionalInt pinned = pinnedAhead();
        long target = instruction;
        if (pinned.isPresent()) {
            target = Math.min(target, moments.get(pinned.getAsInt()).position().instruction());
        }
        StopReason reason = machine.run(target);
        if (reason instanceof StopReason.LimitReached && pinned.isPresent()) {
            takeOn(pinned.getAsInt());
        }
        return reason;
    }

    // ---------------------------------------------------------------- changes by hand

    @Override
    public byte[] peek(int address, int sizeBytes) {
        return machine.peek(address, sizeBytes);
    }

    @Override
    public boolean poke(int address, byte[] bytes) {
        boolean done = machine.poke(address, bytes);
        if (done) {
            changedByHand();
        }
        return done;
    }

    /** Call after changing the machine other than through this class: the future is forgotten. */
    public void changedByHand() {
        Position here = Position.of(machine);
        if (furthest > here.instruction()) {
            onFork.accept(furthest);
        }
        stretches.leave(machine.now() >= furthest);
        int before = moments.indexAtOrBefore(machine.now());
        stretches.openAfter(before);
        moments.dropAfter(before);
        if (moments.size() > 1
                && moments.last().pinned()
                && moments.last().position().equals(here)) {
            // Several changes at one place are one change.
            stretches.reopen();
            moments.dropAfter(moments.size() - 2);
        }
        nearby.dropFrom(machine.now());
        machine.hypervisor().forgetFuture();
        remember(true);
        passed = moments.size() - 1;
        furthest = machine.now();
    }

    @Override
    public Registers registers() {
        return new RecordingRegisters(machine.registers(), this::changedByHand);
    }

    // ---------------------------------------------------------------- the rest

    @Override
    public void setBreakpoints(Set<Integer> addresses) {
        breakpoints = Set.copyOf(addresses);
        machine.setBreakpoints(breakpoints);
    }

    @Override
    public void setWatchpoints(Set<Watch> newWatches) {
        watches = Set.copyOf(newWatches);
        machine.setWatchpoints(watches);
    }

    @Override
    public void pause() {
        machine.pause();
    }
}
