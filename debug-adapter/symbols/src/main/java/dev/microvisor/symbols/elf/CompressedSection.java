package dev.microvisor.symbols.elf;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Expands sections that the linker compressed ({@code -gz}). */
final class CompressedSection {
    private static final int ZLIB = 1;
    private static final int OLD_HEADER_BYTES = 12;

    /** More than any debug section of firmware; a small file cannot ask for all memory. */
    private static final long MAX_EXPANDED_BYTES = 512L << 20;

    /** Deflate cannot do better than about 1 to 1032. */
    private static final long MAX_RATIO = 1100;

    private CompressedSection() {}

    /** A section with an Elf32_Chdr before its data. */
    static Slice expand(Slice stored) {
        Cursor cursor = stored.cursor(0);
        int algorithm = cursor.i32();
        long size = cursor.u32();
        cursor.skip(4);
        if (algorithm != ZLIB) {
            throw new MalformedException(
                    stored.name()
                            + " is compressed with "
                            + (algorithm == 2 ? "zstd" : "method " + algorithm)
                            + ", which is not supported: link with -gz=zlib or without -gz");
        }
        return inflate(stored, cursor.bytes(cursor.remaining()), size);
    }

    /** A {@code .zdebug_*} section: "ZLIB" and the size in eight big-endian bytes. */
    static Slice expandOldStyle(Slice stored) {
        if (stored.length() < OLD_HEADER_BYTES) {
            throw new MalformedException(stored.name() + ": compressed header is cut off");
        }
        Cursor cursor = stored.cursor(0);
        cursor.skip(4);
        long size = Long.reverseBytes(cursor.i64());
        return inflate(stored, cursor.bytes(cursor.remaining()), size);
    }

    private static Slice inflate(Slice stored, byte[] data, long size) {
        if (size < 0 || size > MAX_EXPANDED_BYTES || size > (data.length + 1L) * MAX_RATIO) {
            throw new MalformedException(
                    stored.name() + ": expanded size of " + size + " bytes is not credible");
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data);
            byte[] expanded = new byte[(int) size];
            int done = 0;
            while (done < expanded.length) {
                int count = inflater.inflate(expanded, done, expanded.length - done);
                if (count == 0) {
                    throw new MalformedException(stored.name() + ": compressed data ends early");
                }
                done += count;
            }
            return Slice.of(expanded, stored.name());
        } catch (DataFormatException e) {
            throw new MalformedException(stored.name() + ": " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
