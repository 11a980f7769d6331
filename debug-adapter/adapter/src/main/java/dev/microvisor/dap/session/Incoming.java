package dev.microvisor.dap.session;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.messages.Message;

/**
 * Passes a message on and only then lets the machine's thread have the job that it led to.
 *
 * <p>LSP4J sends an answer when the future that a request gave is complete, on the thread that
 * completes it, but only once it has seen that future. Held back until then, a job always sends its
 * answer itself, so an answer and the events that follow it keep their order. Belongs to the thread
 * that reads messages.
 */
public final class Incoming {
    private final MachineThread machineThread;
    private final List<Job> held = new ArrayList<>();

    private record Job(Runnable work, Runnable refused) {}

    public Incoming(MachineThread machineThread) {
        this.machineThread = machineThread;
    }

    /** Gives a job to the machine's thread after the message at hand; tells when it is refused. */
    public void hold(Runnable job, Runnable refused) {
        held.add(new Job(job, refused));
    }

    public MessageConsumer before(MessageConsumer next) {
        return message -> consume(next, message);
    }

    private void consume(MessageConsumer next, Message message) {
        next.consume(message);
        List<Job> ready = List.copyOf(held);
        held.clear();
        for (Job job : ready) {
            if (!machineThread.submit(job.work())) {
                job.refused().run();
            }
        }
    }
}
