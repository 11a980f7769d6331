package dev.microvisor.lsp;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.settings.SettingsFinder;
import dev.microvisor.analysis.settings.Wrapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the user wants: {@code microvisor.toml} files and the editor's settings together. */
public final class Preferences {
    private final Set<String> knownRules;
    private volatile SettingsFinder files;
    private volatile ClientSettings client = ClientSettings.DEFAULT;

    Preferences(Set<String> knownRules) {
        this.knownRules = Set.copyOf(knownRules);
        this.files = new SettingsFinder(this.knownRules);
    }

    void setClient(ClientSettings settings) {
        this.client = settings;
    }

    /** Forgets what was read, because a file changed. */
    void reread() {
        files = new SettingsFinder(knownRules);
    }

    public ClientSettings client() {
        return client;
    }

    /** The database that the user names for a source; empty searches for one. */
    public Optional<Path> database(Path source) {
        Optional<Path> byFile = files.of(source).compileCommands();
        return byFile.or(client::compileCommands);
    }

    /** Whether the settings leave a source out. */
    public boolean excludes(Path source) {
        return files.of(source).excludes(source);
    }

    /** The wrappers that the settings of a source describe. */
    public List<Wrapper> wrappers(Path source) {
        return files.of(source).wrappers();
    }

    public List<Finding> choose(List<Finding> findings) {
        return files.choose(findings, client.rules(), client.hints());
    }

    /** What was wrong in the settings files read so far. */
    List<Problem> problems() {
        return files.problems();
    }
}
