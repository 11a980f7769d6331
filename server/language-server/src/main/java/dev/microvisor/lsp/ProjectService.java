package dev.microvisor.lsp;

import dev.microvisor.lsp.diagnostics.Diagnoser;
import dev.microvisor.lsp.diagnostics.ProgramFiles;
import dev.microvisor.lsp.document.Uris;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.ConfigurationItem;
import org.eclipse.lsp4j.ConfigurationParams;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.WorkspaceService;

/** What the client says about folders, settings and files on disk. */
final class ProjectService implements WorkspaceService {
    private final Preferences preferences;
    private final ProgramFiles program;
    private final Diagnoser diagnoser;
    private final Runnable readSettings;

    /**
     * @param readSettings asks the client for its settings, where it can be asked
     */
    ProjectService(
            Preferences preferences,
            ProgramFiles program,
            Diagnoser diagnoser,
            Runnable readSettings) {
        this.preferences = preferences;
        this.program = program;
        this.diagnoser = diagnoser;
        this.readSettings = readSettings;
    }

    void askSettings(LanguageClient client) {
        ConfigurationItem item = new ConfigurationItem();
        item.setSection(ClientSettings.SECTION);
        client.configuration(new ConfigurationParams(List.of(item))).thenAccept(this::settingsCame);
    }

    /** Some clients answer null, or a list of null, when nothing is set. */
    private void settingsCame(List<Object> answer) {
        if (answer != null && !answer.isEmpty() && answer.get(0) != null) {
            preferences.setClient(ClientSettings.of(answer.get(0)));
            diagnoser.saved();
        }
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams params) {
        if (params.getSettings() != null) {
            preferences.setClient(ClientSettings.of(params.getSettings()));
            diagnoser.saved();
        }
        readSettings.run();
    }

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
        preferences.reread();
        program.forget();
        diagnoser.saved();
    }

    @Override
    public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams params) {
        program.changeFolders(
                folders(params.getEvent().getAdded()), folders(params.getEvent().getRemoved()));
        diagnoser.saved();
    }

    /** Those of the folders that are on a disk. */
    static List<Path> folders(List<WorkspaceFolder> named) {
        List<Path> folders = new ArrayList<>();
        if (named != null) {
            named.forEach(f -> Uris.path(f.getUri()).ifPresent(folders::add));
        }
        return folders;
    }
}
