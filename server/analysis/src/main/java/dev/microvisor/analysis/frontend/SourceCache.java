package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.cache.FileStamp;
import dev.microvisor.analysis.cache.FileState;
import dev.microvisor.analysis.cache.ResultCache;
import dev.microvisor.analysis.project.ArmToolchain;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Contents of sources and headers during one lint, misses too: the same 2 MB of vendor headers are
 * asked for by every file. Safe for several threads.
 */
public final class SourceCache {
    /** Files above this are not read. The largest vendor header has 2 MB. */
    static final long MAX_BYTES = 16L << 20;

    private final Map<Path, String> overlays;
    private final Supplier<String> sdkHeader;
    private final Memory memory;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** What is known of a path. */
    record Entry(Optional<SourceText> text, Failure failure, String stamp) {
        Entry(Failure failure) {
            this(Optional.empty(), failure, FileStamp.NONE);
        }
    }

    /** Why a file has no text. */
    enum Failure {
        NONE,
        ABSENT,
        UNREADABLE,
        TOO_LARGE
    }

    /**
     * @param overlays contents that replace those on disk
     * @param sdkHeader the SDK's header, for projects that do not bring their own
     * @param memory what earlier lints have read
     */
    public SourceCache(Map<Path, String> overlays, Supplier<String> sdkHeader, Memory memory) {
        this.overlays = overlays;
        this.sdkHeader = sdkHeader;
        this.memory = memory;
    }

    Memory memory() {
        return memory;
    }

    /** The text of a file that was read before or can be read now. */
    public Optional<SourceText> text(Path path) {
        return read(path.toString()).text();
    }

    /** Names what a file holds, or why it has no text; equal names, equal contents. */
    public String state(String path) {
        return state(read(path));
    }

    private static String state(Entry entry) {
        return entry.text()
                .map(t -> t.utf8() + ResultCache.fingerprint(new String(t.chars())))
                .orElse(entry.failure().name());
    }

    /**
     * All files on disk that were asked for so far, with what they hold. Headers that this program
     * brings along are not among them.
     */
    public Map<String, FileState> states() {
        Map<String, FileState> states = new TreeMap<>();
        entries.forEach(
                (path, entry) -> {
                    if (!path.startsWith(ArmToolchain.INCLUDE_FOLDER)) {
                        states.put(
                                path,
                                entry.failure() == Failure.ABSENT
                                        ? FileState.ABSENT
                                        : new FileState(state(entry), entry.stamp()));
                    }
                });
        return states;
    }

    /** Whether a path still leads to what an earlier lint found there. */
    public boolean holds(String path, FileState before) {
        if (before.isAbsent()) {
            return !new File(path).isFile();
        }
        boolean untouched =
                !before.stamp().equals(FileStamp.NONE)
                        && before.stamp().equals(FileStamp.of(Path.of(path)));
        return untouched || before.content().equals(state(path));
    }

    Entry read(String path) {
        return entries.computeIfAbsent(path, this::load);
    }

    private Entry load(String name) {
        if (name.startsWith(ArmToolchain.INCLUDE_FOLDER + "/")) {
            return remembered(name, FileStamp.NONE, () -> bundled(name));
        }
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            return new Entry(Failure.ABSENT);
        }
        String overlay = overlays.get(path.normalize());
        if (overlay != null) {
            return found(new SourceText(path, overlay.toCharArray(), true), FileStamp.NONE);
        }
        // Most paths that are asked for do not exist, and this way of asking throws nothing.
        if (!path.toFile().isFile()) {
            return new Entry(Failure.ABSENT);
        }
        String stamp = FileStamp.of(path);
        return remembered(name, stamp, () -> onDisk(path, stamp));
    }

    private Entry remembered(String name, String stamp, Supplier<Entry> reader) {
        Entry kept = memory.recall(name, stamp);
        if (kept != null) {
            return kept;
        }
        Entry entry = reader.get();
        memory.keep(name, entry);
        return entry;
    }

    private Entry bundled(String name) {
        String header = name.substring(ArmToolchain.INCLUDE_FOLDER.length() + 1);
        Optional<String> text =
                header.equals(SdkHeader.NAME)
                        ? Optional.of(sdkHeader.get())
                        : ArmToolchain.header(header);
        return text.map(t -> new SourceText(Path.of(name), t.toCharArray(), true))
                .map(t -> found(t, FileStamp.NONE))
                .orElse(new Entry(Failure.ABSENT));
    }

    private static Entry onDisk(Path path, String stamp) {
        try {
            if (Files.size(path) > MAX_BYTES) {
                return new Entry(Failure.TOO_LARGE);
            }
            return found(decode(path, Files.readAllBytes(path)), stamp);
        } catch (IOException e) {
            return new Entry(Failure.UNREADABLE);
        }
    }

    private static Entry found(SourceText text, String stamp) {
        return new Entry(Optional.of(text), Failure.NONE, stamp);
    }

    private static SourceText decode(Path path, byte[] bytes) {
        // A byte order mark is no part of the program, but it is a column of the first line.
        int start =
                bytes.length >= 3
                                && bytes[0] == (byte) 0xEF
                                && bytes[1] == (byte) 0xBB
                                && bytes[2] == (byte) 0xBF
                        ? 3
                        : 0;
        ByteBuffer buffer = ByteBuffer.wrap(bytes, start, bytes.length - start);
        try {
            CharBuffer chars =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(buffer);
            char[] text = new char[chars.remaining()];
            chars.get(text);
            return new SourceText(path, text, true);
        } catch (CharacterCodingException e) {
            String text =
                    new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1);
            return new SourceText(path, text.toCharArray(), false);
        }
    }
}
