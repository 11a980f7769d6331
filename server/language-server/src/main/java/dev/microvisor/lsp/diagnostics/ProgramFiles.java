package dev.microvisor.lsp.diagnostics;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.project.SourceFiles;
import dev.microvisor.lsp.Folders;
import dev.microvisor.lsp.Preferences;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The sources of the folders that are open in the editor: a file is analysed together with those of
 * its folder, so that the editor says what {@code microvisor lint} says of that folder. Safe for
 * several threads.
 */
public final class ProgramFiles {
    /** A folder with more sources holds more than one firmware: its files are analysed alone. */
    static final int MAX_FILES = 300;

    private static final Logger LOG = Logger.getLogger(ProgramFiles.class.getName());

    private final Preferences preferences;
    private final Folders folders;
    private final Map<Path, List<Path>> found = new ConcurrentHashMap<>();

    public ProgramFiles(Preferences preferences, Folders folders) {
        this.preferences = preferences;
        this.folders = folders;
    }

    /** Files may have come or gone. */
    public void forget() {
        found.clear();
    }

    /** The sources beside a file in its folder, without itself; none outside of every folder. */
    List<Path> around(Path file) {
        return folders
                .around(file)
                .map(f -> found.computeIfAbsent(f, this::find))
                .orElse(List.of())
                .stream()
                .filter(f -> !f.equals(file))
                .toList();
    }

    private List<Path> find(Path folder) {
        try {
            List<Path> files = new ArrayList<>(SourceFiles.below(folder, CancelToken.NEVER));
            files.removeIf(preferences::excludes);
            if (files.size() <= MAX_FILES) {
                return List.copyOf(files);
            }
            LOG.info(
                    () ->
                            folder
                                    + " holds "
                                    + files.size()
                                    + " sources, more than "
                                    + MAX_FILES
                                    + ": each is analysed alone; open the folder of one firmware"
                                    + " to see what concerns the whole of it");
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "looking for sources below " + folder);
        }
        return List.of();
    }
}
