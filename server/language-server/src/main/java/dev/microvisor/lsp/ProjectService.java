package dev.microvisor.lsp;

import dev.microvisor.lsp.diagnostics.Diagnoser;
import java.util.List;
import org.eclipse.lsp4j.ConfigurationItem;
import org.eclipse.lsp4j.ConfigurationParams;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.WorkspaceService;

/** What the client says about folders, settings and files on disk. */
final class ProjectService implements WorkspaceService {
    private final Preferences preferences;
    private final Diagnoser diagnoser;
    private final Runnable readSettings;

    /**
     * @param readSettings asks the client for its settings, where it can be asked
     */
    ProjectService(Preferences preferences, Diagnoser diagnoser, Runnable readSettings) {
        this.preferences = preferences;
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
        diagnoser.saved();
    }

    /** Settings and databases are found from each file, so a folder more changes nothing here. */
    @Override
    public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams params) {}
}
