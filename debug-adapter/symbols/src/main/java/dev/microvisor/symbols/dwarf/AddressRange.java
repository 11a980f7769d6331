package dev.microvisor.symbols.dwarf;

/** Addresses from {@code start} up to and without {@code end}. */
public record AddressRange(long start, long end) {
    public boolean contains(long address) {
        return address >= start && address < end;
    }
}
