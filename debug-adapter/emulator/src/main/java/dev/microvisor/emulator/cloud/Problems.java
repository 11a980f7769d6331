package dev.microvisor.emulator.cloud;

import java.util.ArrayList;
import java.util.List;
import org.tomlj.TomlPosition;

/** Collects what is wrong with one file, up to a limit. */
final class Problems {
    private static final int LIMIT = 20;

    private final String file;
    private final List<CloudFileException.Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(TomlPosition position, String message) {
        if (found.size() < LIMIT) {
            found.add(
                    new CloudFileException.Problem(
                            file,
                            position == null ? 0 : position.line(),
                            position == null ? 0 : position.column(),
                            message));
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    void throwIfAny() throws CloudFileException {
        if (!found.isEmpty()) {
            throw new CloudFileException(found);
        }
    }
}
