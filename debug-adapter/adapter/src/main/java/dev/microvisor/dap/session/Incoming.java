package dev.microvisor.dap.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;

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

    /** How to answer each waiting request as cancelled, by its number. */
    private final Map<String, Runnable> waiting = new ConcurrentHashMap<>();

    private String current = "";

    private record Job(Runnable work, Runnable refused) {}

    public Incoming(MachineThread machineThread) {
        this.machineThread = machineThread;
    }

    /**
     * Gives a job to the machine's thread after the message at hand.
     *
     * @param refused called when it cannot be done at all
     * @param cancelled called when the client changes its mind before it begins
     */
    public void hold(Runnable job, Runnable refused, Runnable cancelled) {
        String request = current;
        waiting.put(request, cancelled);
        held.add(
                new Job(
                        () -> {
                            waiting.remove(request);
                            job.run();
                        },
                        refused));
    }

    /** Answers a request as cancelled, when its work has not begun yet. */
    public void cancel(String request) {
        Runnable cancelled = waiting.remove(request);
        if (cancelled != null) {
            cancelled.run();
        }
    }

    public MessageConsumer before(MessageConsumer next) {
        return message -> consume(next, message);
    }

    private void consume(MessageConsumer next, Message message) {
        current = message instanceof RequestMessage request ? request.getId() : "";
        next.consume(message);
        List<Job> ready = List.copyOf(held);
        held.clear();
        for (Job job : ready) {
            if (!machineThread.submit(job.work())) {
                waiting.remove(current);
                job.refused().run();
            }
        }
    }
}
