package dev.microvisor.emulator.kernel.channels;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.GuestMemory;

/** A ring in the application's memory. */
public record Buffer(int address, int sizeBytes) {

    /** Writes at an offset that counts on for ever; the ring is filled modulo its size. */
    void put(GuestMemory memory, int offset, Bytes content) {
        int from = Math.floorMod(offset, sizeBytes);
        int first = Math.min(content.size(), sizeBytes - from);
        memory.write(address + from, content.slice(0, first));
        if (first < content.size()) {
            memory.write(address, content.slice(first, content.size()));
        }
    }

    void zero(GuestMemory memory) {
        memory.write(address, Bytes.of(new byte[sizeBytes]));
    }

    /** True when the whole range is the application's and both values are multiples. */
    boolean aligned(int align) {
        return Integer.remainderUnsigned(address, align) == 0;
    }

    boolean sized(int multiple) {
        return sizeBytes > 0 && sizeBytes % multiple == 0;
    }
}
