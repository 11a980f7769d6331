package dev.microvisor.symbols.elf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads little-endian numbers, LEB128 numbers and strings one after another. Every read is checked;
 * one past the end throws {@link MalformedException} that names the section and the offset. Not for
 * use by several threads.
 */
public final class Cursor {
    /** A 64-bit LEB128 number has at most ten bytes; a few more may be padding. */
    private static final int MAX_LEB_BYTES = 16;

    private final byte[] bytes;
    private final int base;
    private final int end;
    private final String name;
    private int at;

    Cursor(byte[] bytes, int base, int at, int end, String name) {
        this.bytes = bytes;
        this.base = base;
        this.at = at;
        this.end = end;
        this.name = name;
    }

    /** Offset from the start of the slice. */
    public int offset() {
        return at - base;
    }

    public int remaining() {
        return end - at;
    }

    public boolean hasRemaining() {
        return at < end;
    }

    public String name() {
        return name;
    }

    public void skip(long count) {
        if (count < 0 || count > end - at) {
            throw truncated(count);
        }
        at += (int) count;
    }

    /** Moves to an offset from the start of the slice. */
    public void seek(long offset) {
        if (offset < 0 || offset > end - base) {
            throw new MalformedException(
                    String.format("%s: offset 0x%x is past the end", name, offset));
        }
        at = base + (int) offset;
    }

    public int u8() {
        if (at >= end) {
            throw truncated(1);
        }
        return bytes[at++] & 0xFF;
    }

    public int i8() {
        return (byte) u8();
    }

    public int u16() {
        need(2);
        int value = (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
        at += 2;
        return value;
    }

    public int i32() {
        need(4);
        int value =
                (bytes[at] & 0xFF)
                        | (bytes[at + 1] & 0xFF) << 8
                        | (bytes[at + 2] & 0xFF) << 16
                        | (bytes[at + 3] & 0xFF) << 24;
        at += 4;
        return value;
    }

    public long u32() {
        return i32() & 0xFFFF_FFFFL;
    }

    public long i64() {
        long low = u32();
        return low | u32() << 32;
    }

    /** An unsigned number of 1, 2, 3, 4 or 8 bytes. */
    public long unsigned(int size) {
        switch (size) {
            case 1:
                return u8();
            case 2:
                return u16();
            case 3:
                return u16() | (long) u8() << 16;
            case 4:
                return u32();
            case 8:
                return i64();
            default:
                throw new MalformedException(
                        String.format("%s: a number of %d bytes at 0x%x", name, size, offset()));
        }
    }

    public long uleb() {
        long value = 0;
        for (int i = 0; i < MAX_LEB_BYTES; i++) {
            int next = u8();
            if (i < 10) {
                value |= (long) (next & 0x7F) << (7 * i);
            }
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw endlessLeb();
    }

    public long sleb() {
        long value = 0;
        for (int i = 0; i < MAX_LEB_BYTES; i++) {
            int next = u8();
            if (i < 10) {
                value |= (long) (next & 0x7F) << (7 * i);
            }
            if ((next & 0x80) == 0) {
                int bits = 7 * (i + 1);
                boolean negative = (next & 0x40) != 0 && bits < 64;
                return negative ? value | -1L << bits : value;
            }
        }
        throw endlessLeb();
    }

    /** A LEB128 number used as an index or count: refuses what does not fit an int. */
    public int ulebInt() {
        long value = uleb();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new MalformedException(
                    String.format("%s: number 0x%x at 0x%x is too big", name, value, offset()));
        }
        return (int) value;
    }

    public String cString() {
        int from = at;
        while (at < end && bytes[at] != 0) {
            at++;
        }
        if (at >= end) {
            at = from;
            throw new MalformedException(
                    String.format("%s: the string at 0x%x does not end", name, offset()));
        }
        String text = new String(bytes, from, at - from, StandardCharsets.UTF_8);
        at++;
        return text;
    }

    public void skipCString() {
        while (u8() != 0) {
            // Each byte is checked by u8().
        }
    }

    public byte[] bytes(long count) {
        need(count);
        byte[] copy = Arrays.copyOfRange(bytes, at, at + (int) count);
        at += (int) count;
        return copy;
    }

    private void need(long count) {
        if (count < 0 || count > end - at) {
            throw truncated(count);
        }
    }

    private MalformedException truncated(long count) {
        return new MalformedException(
                String.format(
                        "%s: %d bytes wanted at offset 0x%x, %d are there",
                        name, count, offset(), end - at));
    }

    private MalformedException endlessLeb() {
        return new MalformedException(
                String.format("%s: the number before 0x%x does not end", name, offset()));
    }
}
