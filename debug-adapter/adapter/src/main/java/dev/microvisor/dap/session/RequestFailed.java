package dev.microvisor.dap.session;

/** A request that cannot be done, with the sentence that the person at the client should read. */
public final class RequestFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RequestFailed(String message) {
        super(message);
    }

    /**
     * The answer that clients know for a request that needs a stopped machine: memory and RTOS
     * views look for this very word.
     */
    public static RequestFailed notStopped() {
        return new RequestFailed("notStopped");
    }
}
