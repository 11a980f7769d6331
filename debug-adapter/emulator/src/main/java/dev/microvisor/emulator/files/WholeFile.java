package dev.microvisor.emulator.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Writes files that are whole at any time: whoever reads one, also after this process was killed
 * while it wrote, finds what was there before or all of the new content. What a process that was
 * killed leaves behind is a file {@code .NAME.….tmp} beside it.
 */
public final class WholeFile {
    private static final int RANDOM_DIGITS = 8;

    private WholeFile() {}

    /** Writes a file anew. One that exists keeps its permissions. */
    public static void write(Path file, byte[] content) throws IOException {
        Optional<Set<PosixFilePermission>> permissions =
                Files.isRegularFile(file) && knowsOwners(file)
                        ? Optional.of(Files.getPosixFilePermissions(file))
                        : Optional.empty();
        try {
            write(file, content, permissions);
        } catch (AccessDeniedException e) {
            // A folder that takes no new file may still hold one that can be written.
            Files.write(file, content);
        }
    }

    static boolean knowsOwners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Writes a file anew.
     *
     * @param permissions that the new file has from its creation on; default: as the system gives
     */
    static void write(Path file, byte[] content, Optional<Set<PosixFilePermission>> permissions)
            throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // What is no file of its own, such as /dev/stdout, stays what it is.
            Files.write(file, content);
            return;
        }
        // A link goes on to lead where it leads.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path beside = target.resolveSibling("." + target.getFileName() + "." + random() + ".tmp");
        try {
            fill(beside, content, permissions);
            if (permissions.isPresent()) {
                // The system may have taken some away at the creation.
                Files.setPosixFilePermissions(beside, permissions.get());
            }
            move(beside, target);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void fill(
            Path file, byte[] content, Optional<Set<PosixFilePermission>> permissions)
            throws IOException {
        FileAttribute<?>[] attributes =
                permissions
                        .map(PosixFilePermissions::asFileAttribute)
                        .map(one -> new FileAttribute<?>[] {one})
                        .orElse(new FileAttribute<?>[0]);
        Set<StandardOpenOption> anew =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (WritableByteChannel channel = Files.newByteChannel(file, anew, attributes)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String random() {
        return UUID.randomUUID().toString().substring(0, RANDOM_DIGITS);
    }
}
