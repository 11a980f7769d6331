package dev.microvisor.dap.request;

/**
 * Answers one kind of request, on the machine's thread.
 *
 * @param <A> its arguments
 * @param <R> its answer
 */
public interface Handler<A, R> {
    /**
     * @throws dev.microvisor.dap.session.RequestFailed when it cannot be done; the message is shown
     */
    R handle(A arguments);
}
