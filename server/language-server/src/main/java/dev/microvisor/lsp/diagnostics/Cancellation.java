package dev.microvisor.lsp.diagnostics;

import dev.microvisor.analysis.CancelToken;
import java.util.concurrent.CancellationException;

/** Stops a running analysis from another thread. */
final class Cancellation implements CancelToken {
    private volatile boolean cancelled;

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void throwIfCancelled() {
        if (cancelled) {
            throw new CancellationException("a newer edit makes this analysis useless");
        }
    }
}
