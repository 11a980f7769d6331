package dev.microvisor.emulator.outside;

import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.guest.Timed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The door to the world outside. What comes through is kept on a tape, and the position on the tape
 * is part of the machine's state: a machine that was set back gets the same inputs again, at the
 * same instructions, from the tape.
 *
 * <p>Owned by the machine's thread, except {@link #offer}.
 */
public final class Outside implements Stateful<Integer> {
    /** How often arrivals are let in while a source is open, in virtual time. */
    private static final long POLL_US = 1000;

    /** Longest wait at once in real time, so that the machine can be paused meanwhile. */
    private static final long WAIT_NS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Arrivals that may wait to be let in, because the machine is paused; more are dropped. */
    static final int MAX_WAITING = 10_000;

    private final List<Input> tape = new ArrayList<>();
    private final boolean replay;
    private final boolean realtime;
    private final Set<String> open = new HashSet<>();
    private final Map<String, Consumer<String>> receivers = new HashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean dropped;
    private boolean unanswered;
    private Guest guest;
    private Pace pace;
    private Path file;
    private Recording head;
    private int cursor;
    private long nextPoll = Timed.NEVER;

    /** By how much the last waits were longer than wanted: the next ones are shorter. */
    private long overslept;

    /** The machine has been as far as here: what it does before this it does again. */
    private long frontier;

    private Outside(List<Input> inputs, boolean replay, boolean realtime) {
        tape.addAll(inputs);
        this.replay = replay;
        this.realtime = realtime;
    }

    /** What waits to be let in. */
    private record Waiting(String source, String content) {}

    /**
     * The world as it is.
     *
     * @param realtime true: virtual time never goes faster than real time
     */
    public static Outside live(boolean realtime) {
        return new Outside(List.of(), false, realtime);
    }

    /** The world as it was; nothing new comes in. */
    public static Outside replaying(Recording recording, boolean realtime) {
        return new Outside(recording.inputs(), true, realtime);
    }

    /**
     * From now on everything that comes in is also written to a file.
     *
     * @param firmwareId what identifies the program, see {@link Recording#firmware}
     * @param asksCloud see {@link Recording#asksCloud}
     */
    public void recordTo(Path recording, String firmwareId, int clockHz, boolean asksCloud)
            throws RecordingException {
        head = new Recording(firmwareId, clockHz, asksCloud, List.of());
        try {
            head.with(tape).write(recording);
        } catch (IOException e) {
            throw new RecordingException(
                    recording + ": the recording cannot be written: " + e.getMessage(), e);
        }
        file = recording;
    }

    /** The machine is put together. */
    public void attach(Guest machine) {
        guest = machine;
        pace = new Pace(machine.clockHz());
        schedulePoll();
    }

    // ---------------------------------------------------------------- for the kernel

    /** True when what happens now happens for the first time, so that the world may hear of it. */
    public boolean isLive() {
        return !replay && cursor == tape.size() && guest.now() >= frontier;
    }

    /** True while something may come unasked. */
    public boolean isOpen() {
        return !replay && !open.isEmpty();
    }

    /** A source may speak unasked from now on, until it is closed. */
    public void open(String source) {
        if (open.add(source)) {
            if (!realtime && open.size() == 1) {
                pace.restart();
            }
            schedulePoll();
        }
    }

    public void close(String source) {
        if (open.remove(source)) {
            schedulePoll();
        }
    }

    /** Who gets what a source says unasked. */
    public void receive(String source, Consumer<String> receiver) {
        receivers.put(source, receiver);
    }

    /**
     * Asks the world, and waits for what it says.
     *
     * @param question in words, the same for the same question
     * @param live asks; returns a JSON text at once
     * @return empty when a recording holds no answer; the run ends then
     */
    public Optional<String> ask(String source, String question, Supplier<String> live) {
        return askPatiently(source, question, () -> CompletableFuture.completedFuture(live.get()));
    }

    /**
     * Asks the world, and waits for what it says, as long as nobody wants the machine to stop.
     *
     * @param question in words, the same for the same question
     * @param live asks; its answer is a JSON text and comes for certain, if only to say that none
     *     came in time
     * @return empty when a recording holds no answer, the run ends then; or when waiting was given
     *     up: whoever asks puts itself on the agenda again for now, see {@link #takeUnanswered}
     */
    public Optional<String> askPatiently(
            String source, String question, Supplier<CompletableFuture<String>> live) {
        long now = guest.now();
        if (cursor < tape.size()) {
            Input next = tape.get(cursor);
            if (next.answers(now, source, question)) {
                cursor++;
                return Optional.of(next.content());
            }
            if (replay) {
                differs(question, "has at instruction " + next.instruction() + " " + words(next));
                return Optional.empty();
            }
            forgetFuture();
        }
        if (replay) {
            differs(question, "is at its end");
            return Optional.empty();
        }
        Optional<String> said = await(live.get());
        said.ifPresent(
                content -> keep(new Input(now, Input.Kind.ANSWER, source, question, content)));
        return said;
    }

    /** Waits for an answer, unless the machine is to stop. */
    private Optional<String> await(CompletableFuture<String> answer) {
        while (true) {
            try {
                return Optional.of(answer.get(WAIT_NS, TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                if (guest.pauseRequested()) {
                    unanswered = true;
                    return Optional.empty();
                }
            } catch (InterruptedException e) {
                // Whoever interrupts the machine's thread wants it to stop soon.
                Thread.currentThread().interrupt();
                guest.requestStop(
                        new StopReason.Event("interrupted", "the run was interrupted, waiting"));
                unanswered = true;
                return Optional.empty();
            } catch (ExecutionException e) {
                throw new IllegalStateException("an answer from outside ended in our error", e);
            }
        }
    }

    /** True once after a question that was given up: it is to be asked again before all else. */
    public boolean takeUnanswered() {
        boolean was = unanswered;
        unanswered = false;
        return was;
    }

    private static String words(Input input) {
        return input.source() + " " + input.question();
    }

    private void differs(String question, String what) {
        // Whoever asks may put itself on the agenda again; the run has to end first.
        unanswered = true;
        guest.requestStop(
                new StopReason.Event(
                        "replay",
                        "the run asks for \""
                                + question
                                + "\" at instruction "
                                + guest.now()
                                + ", but the recording "
                                + what
                                + "; use the firmware, the cloud file and the options of the"
                                + " recorded run, or record it again"));
    }

    private void keep(Input input) {
        if (tape.size() >= Recording.MAX_INPUTS) {
            guest.requestStop(
                    new StopReason.Event(
                            "recording",
                            "more than " + Recording.MAX_INPUTS + " inputs came from outside"));
            return;
        }
        tape.add(input);
        cursor = tape.size();
        write(to -> Recording.append(to, input));
    }

    /** Writes to the recording, if there is one; a disk that is full ends the run. */
    private void write(Writing writing) {
        if (file == null) {
            return;
        }
        try {
            writing.to(file);
        } catch (IOException e) {
            guest.requestStop(
                    new StopReason.Event(
                            "recording", file + " cannot be written: " + e.getMessage()));
            file = null;
        }
    }

    /** Something that is done to the recording. */
    private interface Writing {
        void to(Path recording) throws IOException;
    }

    /** Instruction number at which {@link #runEvents} wants to be called next. */
    public long nextEvent() {
        if (cursor < tape.size() && tape.get(cursor).kind() == Input.Kind.ARRIVAL) {
            return Math.min(nextPoll, tape.get(cursor).instruction());
        }
        return nextPoll;
    }

    /** Lets in what has arrived, or what arrived here when the machine first came by. */
    public void runEvents(long now) {
        while (cursor < tape.size()
                && tape.get(cursor).kind() == Input.Kind.ARRIVAL
                && tape.get(cursor).instruction() <= now) {
            Input input = tape.get(cursor);
            cursor++;
            deliver(input.source(), input.content());
        }
        if (nextPoll <= now) {
            // Also while firmware is busy: whoever speaks to it lives in real time.
            if (realtime || (isLive() && isOpen())) {
                pace.keep(now);
            }
            if (isLive()) {
                letIn(now);
            }
            schedulePoll();
        }
    }

    private void letIn(long now) {
        for (Waiting next = poll(); next != null; next = poll()) {
            keep(new Input(now, Input.Kind.ARRIVAL, next.source(), "", next.content()));
            deliver(next.source(), next.content());
        }
        if (takeDropped()) {
            guest.warnOnce(
                    "more than "
                            + MAX_WAITING
                            + " messages from outside came while the machine stood still; the"
                            + " oldest were dropped");
        }
    }

    private void deliver(String source, String content) {
        Consumer<String> receiver = receivers.get(source);
        if (receiver == null) {
            guest.warnOnce("nobody takes what \"" + source + "\" says");
        } else {
            receiver.accept(content);
        }
    }

    /**
     * The core executes nothing before {@code until}: lets time pass, in real time when somebody
     * outside may speak.
     *
     * @return how far time may go now, at least one instruction further
     */
    public long passIdleTime(long until) {
        long now = guest.now();
        if (!isLive() || open.isEmpty()) {
            return realtime ? Math.max(now + 1, Math.min(until, nextPoll)) : until;
        }
        long most = now + Math.max(1, pace.instructions(WAIT_NS));
        long target = Math.max(now + 1, Math.min(until, most));
        long wanted = pace.nanos(target - now);
        long waited = await(wanted - overslept);
        if (waited < 0) {
            overslept = Math.max(0, Math.min(WAIT_NS, overslept - waited - wanted));
        } else {
            target = Math.min(target, now + Math.max(1, pace.instructions(waited)));
            nextPoll = target;
        }
        return target;
    }

    /** Waits; returns after how long something came in, or that time negative when nothing did. */
    private long await(long nanos) {
        long start = System.nanoTime();
        synchronized (waiting) {
            long left = nanos;
            while (waiting.isEmpty() && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(waiting, left);
                } catch (InterruptedException e) {
                    // Whoever interrupts the machine's thread wants it to stop soon.
                    Thread.currentThread().interrupt();
                    return -nanos - 1;
                }
                left = nanos - (System.nanoTime() - start);
            }
            long waited = System.nanoTime() - start;
            return waiting.isEmpty() ? -waited - 1 : waited;
        }
    }

    private void schedulePoll() {
        if (guest == null) {
            return;
        }
        boolean needed = realtime || isOpen();
        long soon = guest.now() + Math.max(1, guest.clockHz() / (1_000_000 / POLL_US));
        nextPoll = needed ? Math.max(soon, realtime ? 0 : frontier + 1) : Timed.NEVER;
        guest.eventsChanged();
    }

    // ---------------------------------------------------------------- for sources

    /**
     * The machine's thread: something comes in now, unless a recording says what came in.
     *
     * @param content a JSON text of the source's own making
     */
    public void admit(String source, String content) {
        if (isLive()) {
            keep(new Input(guest.now(), Input.Kind.ARRIVAL, source, "", content));
            deliver(source, content);
        }
    }

    /** Any thread: says something unasked. */
    public void offer(String source, String content) {
        synchronized (waiting) {
            if (waiting.size() >= MAX_WAITING) {
                waiting.removeFirst();
                dropped = true;
            }
            waiting.addLast(new Waiting(source, content));
            waiting.notifyAll();
        }
    }

    private Waiting poll() {
        synchronized (waiting) {
            return waiting.pollFirst();
        }
    }

    private boolean takeDropped() {
        synchronized (waiting) {
            boolean was = dropped;
            dropped = false;
            return was;
        }
    }

    // ---------------------------------------------------------------- time travel

    /** Somebody changed the machine by hand: what came in after now will not come again. */
    public void forgetFuture() {
        frontier = guest.now();
        if (!replay && cursor < tape.size()) {
            tape.subList(cursor, tape.size()).clear();
            write(to -> head.with(tape).write(to));
        }
        schedulePoll();
    }

    @Override
    public Integer save() {
        return cursor;
    }

    /** Called while the machine's time is still that of the state which is given up. */
    @Override
    public void restore(Integer state) {
        frontier = Math.max(frontier, guest.now());
        cursor = state;
        // A machine from a file has been told things that are not on this tape.
        while (!replay && tape.size() < cursor) {
            tape.add(new Input(0, Input.Kind.ARRIVAL, "before the snapshot", "", "{}"));
        }
        nextPoll = nextPoll == Timed.NEVER ? Timed.NEVER : frontier + 1;
    }
}
