package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.guest.StopReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/** Runs a flat program image at the start of flash, with semihosting. */
final class ProgramRunner {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    final Machine machine;

    ProgramRunner(byte[] image) {
        this(image, MachineOptions.defaults());
    }

    ProgramRunner(byte[] image, MachineOptions options) {
        machine =
                new Machine(
                        image(image),
                        new TestHypervisor(),
                        List.of(),
                        options.withSemihosting(output::writeBytes));
    }

    static FirmwareImage image(byte[] bytes) {
        return new FirmwareImage(
                List.of(new FirmwareImage.Segment(0x0800_0000, bytes)),
                0x0800_0000,
                new TreeMap<>());
    }

    StopReason run(long limit) {
        return machine.run(limit);
    }

    String output() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
