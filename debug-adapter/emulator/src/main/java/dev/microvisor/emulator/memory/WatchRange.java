package dev.microvisor.emulator.memory;

/** A range whose accesses are reported. */
public record WatchRange(int id, int address, int sizeBytes, boolean onRead, boolean onWrite) {
    boolean touches(int from, int lengthBytes) {
        return from - address < sizeBytes && address - from < lengthBytes;
    }
}
