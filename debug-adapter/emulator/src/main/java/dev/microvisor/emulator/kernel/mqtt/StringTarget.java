package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.GuestMemory;
import dev.microvisor.emulator.kernel.call.GuestStruct;

/** A {@code struct MvSizedStringBuffer}: room for bytes and for their number. */
record StringTarget(GuestMemory memory, GuestStruct buffer) {
    boolean holds(Bytes content) {
        return Integer.compareUnsigned(content.size(), buffer.word("size")) <= 0;
    }

    boolean writable() {
        return memory.writable(buffer.word("data"), buffer.word("size"))
                && memory.writableWord(buffer.word("length"));
    }

    void put(Bytes content) {
        memory.write(buffer.word("data"), content);
        memory.putWord(buffer.word("length"), content.size());
    }
}
