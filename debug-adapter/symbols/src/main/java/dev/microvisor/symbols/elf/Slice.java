package dev.microvisor.symbols.elf;

import java.util.Arrays;

/** A named, read-only run of bytes: a file, a section, or a part of one. */
public final class Slice {
    private final byte[] bytes;
    private final int start;
    private final int length;
    private final String name;

    private Slice(byte[] bytes, int start, int length, String name) {
        this.bytes = bytes;
        this.start = start;
        this.length = length;
        this.name = name;
    }

    /** The array is not copied and must not be changed afterwards. */
    public static Slice of(byte[] bytes, String name) {
        return new Slice(bytes, 0, bytes.length, name);
    }

    public static Slice empty(String name) {
        return new Slice(new byte[0], 0, 0, name);
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** What the bytes are, for messages: {@code .debug_info}. */
    public String name() {
        return name;
    }

    public Slice sub(long offset, long size, String newName) {
        if (offset < 0 || size < 0 || offset > length || size > length - offset) {
            throw new MalformedException(
                    String.format(
                            "%s: %d bytes at offset 0x%x are outside its %d bytes",
                            newName, size, offset, length));
        }
        return new Slice(bytes, start + (int) offset, (int) size, newName);
    }

    /** A cursor that may read from {@code offset} to the end of this slice. */
    public Cursor cursor(long offset) {
        return cursor(offset, length);
    }

    /**
     * A cursor that may read from {@code offset} up to {@code end}, both relative to this slice.
     */
    public Cursor cursor(long offset, long end) {
        if (offset < 0 || offset > end || end > length) {
            throw new MalformedException(
                    String.format("%s: offset 0x%x is outside its %d bytes", name, offset, length));
        }
        return new Cursor(bytes, start, start + (int) offset, start + (int) end, name);
    }

    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, start, start + length);
    }
}
