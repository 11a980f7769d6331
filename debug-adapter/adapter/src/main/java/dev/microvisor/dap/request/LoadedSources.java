package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import org.eclipse.lsp4j.debug.LoadedSourcesArguments;
import org.eclipse.lsp4j.debug.LoadedSourcesResponse;
import org.eclipse.lsp4j.debug.Source;

/** {@code loadedSources}: every file that the debug information names. */
public final class LoadedSources implements Handler<LoadedSourcesArguments, LoadedSourcesResponse> {
    private final Session session;

    public LoadedSources(Session session) {
        this.session = session;
    }

    @Override
    public LoadedSourcesResponse handle(LoadedSourcesArguments arguments) {
        Debugged debugged = session.debugged();
        LoadedSourcesResponse response = new LoadedSourcesResponse();
        response.setSources(
                debugged.target().program().sourceFiles().stream()
                        .map(f -> Sources.of(f, debugged.target().sources(), session.settings()))
                        .toArray(Source[]::new));
        return response;
    }
}
