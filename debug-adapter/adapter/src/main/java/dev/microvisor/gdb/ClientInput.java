package dev.microvisor.gdb;

import dev.microvisor.gdb.PacketStream.Command;
import dev.microvisor.gdb.PacketStream.Input;
import dev.microvisor.gdb.PacketStream.Interrupt;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.logging.Logger;

/**
 * Reads the connection on a thread of its own, so that a Control-C, or the client's going away,
 * reaches a running machine at once.
 */
final class ClientInput {
    /** Packets that may wait; a client sends the next one after the answer, so few ever do. */
    private static final int QUEUE_LIMIT = 64;

    private static final Logger LOG = Logger.getLogger(ClientInput.class.getName());

    private final PacketStream packets;
    private final Runnable pause;
    private final BlockingQueue<Optional<Input>> queue = new ArrayBlockingQueue<>(QUEUE_LIMIT);
    private boolean running;
    private boolean interrupted;

    ClientInput(PacketStream packets, Runnable pause) {
        this.packets = packets;
        this.pause = pause;
    }

    void start() {
        Thread reader = new Thread(this::read, "gdb-client");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        boolean open = true;
        while (open) {
            try {
                Optional<Input> next = packets.receive();
                open = next.isPresent();
                if (!open || next.get() instanceof Interrupt) {
                    interrupt();
                }
                if (!open || next.get() instanceof Command) {
                    queue.put(next);
                }
            } catch (IOException e) {
                LOG.fine(() -> "gdb connection ended: " + e.getMessage());
                open = false;
                interrupt();
                queue.clear();
                queue.add(Optional.empty());
            } catch (InterruptedException e) {
                open = false;
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The next command; empty when the client has gone. */
    Optional<Input> take() {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Says that the machine is about to run, or has stopped. */
    synchronized void running(boolean on) {
        running = on;
        if (on && interrupted) {
            pause.run();
        }
        interrupted = false;
    }

    /** An interrupt that comes just before the machine starts still counts. */
    private synchronized void interrupt() {
        if (running) {
            pause.run();
        } else {
            interrupted = true;
        }
    }
}
