package dev.microvisor.dap;

import dev.microvisor.dap.firmware.TargetLoader;
import dev.microvisor.dap.session.ClientEvents;
import dev.microvisor.dap.session.Incoming;
import dev.microvisor.dap.session.LeftFirmware;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.shared.GdbBeside;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.debug.services.IDebugProtocolClient;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.debug.DebugLauncher;

/** Serves one client after the other over streams. */
public final class DebugAdapter {
    private static final Logger LOG = Logger.getLogger(DebugAdapter.class.getName());

    private final TargetLoader.BoardMaker boards;
    private final Map<String, Object> given;
    private final Optional<LeftFirmware> left;

    public DebugAdapter(TargetLoader.BoardMaker boards) {
        this(boards, Map.of(), Optional.empty());
    }

    /**
     * @param given launch attributes that clients need not, and cannot, give
     * @param left where firmware waits between two clients, when there may be another
     */
    public DebugAdapter(
            TargetLoader.BoardMaker boards,
            Map<String, Object> given,
            Optional<LeftFirmware> left) {
        this.boards = boards;
        this.given = Map.copyOf(given);
        this.left = left;
    }

    /** Serves one client; returns when it has disconnected or its stream has ended. */
    public void serve(InputStream in, OutputStream out) {
        serve(in, out, Optional.empty());
    }

    /** The same, with gdb beside the client. */
    public void serve(InputStream in, OutputStream out, Optional<GdbBeside> gdb) {
        Session session = new Session("microvisor machine", boards, given, left);
        gdb.ifPresent(beside -> session.whenBegun(beside::join));
        Incoming incoming = new Incoming(session.machineThread());
        DebugServer server = new DebugServer(session, incoming);
        ExecutorService reader =
                Executors.newSingleThreadExecutor(
                        work -> {
                            Thread thread = new Thread(work, "microvisor requests");
                            thread.setDaemon(true);
                            return thread;
                        });
        try {
            Launcher<IDebugProtocolClient> launcher =
                    new DebugLauncher.Builder<IDebugProtocolClient>()
                            .setLocalService(server)
                            .setRemoteInterface(IDebugProtocolClient.class)
                            .setInput(in)
                            .setOutput(out)
                            .setExecutorService(reader)
                            .setExceptionHandler(DebugServer::errorOf)
                            .wrapMessages(
                                    next ->
                                            next instanceof RemoteEndpoint
                                                    ? incoming.before(next)
                                                    : next)
                            .create();
            session.connect(new ClientEvents(launcher.getRemoteProxy()));
            Future<Void> listening = launcher.startListening();
            // The reader is one thread, so this runs when it has nothing more to read.
            // What was asked before the stream ended is still answered.
            CompletableFuture<Void> ended =
                    CompletableFuture.runAsync(session.machineThread()::interrupt, reader)
                            .thenCompose(nothing -> session.machineThread().settled());
            CompletableFuture.anyOf(ended, server.disconnected()).get();
            if (listening.isDone()) {
                listening.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.log(Level.WARNING, e, () -> "the connection broke");
        } finally {
            session.machineThread().end();
            gdb.ifPresent(GdbBeside::close);
            reader.shutdownNow();
        }
    }
}
