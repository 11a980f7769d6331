package dev.microvisor.analysis;

/** Asked between units of work; throws {@link java.util.concurrent.CancellationException}. */
@FunctionalInterface
public interface CancelToken {
    CancelToken NEVER = () -> {};

    void throwIfCancelled();
}
