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
 * @param compiles translate what runs often to JVM bytecode; otherwise everything is interpreted,
 *     with the same result
 * @param warnings gets each distinct warning once
 */
public record MachineOptions(
        int clockHz,
        boolean stopOnFault,
        MemoryMap memoryMap,
        Consumer<byte[]> semihosting,
        boolean compiles,
        Consumer<String> warnings) {
    public static final int DEFAULT_CLOCK_HZ = 160_000_000;

    /** 160 MHz, stops on faults, no semihosting, warnings dropped. */
    public static MachineOptions defaults() {
        return new MachineOptions(
                DEFAULT_CLOCK_HZ, true, MemoryMap.stm32u585(), null, true, warning -> {});
    }

    public MachineOptions withClockHz(int value) {
        return new MachineOptions(value, stopOnFault, memoryMap, semihosting, compiles, warnings);
    }

    public MachineOptions withStopOnFault(boolean value) {
        return new MachineOptions(clockHz, value, memoryMap, semihosting, compiles, warnings);
    }

    public MachineOptions withMemoryMap(MemoryMap value) {
        return new MachineOptions(clockHz, stopOnFault, value, semihosting, compiles, warnings);
    }

    public MachineOptions withSemihosting(Consumer<byte[]> value) {
        return new MachineOptions(clockHz, stopOnFault, memoryMap, value, compiles, warnings);
    }

    public MachineOptions withWarnings(Consumer<String> value) {
        return new MachineOptions(clockHz, stopOnFault, memoryMap, semihosting, compiles, value);
    }

    /** With or without the compiler. */
    public MachineOptions withCompiles(boolean value) {
        return new MachineOptions(clockHz, stopOnFault, memoryMap, semihosting, value, warnings);
    }
}
