package dev.microvisor.debug;

import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.firmware.TargetLoader;
import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.emulator.machine.MachineSnapshot;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** How long a snapshot in memory takes: {@code SnapshotBenchmark FIRMWARE.elf}. */
public final class SnapshotBenchmark {
    private static final int ROUNDS = 20_000;

    /** Written between two snapshots, as firmware does. */
    private static final long INSTRUCTIONS = 1000;

    private SnapshotBenchmark() {}

    /** Prints medians in microseconds. */
    public static void main(String[] arguments) throws Exception {
        EmulatedBoard[] made = new EmulatedBoard[1];
        Target target =
                TargetLoader.load(
                        LaunchOptions.toRun(
                                Path.of(arguments[0]), Optional.empty(), Optional.empty()),
                        (image, cloud) -> {
                            made[0] = new EmulatedBoard(image, cloud);
                            return made[0];
                        });
        Machine machine = made[0].emulator();
        target.machine().run(1_000_000);
        long[] saving = new long[ROUNDS];
        long[] restoring = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            MachineSnapshot snapshot = machine.saveSnapshot();
            saving[i] = System.nanoTime() - start;
            machine.run(machine.now() + INSTRUCTIONS);
            start = System.nanoTime();
            machine.restoreSnapshot(snapshot);
            restoring[i] = System.nanoTime() - start;
        }
        System.err.printf(
                "save %.1f us, restore %.1f us (medians of %,d)%n",
                median(saving), median(restoring), ROUNDS);
    }

    private static double median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e3;
    }
}
