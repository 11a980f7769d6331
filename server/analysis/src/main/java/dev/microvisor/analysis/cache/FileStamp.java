package dev.microvisor.analysis.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * Tells from a file's attributes alone that nobody has written it since: its size, its number, and
 * the times of its last write and of its last change of status. No program can set the last of
 * them, so that even {@code touch -r} leaves its mark.
 */
public final class FileStamp {
    /** Says nothing of a file; equal to no file's stamp. */
    public static final String NONE = "";

    /** Two writes within this time may leave the same times: file systems count coarsely. */
    private static final long SETTLED_MS = 2_000;

    private FileStamp() {}

    /**
     * The stamp of a file; take it before reading. {@link #NONE} where the system does not tell
     * enough, and for a file that was changed a moment ago.
     */
    public static String of(Path file) {
        try {
            Map<String, Object> attributes =
                    Files.readAttributes(file, "unix:size,ino,lastModifiedTime,ctime");
            FileTime written = (FileTime) attributes.get("lastModifiedTime");
            FileTime changed = (FileTime) attributes.get("ctime");
            long settled = System.currentTimeMillis() - SETTLED_MS;
            if (written.toMillis() > settled || changed.toMillis() > settled) {
                return NONE;
            }
            return attributes.get("size")
                    + " "
                    + attributes.get("ino")
                    + " "
                    + written.to(java.util.concurrent.TimeUnit.NANOSECONDS)
                    + " "
                    + changed.to(java.util.concurrent.TimeUnit.NANOSECONDS);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Windows has no such attributes: there contents are compared.
            return NONE;
        }
    }
}
