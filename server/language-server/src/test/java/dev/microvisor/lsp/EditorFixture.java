package dev.microvisor.lsp;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.lsp.diagnostics.Analysis;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.ConfigurationParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;

/** An editor that talks to the server over pipes, in this process, with a clock made by hand. */
final class EditorFixture implements LanguageClient, AutoCloseable {
    /** Only reached when the server hangs. */
    private static final long PATIENCE_SECONDS = 30;

    final ManualScheduler clock = new ManualScheduler();
    final Map<String, PublishDiagnosticsParams> published = new ConcurrentHashMap<>();
    final List<String> log = new CopyOnWriteArrayList<>();
    final List<RegistrationParams> registered = new CopyOnWriteArrayList<>();
    final List<LintRequest> requests = new CopyOnWriteArrayList<>();
    final CompletableFuture<Integer> exitCode;
    volatile int refreshes;
    volatile int lensRefreshes;
    volatile int hintRefreshes;

    /** Answers {@code workspace/configuration}: the section's JSON by folder, "" for no folder. */
    volatile Function<String, Object> configuration = scope -> null;

    /** Whether this editor answers with null instead of a list. */
    volatile boolean answersNull;

    LanguageServer server;

    private final PipedOutputStream toServer = new PipedOutputStream();

    EditorFixture() {
        this(EditorFixture::findBad);
    }

    EditorFixture(Analysis analysis) {
        try {
            PipedInputStream serverIn = new PipedInputStream(toServer, 1 << 16);
            PipedInputStream fromServer = new PipedInputStream(1 << 16);
            PipedOutputStream serverOut = new PipedOutputStream(fromServer);
            exitCode =
                    CompletableFuture.supplyAsync(
                            () ->
                                    LanguageServerMain.run(
                                            serverIn,
                                            serverOut,
                                            "test",
                                            (request, cancel) -> {
                                                requests.add(request);
                                                return analysis.lint(request, cancel);
                                            },
                                            clock));
            Launcher<LanguageServer> launcher =
                    LSPLauncher.createClientLauncher(this, fromServer, toServer);
            server = launcher.getRemoteProxy();
            launcher.startListening();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InitializeResult initialize(ClientCapabilities capabilities) {
        return initialize(capabilities, List.of());
    }

    InitializeResult initialize(ClientCapabilities capabilities, List<Path> folders) {
        InitializeParams params = new InitializeParams();
        params.setWorkspaceFolders(
                folders.stream().map(f -> new WorkspaceFolder(uri(f), "folder")).toList());
        params.setCapabilities(capabilities);
        InitializeResult result = get(server.initialize(params));
        server.initialized(new InitializedParams());
        // The server asks for the settings, then it reads the answer.
        sync();
        sync();
        return result;
    }

    void open(Path file, String text) {
        server.getTextDocumentService()
                .didOpen(
                        new DidOpenTextDocumentParams(
                                new TextDocumentItem(uri(file), "c", 1, text)));
        sync();
    }

    void replace(Path file, int version, String text) {
        change(file, version, new TextDocumentContentChangeEvent(text));
    }

    void edit(Path file, int version, Range range, String text) {
        change(file, version, new TextDocumentContentChangeEvent(range, text));
    }

    private void change(Path file, int version, TextDocumentContentChangeEvent event) {
        server.getTextDocumentService()
                .didChange(
                        new DidChangeTextDocumentParams(
                                new VersionedTextDocumentIdentifier(uri(file), version),
                                List.of(event)));
        sync();
    }

    void save(Path file) {
        server.getTextDocumentService()
                .didSave(new DidSaveTextDocumentParams(new TextDocumentIdentifier(uri(file))));
        sync();
    }

    void closeDocument(Path file) {
        server.getTextDocumentService()
                .didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(uri(file))));
        sync();
    }

    /**
     * Waits until the server has read what was sent before, and this editor what the server sent:
     * both sides keep the order of messages.
     */
    void sync() {
        get(
                server.getTextDocumentService()
                        .hover(
                                new HoverParams(
                                        new TextDocumentIdentifier("none:"), new Position(0, 0))));
    }

    /** Lets time pass until both looks are done, and hears the result. */
    void idle() {
        clock.advance(10_000);
        sync();
    }

    List<Diagnostic> diagnostics(Path file) {
        PublishDiagnosticsParams params = published.get(uri(file));
        return params == null ? null : params.getDiagnostics();
    }

    static String uri(Path file) {
        return file.toUri().toString();
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Finds every {@code BAD} in the main file, and every {@code DEEP} when it looks at all. */
    static LintResult findBad(LintRequest request, dev.microvisor.analysis.CancelToken cancel) {
        cancel.throwIfCancelled();
        List<Finding> findings = new ArrayList<>();
        for (Path file : request.paths()) {
            List<String> lines = request.overlays().getOrDefault(file, "").lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                find(file, i, lines.get(i), "BAD", findings);
                if (request.depth() == LintRequest.Depth.FULL) {
                    find(file, i, lines.get(i), "DEEP", findings);
                }
            }
        }
        return new LintResult(request.paths(), findings, List.of());
    }

    private static void find(Path file, int line, String text, String word, List<Finding> into) {
        int at = text.indexOf(word);
        if (at >= 0) {
            SourceRange range = new SourceRange(file, line, at, line, at + word.length());
            into.add(
                    new Finding(
                            "buffer-alignment",
                            Severity.ERROR,
                            range,
                            "main",
                            "'" + word + "' is bad",
                            "",
                            "write GOOD",
                            List.of(),
                            List.of(
                                    new Fix(
                                            "Write GOOD",
                                            true,
                                            List.of(new TextEdit(range, "GOOD"))))));
        }
    }

    /** Breaks the connection as a crashed editor does. */
    void hangUp() {
        try {
            toServer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        hangUp();
        get(exitCode);
    }

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
        published.put(diagnostics.getUri(), diagnostics);
    }

    @Override
    public void logMessage(MessageParams message) {
        log.add(message.getMessage());
    }

    @Override
    public void showMessage(MessageParams message) {
        log.add(message.getMessage());
    }

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(
            ShowMessageRequestParams request) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void telemetryEvent(Object object) {}

    @Override
    public CompletableFuture<Void> registerCapability(RegistrationParams params) {
        registered.add(params);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<Object>> configuration(ConfigurationParams params) {
        return CompletableFuture.completedFuture(
                answersNull
                        ? null
                        : params.getItems().stream()
                                .map(i -> Objects.requireNonNullElse(i.getScopeUri(), ""))
                                .map(configuration)
                                .collect(Collectors.toList()));
    }

    @Override
    public CompletableFuture<Void> refreshCodeLenses() {
        lensRefreshes++;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> refreshInlayHints() {
        hintRefreshes++;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> refreshDiagnostics() {
        refreshes++;
        return CompletableFuture.completedFuture(null);
    }
}
