package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Session;
import java.util.Optional;
import org.eclipse.lsp4j.debug.DisconnectArguments;

/**
 * {@code disconnect}: the client goes. Firmware ends with its client, unless the client asks for
 * {@code suspendDebuggee} and another one can attach to it.
 */
public final class Disconnect implements Handler<DisconnectArguments, Void> {
    private final Session session;
    private final Runnable afterwards;

    /**
     * @param afterwards what ends the connection, once the answer has gone out
     */
    public Disconnect(Session session, Runnable afterwards) {
        this.session = session;
        this.afterwards = afterwards;
    }

    @Override
    public Void handle(DisconnectArguments arguments) {
        session.machineThread().stopActivity();
        boolean stay =
                arguments != null
                        && Boolean.TRUE.equals(arguments.getSuspendDebuggee())
                        && !Boolean.TRUE.equals(arguments.getTerminateDebuggee());
        if (stay && !session.leave()) {
            session.client()
                    .output(
                            "important",
                            "the firmware ends here: only that of 'microvisor run --debug PORT'"
                                    + " without --gdb waits for another client",
                            Optional.empty());
        }
        session.afterResponse(afterwards);
        return null;
    }
}
