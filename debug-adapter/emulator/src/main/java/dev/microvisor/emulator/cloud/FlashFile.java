package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.bytes.Bytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A file that keeps the external flash: its bytes as they are, from the first address on. What is
 * behind the end of the file is erased. Owned by the machine's thread.
 */
public final class FlashFile {
    private static final byte ERASED = (byte) 0xFF;

    private final Path path;
    private final int sizeBytes;
    private final int sectorBytes;

    /** What the file holds, by sector number; those that are missing are erased. */
    private Map<Integer, Bytes> kept = Map.of();

    public FlashFile(Path path, int sizeBytes, int sectorBytes) {
        this.path = path;
        this.sizeBytes = sizeBytes;
        this.sectorBytes = sectorBytes;
    }

    /** Reads the sectors that are not erased; a file that is not there is an erased flash. */
    public Map<Integer, Bytes> read() throws IOException {
        byte[] content = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        Map<Integer, Bytes> sectors = new HashMap<>();
        for (int from = 0; from < Math.min(content.length, sizeBytes); from += sectorBytes) {
            byte[] sector = erased();
            int count = Math.min(sectorBytes, content.length - from);
            System.arraycopy(content, from, sector, 0, count);
            if (!Arrays.equals(sector, erased())) {
                sectors.put(from / sectorBytes, Bytes.of(sector));
            }
        }
        kept = Map.copyOf(sectors);
        return kept;
    }

    /** Writes the sectors that are not as they are in the file. */
    public void write(Map<Integer, Bytes> sectors) throws IOException {
        Set<Integer> changed = new HashSet<>(sectors.keySet());
        changed.addAll(kept.keySet());
        changed.removeIf(number -> Objects.equals(sectors.get(number), kept.get(number)));
        if (changed.isEmpty()) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            extend(file);
            for (int number : changed) {
                Bytes content = sectors.get(number);
                file.seek((long) number * sectorBytes);
                file.write(content == null ? erased() : content.toArray());
            }
        }
        kept = Map.copyOf(sectors);
    }

    /** A flash has its size from the beginning on. */
    private void extend(RandomAccessFile file) throws IOException {
        file.seek(file.length());
        while (file.length() < sizeBytes) {
            int count = (int) Math.min(sectorBytes, sizeBytes - file.length());
            file.write(erased(), 0, count);
        }
    }

    private byte[] erased() {
        byte[] sector = new byte[sectorBytes];
        Arrays.fill(sector, ERASED);
        return sector;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
