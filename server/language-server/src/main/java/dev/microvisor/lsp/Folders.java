package dev.microvisor.lsp;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The folders that are open in the editor. Safe for several threads. */
public final class Folders {
    private final List<Path> open = new CopyOnWriteArrayList<>();

    void change(Collection<Path> added, Collection<Path> removed) {
        open.removeAll(removed);
        open.addAll(added);
    }

    List<Path> all() {
        return List.copyOf(open);
    }

    /** The innermost open folder that holds a file. */
    public Optional<Path> around(Path file) {
        return open.stream()
                .filter(file::startsWith)
                .max(Comparator.comparingInt(Path::getNameCount));
    }
}
