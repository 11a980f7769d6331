package dev.microvisor.symbols.elf;

/**
 * What a loader places in memory before reset.
 *
 * @param address where the bytes are stored (the physical address: {@code .data} lies in flash)
 * @param runAddress where the program expects them when it runs
 * @param bytes the stored bytes; not copied, must not be changed
 * @param memorySizeBytes size in memory; what is beyond {@code bytes} is zero
 */
@SuppressWarnings("ArrayRecordComponent")
public record Segment(
        long address, long runAddress, byte[] bytes, long memorySizeBytes, boolean executable) {}
