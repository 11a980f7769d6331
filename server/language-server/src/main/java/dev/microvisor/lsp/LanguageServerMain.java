package dev.microvisor.lsp;

import dev.microvisor.analysis.Linter;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.lsp.diagnostics.Analysis;
import dev.microvisor.lsp.diagnostics.Scheduler;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.services.LanguageClient;

/** Runs the language server on two streams until the client leaves. */
public final class LanguageServerMain {
    private static final Logger LOG = Logger.getLogger(LanguageServerMain.class.getName());

    /** Threads that analyse: one for the file in front, one for the others. */
    private static final int ANALYSIS_THREADS = 2;

    private LanguageServerMain() {}

    private static void await(Future<Void> listening) {
        try {
            listening.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    /**
     * Serves one client. Returns when it said exit or closed the stream, with the exit code that
     * the protocol wants: 0 after a shutdown request, else 1.
     */
    public static int run(InputStream in, OutputStream out, String version) {
        Linter linter = Linter.remembering(Catalog.bundled());
        return run(in, out, version, linter::lint, Scheduler.ofThreads(ANALYSIS_THREADS));
    }

    static int run(
            InputStream in,
            OutputStream out,
            String version,
            Analysis analysis,
            Scheduler scheduler) {
        MicrovisorServer server =
                new MicrovisorServer(Catalog.bundled(), analysis, scheduler, version);
        ExecutorService reader =
                Executors.newCachedThreadPool(
                        work -> {
                            Thread thread = new Thread(work, "microvisor-protocol");
                            thread.setDaemon(true);
                            return thread;
                        });
        Launcher<LanguageClient> launcher =
                new ServerLauncher()
                        .setLocalService(server)
                        .setInput(in)
                        .setOutput(out)
                        .setExecutorService(reader)
                        .create();
        server.connect(launcher.getRemoteProxy());
        Future<Void> listening = launcher.startListening();
        // The library's own executor would live on for a minute after the client is gone.
        CompletableFuture<Void> streamEnd =
                CompletableFuture.runAsync(() -> await(listening), reader);
        try {
            CompletableFuture.anyOf(streamEnd, server.exited()).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.log(Level.SEVERE, e, () -> "the protocol stream broke");
        } finally {
            server.close();
            reader.shutdownNow();
        }
        return server.exitCode();
    }
}
