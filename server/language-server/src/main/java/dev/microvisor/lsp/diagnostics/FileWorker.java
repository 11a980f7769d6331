package dev.microvisor.lsp.diagnostics;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintRequest.Depth;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.lsp.document.Document;
import dev.microvisor.lsp.document.LineChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The one worker of one open document. A quick look follows each pause in typing, a full look
 * follows when it is idle or saved; a newer edit cancels both.
 *
 * <p>All state is guarded by the worker's own lock, which is never held while analysing.
 */
final class FileWorker {
    private static final long QUICK_MIN_MS = 30;
    private static final long QUICK_MAX_MS = 300;
    private static final long FULL_MIN_MS = 80;
    private static final long FULL_MAX_MS = 500;

    /** The analysis of one document, as the worker sees it. */
    @FunctionalInterface
    interface Look {
        LintResult at(Document document, Depth depth, Cancellation cancel);
    }

    private final Scheduler scheduler;
    private final Look look;
    private final Consumer<Snapshot> publish;
    private final AdaptiveDelay quickDelay = new AdaptiveDelay(QUICK_MIN_MS, QUICK_MAX_MS, 1);
    private final AdaptiveDelay fullDelay = new AdaptiveDelay(FULL_MIN_MS, FULL_MAX_MS, 1);
    private final KnownFindings known = new KnownFindings();
    private final List<CompletableFuture<Snapshot>> waiting = new ArrayList<>();

    private Document document;
    private Snapshot latest;
    private Scheduler.Task next = () -> {};
    private Cancellation running;
    private Depth afterRunning;
    private boolean closed;

    FileWorker(Scheduler scheduler, Document document, Look look, Consumer<Snapshot> publish) {
        this.scheduler = scheduler;
        this.document = document;
        this.look = look;
        this.publish = publish;
    }

    synchronized void opened() {
        schedule(Depth.QUICK, 0);
    }

    synchronized void changed(Document newer, List<LineChange> lines) {
        document = newer;
        known.edited(lines);
        stopRunning();
        schedule(Depth.QUICK, quickDelay.delayMs());
    }

    /** The document was saved, or something else that matters changed. */
    synchronized void lookAgain() {
        stopRunning();
        schedule(Depth.FULL, 0);
    }

    synchronized void close() {
        closed = true;
        stopRunning();
        next.cancel();
        waiting.forEach(future -> future.cancel(false));
        waiting.clear();
    }

    /** What is known of the present text, now or as soon as it is. */
    synchronized CompletableFuture<Snapshot> current(boolean completeOnly) {
        if (latest != null
                && latest.document().equals(document)
                && (latest.complete() || !completeOnly)) {
            return CompletableFuture.completedFuture(latest);
        }
        CompletableFuture<Snapshot> future = new CompletableFuture<>();
        if (closed) {
            future.cancel(false);
            return future;
        }
        waiting.add(future);
        return completeOnly
                ? future.thenCompose(s -> s.complete() ? done(s) : current(true))
                : future;
    }

    private static CompletableFuture<Snapshot> done(Snapshot snapshot) {
        return CompletableFuture.completedFuture(snapshot);
    }

    private void stopRunning() {
        if (running != null) {
            running.cancel();
        }
    }

    private void schedule(Depth depth, long delayMs) {
        next.cancel();
        next = scheduler.after(delayMs, () -> run(depth));
    }

    private void run(Depth depth) {
        Cancellation cancel = new Cancellation();
        Document text;
        synchronized (this) {
            if (closed) {
                return;
            }
            if (running != null) {
                // The cancelled analysis is still on its way out; it starts this one when it ends.
                afterRunning = depth;
                return;
            }
            running = cancel;
            text = document;
        }
        long start = scheduler.nowMs();
        LintResult result = null;
        try {
            result = look.at(text, depth, cancel);
        } catch (CancellationException e) {
            // Asked for by a newer edit, which has scheduled its own work.
            result = null;
        } finally {
            finished(depth, text, result, cancel, scheduler.nowMs() - start);
        }
    }

    private void finished(
            Depth depth, Document text, LintResult result, Cancellation cancel, long tookMs) {
        Snapshot snapshot = null;
        List<CompletableFuture<Snapshot>> answered = List.of();
        synchronized (this) {
            running = null;
            if (afterRunning != null) {
                Depth then = afterRunning;
                afterRunning = null;
                schedule(then, 0);
            } else if (result != null && !cancel.isCancelled() && !closed) {
                (depth == Depth.QUICK ? quickDelay : fullDelay).took(tookMs);
                snapshot = snapshot(depth, text, result);
                latest = snapshot;
                answered = List.copyOf(waiting);
                waiting.clear();
                if (depth == Depth.QUICK) {
                    schedule(Depth.FULL, fullDelay.delayMs());
                }
            }
        }
        if (snapshot != null) {
            publish.accept(snapshot);
            Snapshot answer = snapshot;
            answered.forEach(future -> future.complete(answer));
        }
    }

    private Snapshot snapshot(Depth depth, Document text, LintResult result) {
        Path file = text.path().orElseThrow();
        List<Finding> own =
                result.findings().stream().filter(f -> f.range().file().equals(file)).toList();
        boolean full = depth == Depth.FULL;
        return new Snapshot(
                text, full ? known.full(own) : known.quick(own), result.problems(), full);
    }
}
