package dev.microvisor.lsp;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.settings.SettingsFinder;
import dev.microvisor.analysis.settings.Wrapper;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the user wants: {@code microvisor.toml} files and the editor's settings together. The
 * editor's may differ from one open folder to the next.
 */
public final class Preferences {
    /** What people write for the open folder; only some editors replace it themselves. */
    private static final String FOLDER_VARIABLE = "${workspaceFolder}";

    private final Set<String> knownRules;
    private final Folders folders;
    private volatile SettingsFinder files;
    private volatile ClientSettings client = ClientSettings.DEFAULT;
    private volatile Map<Path, ClientSettings> clientByFolder = Map.of();

    Preferences(Set<String> knownRules, Folders folders) {
        this.knownRules = Set.copyOf(knownRules);
        this.folders = folders;
        this.files = new SettingsFinder(this.knownRules);
    }

    /** What the editor says of files in no folder, and in every folder it says nothing else of. */
    void setClient(ClientSettings settings) {
        this.client = settings;
    }

    void setClientByFolder(Map<Path, ClientSettings> settings) {
        this.clientByFolder = Map.copyOf(settings);
    }

    /** Forgets what was read, because a file changed. */
    void reread() {
        files = new SettingsFinder(knownRules);
    }

    /** The editor's settings for a file. */
    public ClientSettings client(Path source) {
        return folders.around(source).map(clientByFolder::get).orElse(client);
    }

    /** The database that the user names for a source; empty searches for one. */
    public Optional<Path> database(Path source) {
        Optional<Path> byFile = files.of(source).compileCommands();
        return byFile.or(() -> client(source).compileCommands().flatMap(t -> named(t, source)));
    }

    /** A path as a setting names it: what is relative starts at the open folder. */
    private Optional<Path> named(String text, Path source) {
        Path folder = folders.around(source).orElse(Path.of("")).toAbsolutePath();
        try {
            return Optional.of(folder.resolve(text.replace(FOLDER_VARIABLE, folder.toString())));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Whether the settings leave a source out. */
    public boolean excludes(Path source) {
        return files.of(source).excludes(source);
    }

    /** The wrappers that the settings of a source describe. */
    public List<Wrapper> wrappers(Path source) {
        return files.of(source).wrappers();
    }

    /** Those of the findings in and around a source that are wanted there. */
    public List<Finding> choose(List<Finding> findings, Path source) {
        ClientSettings settings = client(source);
        return files.choose(findings, settings.rules(), settings.hints());
    }

    /** What was wrong in the settings files read so far. */
    public List<Problem> problems() {
        return files.problems();
    }
}
