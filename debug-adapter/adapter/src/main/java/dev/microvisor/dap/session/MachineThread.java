package dev.microvisor.dap.session;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * The one thread that owns the machine. It runs jobs, and between jobs it advances the activity of
 * the moment (continue, a step) slice by slice, so every job sees the machine at a safe point,
 * running or not.
 */
public final class MachineThread {
    /** Requests that may wait at once; a client that sends more is not waiting for answers. */
    private static final int MAX_WAITING_JOBS = 10_000;

    /** How long a session may take to reach its next safe point when it ends. */
    private static final long END_TIMEOUT_MS = 5_000;

    private static final Logger LOG = Logger.getLogger(MachineThread.class.getName());

    private final LinkedBlockingQueue<Runnable> jobs = new LinkedBlockingQueue<>(MAX_WAITING_JOBS);
    private final AtomicBoolean ending = new AtomicBoolean();
    private final Thread thread;
    private final Consumer<RuntimeException> onBug;
    private Optional<Activity> activity = Optional.empty();
    private volatile Runnable interrupt = () -> {};

    /** Something that goes on between jobs. Only the machine's thread calls it. */
    public interface Activity {
        /** Goes on for about a millisecond; false when it is over. */
        boolean advance();
    }

    /**
     * @param onBug told, on the machine's thread, when an activity fails because of our own mistake
     */
    public MachineThread(String name, Consumer<RuntimeException> onBug) {
        this.onBug = onBug;
        this.thread = new Thread(this::loop, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /**
     * Any thread: runs {@code job} at the next safe point.
     *
     * @return false when the session is over or the queue is full
     */
    public boolean submit(Runnable job) {
        return !ending.get() && jobs.offer(job);
    }

    /** Any thread: false when nothing is done any more. */
    public boolean isAlive() {
        return !ending.get() && thread.isAlive();
    }

    /** Any thread: ends a long search or slice at its next safe point. */
    public void interrupt() {
        interrupt.run();
    }

    /** Machine's thread: what ends a long search or slice early. Must be callable anywhere. */
    public void interruptWith(Runnable action) {
        interrupt = action;
    }

    /** Machine's thread: goes on with {@code next} after the present job. */
    public void start(Activity next) {
        activity = Optional.of(next);
    }

    /** Machine's thread: gives the activity up where it is. */
    public void stopActivity() {
        activity = Optional.empty();
    }

    /** True when jobs are waiting: an activity should come to an end of its slice. */
    public boolean hasWork() {
        return !jobs.isEmpty() || ending.get();
    }

    /** Any thread: completes when all that waits now is done, or when that takes too long. */
    public CompletableFuture<Void> settled() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (!submit(() -> done.complete(null))) {
            done.complete(null);
        }
        return done.completeOnTimeout(null, END_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    /** Any thread but the machine's: ends the thread at its next safe point and waits for it. */
    public void end() {
        ending.set(true);
        interrupt.run();
        thread.interrupt();
        try {
            thread.join(END_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.severe("the machine did not reach a safe point in " + END_TIMEOUT_MS + " ms");
        }
    }

    private void loop() {
        while (!ending.get()) {
            Runnable job;
            try {
                job = activity.isPresent() ? jobs.poll() : jobs.take();
            } catch (InterruptedException e) {
                continue; // end() interrupts; anything else is spurious.
            }
            if (job != null) {
                job.run();
            } else {
                activity.ifPresent(this::advance);
            }
        }
    }

    private void advance(Activity current) {
        boolean[] goesOn = new boolean[1];
        Optional<RuntimeException> bug =
                FrontDoor.attempt("running the firmware", () -> goesOn[0] = current.advance());
        if (!goesOn[0] && activity.filter(a -> a == current).isPresent()) {
            activity = Optional.empty();
        }
        bug.ifPresent(onBug);
    }
}
