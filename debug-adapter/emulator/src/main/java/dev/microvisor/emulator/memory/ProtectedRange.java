package dev.microvisor.emulator.memory;

/** RAM that the application may read but not write while Microvisor uses it. */
public record ProtectedRange(int address, int sizeBytes, String owner) {
    boolean touches(int from, int lengthBytes) {
        return from - address < sizeBytes && address - from < lengthBytes;
    }
}
