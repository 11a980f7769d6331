package dev.microvisor.symbols.target;

/** Reads the program's memory without side effects. */
@FunctionalInterface
public interface MemoryReader {
    /** The bytes at an address; a shorter array when the rest cannot be read. */
    byte[] read(long address, int sizeBytes);
}
