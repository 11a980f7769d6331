package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Incoming;
import dev.microvisor.dap.session.MachineThread;
import org.eclipse.lsp4j.debug.CancelArguments;

/**
 * {@code cancel}: a request that still waits is answered as cancelled; a search that shows progress
 * ends at its next safe point. Runs on the thread that reads messages, because the machine's thread
 * is what is busy.
 */
public final class Cancel implements Handler<CancelArguments, Void> {
    private final Incoming incoming;
    private final MachineThread machine;

    public Cancel(Incoming incoming, MachineThread machine) {
        this.incoming = incoming;
        this.machine = machine;
    }

    @Override
    public Void handle(CancelArguments arguments) {
        if (arguments.getRequestId() != null) {
            incoming.cancel(String.valueOf(arguments.getRequestId()));
        }
        if (arguments.getProgressId() != null) {
            machine.interrupt();
        }
        return null;
    }
}
