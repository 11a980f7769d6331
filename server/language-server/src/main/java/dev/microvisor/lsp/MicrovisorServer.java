package dev.microvisor.lsp;

import dev.microvisor.analysis.rules.Rules;
import dev.microvisor.analysis.settings.Settings;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.lsp.diagnostics.Analysis;
import dev.microvisor.lsp.diagnostics.Diagnoser;
import dev.microvisor.lsp.diagnostics.DiagnosticWriter;
import dev.microvisor.lsp.diagnostics.ProgramFiles;
import dev.microvisor.lsp.diagnostics.RulePageFiles;
import dev.microvisor.lsp.diagnostics.Scheduler;
import dev.microvisor.lsp.document.Document;
import dev.microvisor.lsp.document.Documents;
import dev.microvisor.lsp.document.Places;
import dev.microvisor.lsp.document.PositionEncoding;
import dev.microvisor.lsp.requests.CodeActionRequest;
import dev.microvisor.lsp.requests.CodeLensRequest;
import dev.microvisor.lsp.requests.CompletionRequest;
import dev.microvisor.lsp.requests.DiagnosticRequest;
import dev.microvisor.lsp.requests.HoverRequest;
import dev.microvisor.lsp.requests.InlayHintRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;

/** The server side of one session: makes the parts and knows which of them the client can use. */
final class MicrovisorServer implements LanguageServer {
    private final String version;
    private final ServerLog log = new ServerLog();
    private final Documents documents = new Documents();
    private final Folders folders = new Folders();
    private final Preferences preferences = new Preferences(ruleIds(), folders);
    private final DiagnosticWriter writer;
    private final Publisher publisher;
    private final CompletionRequest completion;
    private final DocumentService documentService;
    private final ProjectService projectService;
    private final CompletableFuture<Void> exited = new CompletableFuture<>();
    private volatile LanguageClient client;
    private volatile ClientFeatures features = ClientFeatures.NONE;
    private volatile boolean shutDown;

    MicrovisorServer(Catalog catalog, Analysis analysis, Scheduler scheduler, String version) {
        this.version = version;
        Places places = new Places(documents);
        writer =
                new DiagnosticWriter(
                        places,
                        new RulePageFiles(RulePageFiles.cacheFolder(System.getenv(), version)));
        publisher = new Publisher(writer, log, new SetupDiagnostics(documents));
        ProgramFiles program = new ProgramFiles(preferences, folders);
        Diagnoser diagnoser =
                new Diagnoser(analysis, scheduler, documents, preferences, program, publisher);
        DiagnosticRequest pull = new DiagnosticRequest(diagnoser, writer);
        completion = new CompletionRequest(documents, places, catalog);
        documentService =
                new DocumentService(
                        documents,
                        diagnoser,
                        new HoverRequest(documents, places, catalog),
                        new CodeActionRequest(documents, diagnoser, places, writer),
                        pull,
                        completion,
                        new CodeLensRequest(
                                documents,
                                places,
                                catalog,
                                document -> settings(document).codeLens()),
                        new InlayHintRequest(
                                documents,
                                places,
                                catalog,
                                document -> settings(document).inlayHints()));
        projectService =
                new ProjectService(
                        folders,
                        preferences,
                        program,
                        diagnoser,
                        this::readSettings,
                        this::showSettings);
    }

    private ClientSettings settings(Document document) {
        return document.path().map(preferences::client).orElse(ClientSettings.DEFAULT);
    }

    private static Set<String> ruleIds() {
        return Rules.all().stream().map(rule -> rule.info().id()).collect(Collectors.toSet());
    }

    void connect(LanguageClient newClient) {
        client = newClient;
        publisher.connect(newClient);
        log.connect(newClient);
    }

    /** Completes when the client says exit. */
    CompletableFuture<Void> exited() {
        return exited;
    }

    void close() {
        log.close();
    }

    int exitCode() {
        return shutDown ? 0 : 1;
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
        features = ClientFeatures.of(params.getCapabilities());
        documents.setEncoding(PositionEncoding.negotiate(features.positionEncodings()));
        completion.setSnippets(features.snippets());
        completion.setIndents(features.indents());
        writer.setRelated(features.relatedInformation());
        publisher.setPush(!features.pullDiagnostics());
        publisher.setRefresh(features.pullDiagnostics() && features.diagnosticRefresh());
        documentService.setWaitForComplete(!features.diagnosticRefresh());
        preferences.setClient(ClientSettings.of(params.getInitializationOptions()));
        folders.change(ProjectService.onDisk(params.getWorkspaceFolders()), List.of());
        return CompletableFuture.completedFuture(
                new InitializeResult(
                        Capabilities.of(features, documents.encoding()),
                        new ServerInfo("microvisor", version)));
    }

    @Override
    public void initialized(InitializedParams params) {
        if (features.watchRegistration()) {
            client.registerCapability(new RegistrationParams(List.of(watches())));
        }
        readSettings();
    }

    private static Registration watches() {
        List<FileSystemWatcher> watchers =
                List.of(
                        watcher("**/compile_commands.json"),
                        watcher("**/compile_flags.txt"),
                        watcher("**/.clangd"),
                        watcher("**/" + Settings.FILE_NAME),
                        watcher("**/*.{c,cc,cpp,cxx,h,hh,hpp}"));
        return new Registration(
                "microvisor-files",
                "workspace/didChangeWatchedFiles",
                new DidChangeWatchedFilesRegistrationOptions(watchers));
    }

    private static FileSystemWatcher watcher(String glob) {
        return new FileSystemWatcher(Either.forLeft(glob));
    }

    /** Asks the client for its settings, where it can be asked. */
    private void readSettings() {
        if (features.configuration()) {
            projectService.askSettings(client);
        }
    }

    /** Lenses and hints may be on now, or off: the client asks for them again. */
    private void showSettings() {
        if (features.codeLensRefresh()) {
            client.refreshCodeLenses();
        }
        if (features.inlayHintRefresh()) {
            client.refreshInlayHints();
        }
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        shutDown = true;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void exit() {
        exited.complete(null);
    }

    /** Traces are the client's business: it can write down the messages itself. */
    @Override
    public void setTrace(SetTraceParams params) {}

    @Override
    public TextDocumentService getTextDocumentService() {
        return documentService;
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return projectService;
    }
}
