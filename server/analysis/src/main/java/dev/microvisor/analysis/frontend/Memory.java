package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.cache.FileStamp;
import dev.microvisor.analysis.project.ArmToolchain;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a language server keeps from one lint to the next: the texts of files that nobody has
 * written since, what was seen in them, what is left of foreign headers, and what was read. Safe
 * for several threads.
 */
public final class Memory {
    /** Texts above this are forgotten, all of them: a project has a few megabytes of headers. */
    private static final long MAX_CHARS = 48L << 20;

    private final Map<String, SourceCache.Entry> entries = new ConcurrentHashMap<>();
    private long chars;
    private final Optional<UnitMemory> units;
    private HeaderMemory headers = new HeaderMemory();

    private Memory(Optional<UnitMemory> units) {
        this.units = units;
    }

    /** For as long as a server runs. */
    public static Memory lasting() {
        return new Memory(Optional.of(new UnitMemory()));
    }

    /** For one lint: each unit is read once, so none is kept. */
    public static Memory ofOneLint() {
        return new Memory(Optional.empty());
    }

    /** The same file as before, or null when it may have been written since. */
    SourceCache.Entry recall(String path, String stamp) {
        SourceCache.Entry entry = entries.get(path);
        boolean same =
                entry != null
                        && entry.stamp().equals(stamp)
                        && (!stamp.equals(FileStamp.NONE) || isBundled(path));
        return same ? entry : null;
    }

    void keep(String path, SourceCache.Entry entry) {
        boolean lasting = !entry.stamp().equals(FileStamp.NONE) || isBundled(path);
        if (!lasting || entry.text().isEmpty()) {
            return;
        }
        synchronized (this) {
            chars += entry.text().get().chars().length;
            if (chars > MAX_CHARS) {
                entries.clear();
                chars = entry.text().get().chars().length;
            }
            entries.put(path, entry);
        }
    }

    private static boolean isBundled(String path) {
        return path.startsWith(ArmToolchain.INCLUDE_FOLDER);
    }

    /** What was read; empty when nobody will ask for it again. */
    Optional<UnitMemory> units() {
        return units;
    }

    /** What was seen in headers; a new one when the old one knows too much to be of use. */
    synchronized HeaderMemory headers() {
        if (headers.isWornOut()) {
            headers = new HeaderMemory();
        }
        return headers;
    }
}
