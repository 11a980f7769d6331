package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.elf.Segment;
import dev.microvisor.symbols.stop.PrologueScan;
import dev.microvisor.symbols.target.MemoryReader;
import java.util.Arrays;
import java.util.List;

/** Reads prologues from the program file, where no machine is needed. */
public final class PrologueScans {
    private PrologueScans() {}

    public static PrologueScan of(List<Segment> segments) {
        return new ThumbPrologue(memoryOf(segments));
    }

    /** The program's own bytes, as they are before it runs. */
    public static MemoryReader memoryOf(List<Segment> segments) {
        return (address, size) -> {
            for (Segment segment : segments) {
                long offset = address - segment.runAddress();
                if (offset >= 0 && offset < segment.bytes().length) {
                    int from = (int) offset;
                    int to = Math.min(segment.bytes().length, from + size);
                    return Arrays.copyOfRange(segment.bytes(), from, to);
                }
            }
            return new byte[0];
        };
    }
}
