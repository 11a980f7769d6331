package dev.microvisor.lsp.diagnostics;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs work later, and tells the time. Tests put a clock of their own here. */
public interface Scheduler {
    /** Runs {@code work} after a while, on some thread. */
    Task after(long delayMs, Runnable work);

    /** Time since some fixed moment. */
    long nowMs();

    /** Work that is waiting. */
    interface Task {
        /** Takes the work back if it has not begun. */
        void cancel();
    }

    /** The real one. Its threads end with the process. */
    static Scheduler ofThreads(int threads) {
        ScheduledExecutorService executor =
                Executors.newScheduledThreadPool(
                        threads,
                        work -> {
                            Thread thread = new Thread(work, "microvisor-analysis");
                            thread.setDaemon(true);
                            return thread;
                        });
        return new Scheduler() {
            @Override
            public Task after(long delayMs, Runnable work) {
                ScheduledFuture<?> future = executor.schedule(work, delayMs, TimeUnit.MILLISECONDS);
                return () -> future.cancel(false);
            }

            @Override
            public long nowMs() {
                return System.nanoTime() / 1_000_000;
            }
        };
    }
}
