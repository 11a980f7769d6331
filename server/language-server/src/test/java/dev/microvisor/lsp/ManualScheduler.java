package dev.microvisor.lsp;

import dev.microvisor.lsp.diagnostics.Scheduler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock that moves only when a test says so. Work runs on the test's thread. */
final class ManualScheduler implements Scheduler {
    private final List<Waiting> waiting = new ArrayList<>();
    private long nowMs;
    private long sequence;

    private record Waiting(long dueMs, long sequence, Runnable work) {}

    @Override
    public synchronized Task after(long delayMs, Runnable work) {
        Waiting entry = new Waiting(nowMs + delayMs, sequence++, work);
        waiting.add(entry);
        return () -> remove(entry);
    }

    private synchronized void remove(Waiting entry) {
        waiting.remove(entry);
    }

    @Override
    public synchronized long nowMs() {
        return nowMs;
    }

    /** Lets time pass and runs what comes due. */
    void advance(long byMs) {
        long endMs = nowMs() + byMs;
        for (Optional<Waiting> next = due(endMs); next.isPresent(); next = due(endMs)) {
            next.get().work().run();
        }
        synchronized (this) {
            nowMs = endMs;
        }
    }

    private synchronized Optional<Waiting> due(long endMs) {
        Optional<Waiting> next =
                waiting.stream()
                        .filter(w -> w.dueMs() <= endMs)
                        .min(
                                Comparator.comparingLong(Waiting::dueMs)
                                        .thenComparingLong(Waiting::sequence));
        next.ifPresent(
                w -> {
                    waiting.remove(w);
                    nowMs = Math.max(nowMs, w.dueMs());
                });
        return next;
    }
}
