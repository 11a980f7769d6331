package dev.microvisor.emulator.memory;

/** What a memory protection unit allows, seen by the memory. */
public interface Protection {
    /** Bytes that are always treated alike, from a multiple of this on. */
    int GRANULE = 32;

    /** Everything is allowed and no page needs a look. */
    boolean disabled();

    boolean permits(int address, boolean write, boolean privileged);

    boolean permitsExecution(int address, boolean privileged);

    /** Number of the one region that holds an address, -1 for none or the default map. */
    int regionOf(int address);

    /** True when every byte of the block has the same permissions. */
    boolean uniform(int address, int sizeBytes);
}
