package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.guest.StopReason;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures instructions per second: {@code MipsBenchmark IMAGE.bin [REPEATS [--interpreter]
 * [--chip]]}, with the peripherals of the chip or without.
 */
public final class MipsBenchmark {
    /** Thread time, because the machine may be shared. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private MipsBenchmark() {}

    public static void main(String[] args) throws IOException {
        byte[] image = Files.readAllBytes(Path.of(args[0]));
        int repeats = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        List<String> options = List.of(args);
        for (int i = 0; i < repeats; i++) {
            ProgramRunner runner =
                    options.contains("--chip")
                            ? ProgramRunner.onTheChip(image)
                            : new ProgramRunner(image);
            if (options.contains("--interpreter")) {
                runner.machine.interpretOnly();
            }
            long start = THREADS.getCurrentThreadCpuTime();
            StopReason reason = runner.run(Long.MAX_VALUE);
            double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
            long count = runner.machine.now();
            System.out.printf(
                    "%d instructions, %.3f s, %.1f MIPS, %s%n%s",
                    count, seconds, count / seconds / 1e6, reason.text(), runner.output());
        }
    }
}
