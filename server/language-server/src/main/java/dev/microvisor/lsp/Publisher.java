package dev.microvisor.lsp;

import dev.microvisor.analysis.Problem;
import dev.microvisor.lsp.diagnostics.Diagnoser;
import dev.microvisor.lsp.diagnostics.DiagnosticWriter;
import dev.microvisor.lsp.diagnostics.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.services.LanguageClient;

/**
 * Tells the client about new snapshots: pushes the diagnostics, or, where the client pulls them,
 * asks it to pull again when they became other ones. Problems are logged, each once; those of
 * settings and databases are shown there, too.
 */
final class Publisher implements Diagnoser.Listener {
    /** Distinct problems that are remembered as said. */
    private static final int MAX_REMEMBERED = 1000;

    private static final Logger LOG = Logger.getLogger(Publisher.class.getName());

    private final DiagnosticWriter writer;
    private final ServerLog log;
    private final SetupDiagnostics setup;
    private final Map<String, List<Diagnostic>> last = new ConcurrentHashMap<>();
    private final Set<Problem> said = ConcurrentHashMap.newKeySet();
    private volatile LanguageClient client;
    private volatile boolean push = true;
    private volatile boolean refresh;

    Publisher(DiagnosticWriter writer, ServerLog log, SetupDiagnostics setup) {
        this.writer = writer;
        this.log = log;
        this.setup = setup;
    }

    void connect(LanguageClient newClient) {
        client = newClient;
    }

    void setPush(boolean push) {
        this.push = push;
    }

    void setRefresh(boolean refresh) {
        this.refresh = refresh;
    }

    @Override
    public void updated(Snapshot snapshot) {
        String uri = snapshot.document().uri();
        if (snapshot.complete()) {
            // What a quick look stumbles over is mostly a line that is being typed.
            say(snapshot.problems());
            setup.met(uri, snapshot.problems()).forEach(client::publishDiagnostics);
        }
        List<Diagnostic> diagnostics = writer.write(snapshot);
        List<Diagnostic> before = last.put(uri, diagnostics);
        if (push) {
            client.publishDiagnostics(
                    new PublishDiagnosticsParams(uri, diagnostics, snapshot.document().version()));
        } else if (refresh && snapshot.complete() && !diagnostics.equals(before)) {
            client.refreshDiagnostics();
        }
    }

    @Override
    public void closed(String uri) {
        last.remove(uri);
        setup.met(uri, List.of()).forEach(client::publishDiagnostics);
        if (push) {
            client.publishDiagnostics(new PublishDiagnosticsParams(uri, List.of()));
        }
    }

    private void say(List<Problem> problems) {
        for (Problem problem : problems) {
            if (said.size() < MAX_REMEMBERED && said.add(problem)) {
                LOG.info(() -> log.line(problem));
            }
        }
    }
}
