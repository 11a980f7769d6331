package dev.microvisor.emulator.core;

import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;

/** The floating-point extension. */
final class FloatOperations {
    private final Memory memory;

    FloatOperations(Memory memory) {
        this.memory = memory;
    }

    void execute() {
        throw memory.fault(GuestFault.Kind.NOCP, 0, "the FPU is not enabled");
    }
}
