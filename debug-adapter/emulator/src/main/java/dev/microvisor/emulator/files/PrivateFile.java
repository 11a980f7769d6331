package dev.microvisor.emulator.files;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Writes files that may hold secrets: recordings, snapshots. They are whole at any time. */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private PrivateFile() {}

    /**
     * Writes a file anew. Where the system knows of owners, nobody else can read it at any time:
     * not between its creation and a change of its permissions, and not what was open before.
     */
    public static void write(Path file, byte[] content) throws IOException {
        WholeFile.write(
                file,
                content,
                WholeFile.knowsOwners(file) ? Optional.of(OWNER_ONLY) : Optional.empty());
    }
}
