package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.memory.MemoryImage;
import dev.microvisor.emulator.system.SystemControl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The whole machine at one instant; immutable, shares memory pages with the machine. */
public final class MachineSnapshot {
    final CpuState cpu;
    final MemoryImage memory;
    final SystemControl.State system;
    final Object hypervisor;
    final List<Object> peripherals;
    final long now;
    final boolean sleeping;
    final long sleepingSince;
    final boolean halted;

    MachineSnapshot(
            CpuState cpu,
            MemoryImage memory,
            SystemControl.State system,
            Object hypervisor,
            List<Object> peripherals,
            long now,
            boolean sleeping,
            long sleepingSince,
            boolean halted) {
        this.cpu = cpu;
        this.memory = memory;
        this.system = system;
        this.hypervisor = hypervisor;
        // A peripheral without state saves null, which List.copyOf would refuse.
        this.peripherals = Collections.unmodifiableList(new ArrayList<>(peripherals));
        this.now = now;
        this.sleeping = sleeping;
        this.sleepingSince = sleepingSince;
        this.halted = halted;
    }

    /** Instruction number at which it was taken. */
    public long now() {
        return now;
    }

    /** Flash and RAM. */
    public MemoryImage memory() {
        return memory;
    }
}
