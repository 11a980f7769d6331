package dev.microvisor.lsp.diagnostics;

import dev.microvisor.analysis.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Rule pages as files of the user's cache folder, so that an editor can open them without a
 * network. Each is written when it is first needed; where nothing can be written there are no
 * links.
 */
public final class RulePageFiles implements RulePages {
    private static final Logger LOG = Logger.getLogger(RulePageFiles.class.getName());

    private final Path folder;
    private final Map<String, Optional<String>> addresses = new ConcurrentHashMap<>();

    public RulePageFiles(Path folder) {
        this.folder = folder;
    }

    /** The folder of this program in the user's cache, by the customs of the system. */
    public static Path cacheFolder(Map<String, String> environment, String version) {
        String base = environment.getOrDefault("XDG_CACHE_HOME", "");
        base = base.isBlank() ? environment.getOrDefault("LOCALAPPDATA", "") : base;
        Path cache =
                base.isBlank()
                        ? Path.of(System.getProperty("user.home", "."), ".cache")
                        : Path.of(base);
        return cache.resolve("microvisor").resolve(version).resolve("rules");
    }

    @Override
    public Optional<String> address(String rule) {
        return addresses.computeIfAbsent(rule, this::write);
    }

    private Optional<String> write(String rule) {
        if (Rules.find(rule).isEmpty()) {
            return Optional.empty();
        }
        Path file = folder.resolve(rule + ".md");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, Rules.page(rule));
            return Optional.of(file.toUri().toString());
        } catch (IOException e) {
            LOG.log(Level.INFO, e, () -> "rule pages cannot be written to " + folder);
            return Optional.empty();
        }
    }
}
