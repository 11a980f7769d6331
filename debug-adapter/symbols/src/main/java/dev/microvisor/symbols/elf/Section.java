package dev.microvisor.symbols.elf;

/**
 * One section header.
 *
 * @param address where the section is in memory, 0 when it is not loaded
 * @param offset where its bytes are in the file
 */
public record Section(
        int index,
        String name,
        int type,
        long flags,
        long address,
        long offset,
        long size,
        int link,
        int info) {
    static final int SYMBOLS = 2;
    static final int NOTE = 7;
    static final int NO_BITS = 8;

    private static final long ALLOCATED = 0x2;
    private static final long EXECUTABLE = 0x4;
    private static final long COMPRESSED = 0x800;

    public boolean isAllocated() {
        return (flags & ALLOCATED) != 0;
    }

    public boolean isExecutable() {
        return (flags & EXECUTABLE) != 0;
    }

    boolean isCompressed() {
        return (flags & COMPRESSED) != 0;
    }

    boolean contains(long wanted) {
        return isAllocated() && wanted >= address && wanted - address < size;
    }
}
