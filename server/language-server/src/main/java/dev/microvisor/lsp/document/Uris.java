package dev.microvisor.lsp.document;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;

/** File names as the protocol writes them. */
public final class Uris {
    private Uris() {}

    /** Empty for anything but a well-formed {@code file:} address of this machine. */
    public static Optional<Path> path(String uri) {
        try {
            URI parsed = URI.create(uri);
            return "file".equals(parsed.getScheme())
                    ? Optional.of(Path.of(parsed).toAbsolutePath().normalize())
                    : Optional.empty();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty();
        }
    }

    public static String uri(Path path) {
        return path.toAbsolutePath().toUri().toString();
    }
}
