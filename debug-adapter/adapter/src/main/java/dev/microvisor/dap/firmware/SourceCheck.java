package dev.microvisor.dap.firmware;

import dev.microvisor.symbols.line.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the source files on this machine are those that the firmware was built from: by the
 * checksum that the compiler recorded (DWARF 5, clang), or else by their times.
 */
public final class SourceCheck {
    /** Larger files are no sources; they are not read. */
    private static final long MAX_BYTES = 16 << 20;

    /** A checkout writes sources and firmware within seconds, in any order. */
    private static final Duration SAME_TIME = Duration.ofSeconds(10);

    private final Path elf;
    private final SourcePaths paths;
    private final Map<SourceFile, Optional<String>> known = new HashMap<>();

    public SourceCheck(Path elf, SourcePaths paths) {
        this.elf = elf;
        this.paths = paths;
    }

    /** What to tell people about a file; empty when nothing is wrong with it. */
    public Optional<String> problemOf(SourceFile file) {
        return known.computeIfAbsent(file, this::check);
    }

    private Optional<String> check(SourceFile file) {
        Optional<Path> here = paths.locate(file.path());
        if (here.isEmpty()) {
            return Optional.empty(); // The source itself says that it is missing.
        }
        try {
            if (file.md5().isPresent()) {
                return compare(here.get(), file.md5().get());
            }
            Duration later =
                    Duration.between(
                            Files.getLastModifiedTime(elf).toInstant(),
                            Files.getLastModifiedTime(here.get()).toInstant());
            return later.compareTo(SAME_TIME) > 0
                    ? Optional.of(
                            here.get()
                                    + " was changed after "
                                    + elf.getFileName()
                                    + " was built: lines may not match until it is built again")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot compare " + here.get() + ": " + e.getMessage());
        }
    }

    private static Optional<String> compare(Path file, String recorded) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            return Optional.empty();
        }
        return md5(Files.readAllBytes(file)).equals(recorded)
                ? Optional.empty()
                : Optional.of(
                        file
                                + " is not the file that the firmware was built from (its MD5 is"
                                + " another): lines may not match. Build the firmware again, or get"
                                + " the sources of that build");
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
