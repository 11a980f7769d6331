package dev.microvisor.emulator.memory;

/**
 * A block of flash or RAM.
 *
 * @param firstPage index of its first page in the memory's page list
 */
public record Region(
        String name, int base, int sizeBytes, boolean writable, int fill, int firstPage) {
    public boolean contains(int address) {
        return Integer.compareUnsigned(address - base, sizeBytes) < 0;
    }

    /** True when the whole range lies inside. */
    public boolean contains(int address, int lengthBytes) {
        int offset = address - base;
        return Integer.compareUnsigned(offset, sizeBytes) < 0 && lengthBytes <= sizeBytes - offset;
    }

    int pages() {
        return sizeBytes >>> Memory.PAGE_BITS;
    }
}
