package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.guest.Peripheral;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.memory.MemoryMap;
import dev.microvisor.emulator.memory.Region;
import dev.microvisor.emulator.peripherals.Peripherals;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/**
 * Runs a flat program image with semihosting, in the memory map that QEMU's mps2-an505 has too, so
 * that both can run the same bytes.
 */
public final class ProgramRunner {
    public static final int ROM = 0x1000_0000;

    /** ROM and RAM as in {@code src/test/firmware/program.ld}. */
    public static final MemoryMap MAP =
            new MemoryMap(
                    List.of(
                            new Region("ROM", ROM, 0x10_0000, false, 0, 0),
                            new Region("RAM", 0x2800_0000, 0x4_0000, true, 0, 1024)));

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    public final Machine machine;

    public ProgramRunner(byte[] image) {
        this(image, true);
    }

    /** With the compiler or with the interpreter only. */
    public ProgramRunner(byte[] image, boolean compiles) {
        this(image, compiles, List.of());
    }

    /** With the peripherals of the STM32U585, which QEMU has not. */
    public static ProgramRunner onTheChip(byte[] image) {
        return new ProgramRunner(image, true, new Peripherals(Cloud.defaults()).all());
    }

    private ProgramRunner(byte[] image, boolean compiles, List<? extends Peripheral> peripherals) {
        FirmwareImage firmware =
                new FirmwareImage(
                        List.of(new FirmwareImage.Segment(ROM, image)), ROM, new TreeMap<>());
        MachineOptions options =
                MachineOptions.defaults()
                        .withMemoryMap(MAP)
                        .withCompiles(compiles)
                        .withStopOnFault(false)
                        .withSemihosting(output::writeBytes);
        machine = new Machine(firmware, new TestHypervisor(), peripherals, options);
    }

    public StopReason run(long limit) {
        return machine.run(limit);
    }

    public String output() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
