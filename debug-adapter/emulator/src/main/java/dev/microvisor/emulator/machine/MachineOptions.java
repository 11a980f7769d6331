package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.memory.MemoryMap;
import java.util.function.Consumer;

/**
 * How a machine is to behave.
 *
 * @param clockHz instructions in a second of virtual time
 * @param stopOnFault end the run with {@code StopReason.Fault} when an instruction faults, before
 *     any handler of the firmware runs; running on then takes the fault as the chip would
 * @param memoryMap flash and RAM
 * @param semihosting gets what the program writes by semihosting; null makes BKPT 0xAB an ordinary
 *     breakpoint instruction
 * @param warnings gets each distinct warning once
 */
public record MachineOptions(
        int clockHz,
        boolean stopOnFault,
        MemoryMap memoryMap,
        Consumer<byte[]> semihosting,
        Consumer<String> warnings) {
    public static final int DEFAULT_CLOCK_HZ = 160_000_000;

    /** 160 MHz, stops on faults, no semihosting, warnings dropped. */
    public static MachineOptions defaults() {
        return new MachineOptions(
                DEFAULT_CLOCK_HZ, true, MemoryMap.stm32u585(), null, warning -> {});
    }

    public MachineOptions withClockHz(int value) {
        return new MachineOptions(value, stopOnFault, memoryMap, semihosting, warnings);
    }

    public MachineOptions withStopOnFault(boolean value) {
        return new MachineOptions(clockHz, value, memoryMap, semihosting, warnings);
    }

    public MachineOptions withMemoryMap(MemoryMap value) {
        return new MachineOptions(clockHz, stopOnFault, value, semihosting, warnings);
    }

    public MachineOptions withSemihosting(Consumer<byte[]> value) {
        return new MachineOptions(clockHz, stopOnFault, memoryMap, value, warnings);
    }

    public MachineOptions withWarnings(Consumer<String> value) {
        return new MachineOptions(clockHz, stopOnFault, memoryMap, semihosting, value);
    }
}
