package dev.microvisor.analysis.cache;

import dev.microvisor.analysis.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A folder of results, one file each, named by what was asked. Files are moved into place, so
 * several processes may share it; one that is damaged is forgotten.
 */
public final class ResultCache {
    /** The oldest results above this number are deleted. */
    static final int MAX_ENTRIES = 64;

    /** Larger results are not kept. */
    static final int MAX_BYTES = 16 << 20;

    private static final Logger LOG = Logger.getLogger(ResultCache.class.getName());
    private static final int DIGEST_BYTES = 32;
    private static final String SUFFIX = ".result";

    private final Path folder;
    private final String version;

    /**
     * @param version of the program that writes and reads; results of others have other names
     */
    public ResultCache(Path folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    /** What an earlier lint of the same request found; whether it still holds is not known yet. */
    public Optional<Stored> find(String request) {
        Path file = file(request);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            int length = Math.max(0, bytes.length - DIGEST_BYTES);
            byte[] content = Arrays.copyOf(bytes, length);
            if (!Arrays.equals(digest(content), Arrays.copyOfRange(bytes, length, bytes.length))) {
                LOG.warning(() -> "ignored " + file + ": it is damaged");
                Files.deleteIfExists(file);
                return Optional.empty();
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
            return Optional.of(Stored.read(in));
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(Level.WARNING, e, () -> "ignored " + file);
            return Optional.empty();
        }
    }

    /**
     * Keeps a result.
     *
     * @return why nothing could be written; empty when something was, and for results too large
     */
    public Optional<Problem> put(String request, Stored stored) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            stored.write(new DataOutputStream(bytes));
            bytes.write(digest(bytes.toByteArray()));
            if (bytes.size() > MAX_BYTES) {
                return Optional.empty();
            }
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "new", ".part");
            Files.write(part, bytes.toByteArray());
            move(part, file(request));
            prune();
            return Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "no result kept in " + folder);
            return Optional.of(
                    new Problem(
                            folder,
                            Optional.empty(),
                            "results cannot be kept here, so that every lint starts anew",
                            "name a folder that may be written with --cache-dir, or say --no-cache",
                            false));
        }
    }

    private static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void prune() throws IOException {
        List<Path> entries;
        try (Stream<Path> list = Files.list(folder)) {
            entries =
                    list.filter(p -> p.toString().endsWith(SUFFIX))
                            .sorted(Comparator.comparing(p -> p.toFile().lastModified()))
                            .toList();
        }
        for (Path old : entries.subList(0, Math.max(0, entries.size() - MAX_ENTRIES))) {
            Files.deleteIfExists(old);
        }
    }

    private Path file(String request) {
        byte[] key = digest((version + "\n" + request).getBytes(StandardCharsets.UTF_8));
        return folder.resolve(HexFormat.of().formatHex(key) + SUFFIX);
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A name for a text: equal names, equal texts. */
    public static String fingerprint(String text) {
        return HexFormat.of().formatHex(digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
