package dev.microvisor.lsp.diagnostics;

import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintRequest.Depth;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Problem;
import dev.microvisor.lsp.Guard;
import dev.microvisor.lsp.Preferences;
import dev.microvisor.lsp.document.Document;
import dev.microvisor.lsp.document.Documents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the diagnostics of all open documents up to date. */
public final class Diagnoser {
    /** A larger text was generated; analysing it at each keystroke would only heat the room. */
    public static final int MAX_CHARACTERS = 4 << 20;

    private static final Logger LOG = Logger.getLogger(Diagnoser.class.getName());

    private final Analysis analysis;
    private final Scheduler scheduler;
    private final Documents documents;
    private final Preferences preferences;
    private final ProgramFiles program;
    private final Listener listener;
    private final Map<String, FileWorker> workers = new ConcurrentHashMap<>();

    /** Hears of every new snapshot, and of documents that closed. */
    public interface Listener {
        void updated(Snapshot snapshot);

        void closed(String uri);
    }

    public Diagnoser(
            Analysis analysis,
            Scheduler scheduler,
            Documents documents,
            Preferences preferences,
            ProgramFiles program,
            Listener listener) {
        this.analysis = analysis;
        this.scheduler = scheduler;
        this.documents = documents;
        this.preferences = preferences;
        this.program = program;
        this.listener = listener;
    }

    public void opened(Document document) {
        if (document.path().isEmpty()) {
            LOG.fine(() -> document.uri() + " has no place on disk: not analysed");
            return;
        }
        if (isTooLarge(document)) {
            LOG.warning(() -> document.uri() + " is too large to be analysed while it is edited");
            return;
        }
        FileWorker worker = new FileWorker(scheduler, document, this::look, listener::updated);
        FileWorker before = workers.put(document.uri(), worker);
        if (before != null) {
            before.close();
        }
        worker.opened();
    }

    private static boolean isTooLarge(Document document) {
        return document.text().content().length() > MAX_CHARACTERS;
    }

    public void changed(Documents.Changed changed) {
        FileWorker worker = workers.get(changed.document().uri());
        if (worker != null && isTooLarge(changed.document())) {
            closed(changed.document().uri());
        } else if (worker != null) {
            worker.changed(changed.document(), changed.lines());
        }
    }

    /** What one file says may change what another one means, so all are looked at again. */
    public void saved() {
        workers.values().forEach(FileWorker::lookAgain);
    }

    public void closed(String uri) {
        FileWorker worker = workers.remove(uri);
        if (worker != null) {
            worker.close();
            listener.closed(uri);
        }
    }

    /** What is known of a document's present text; empty when it is not analysed. */
    public Optional<CompletableFuture<Snapshot>> current(String uri, boolean completeOnly) {
        return Optional.ofNullable(workers.get(uri)).map(w -> w.current(completeOnly));
    }

    private LintResult look(Document document, Depth depth, Cancellation cancel) {
        Path file = document.path().orElseThrow();
        if (preferences.excludes(file)) {
            return new LintResult(List.of(), List.of(), preferences.problems());
        }
        LintRequest request =
                new LintRequest(
                        List.of(file),
                        preferences.database(file),
                        documents.overlays(),
                        depth,
                        1,
                        other -> false,
                        preferences.wrappers(file),
                        program.around(file));
        LintResult raw =
                Guard.call(
                        "analysis of " + document.uri(),
                        () -> analysis.lint(request, cancel),
                        () -> failed(file));
        LOG.log(Level.FINE, () -> depth + " look at " + document.uri());
        List<Problem> problems = new ArrayList<>(raw.problems());
        problems.addAll(preferences.problems());
        return new LintResult(raw.files(), preferences.choose(raw.findings(), file), problems);
    }

    private static LintResult failed(Path file) {
        Problem problem =
                new Problem(
                        file,
                        Optional.empty(),
                        "could not be analysed because of a bug of microvisor",
                        "see the server's log",
                        true);
        return new LintResult(List.of(file), List.of(), List.of(problem));
    }
}
