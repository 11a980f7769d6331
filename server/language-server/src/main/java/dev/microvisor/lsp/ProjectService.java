package dev.microvisor.lsp;

import dev.microvisor.lsp.diagnostics.Diagnoser;
import dev.microvisor.lsp.diagnostics.ProgramFiles;
import dev.microvisor.lsp.document.Uris;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Folders folders;
    private final Preferences preferences;
    private final ProgramFiles program;
    private final Diagnoser diagnoser;
    private final Runnable readSettings;
    private final Runnable settingsRead;

    /**
     * @param readSettings asks the client for its settings, where it can be asked
     * @param settingsRead what else has to be shown anew when the settings are other ones
     */
    ProjectService(
            Folders folders,
            Preferences preferences,
            ProgramFiles program,
            Diagnoser diagnoser,
            Runnable readSettings,
            Runnable settingsRead) {
        this.folders = folders;
        this.preferences = preferences;
        this.program = program;
        this.diagnoser = diagnoser;
        this.readSettings = readSettings;
        this.settingsRead = settingsRead;
    }

    /** Asks for the settings of every open folder, and for those that hold elsewhere. */
    void askSettings(LanguageClient client) {
        List<Path> asked = folders.all();
        List<ConfigurationItem> items = new ArrayList<>();
        items.add(item());
        for (Path folder : asked) {
            ConfigurationItem item = item();
            item.setScopeUri(Uris.uri(folder));
            items.add(item);
        }
        client.configuration(new ConfigurationParams(items))
                .thenAccept(answer -> settingsCame(asked, answer));
    }

    private static ConfigurationItem item() {
        ConfigurationItem item = new ConfigurationItem();
        item.setSection(ClientSettings.SECTION);
        return item;
    }

    /** Some clients answer null, or a list of null, or a shorter one, when nothing is set. */
    private void settingsCame(List<Path> asked, List<Object> answer) {
        if (answer == null || answer.stream().allMatch(Objects::isNull)) {
            return;
        }
        if (answer.get(0) != null) {
            preferences.setClient(ClientSettings.of(answer.get(0)));
        }
        Map<Path, ClientSettings> byFolder = new HashMap<>();
        for (int i = 1; i < answer.size() && i <= asked.size(); i++) {
            if (answer.get(i) != null) {
                byFolder.put(asked.get(i - 1), ClientSettings.of(answer.get(i)));
            }
        }
        preferences.setClientByFolder(byFolder);
        changed();
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams params) {
        if (params.getSettings() != null) {
            preferences.setClient(ClientSettings.of(params.getSettings()));
            changed();
        }
        readSettings.run();
    }

    private void changed() {
        program.forget();
        diagnoser.saved();
        settingsRead.run();
    }

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
        preferences.reread();
        program.forget();
        diagnoser.saved();
    }

    @Override
    public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams params) {
        folders.change(
                onDisk(params.getEvent().getAdded()), onDisk(params.getEvent().getRemoved()));
        program.forget();
        diagnoser.saved();
        readSettings.run();
    }

    /** Those of the folders that are on a disk. */
    static List<Path> onDisk(List<WorkspaceFolder> named) {
        List<Path> paths = new ArrayList<>();
        if (named != null) {
            named.forEach(f -> Uris.path(f.getUri()).ifPresent(paths::add));
        }
        return paths;
    }
}
