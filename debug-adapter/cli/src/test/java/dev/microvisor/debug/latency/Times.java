package dev.microvisor.debug.latency;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Durations of one operation, as a clock on the wall and as processor time of some processes. */
final class Times {
    private static final double MS = 1e6;

    private final List<Double> wall = new ArrayList<>();
    private final List<Double> processor = new ArrayList<>();
    private final List<ProcessHandle> processes;

    /** What is measured. */
    interface Operation {
        void run() throws IOException;
    }

    Times(ProcessHandle... processes) {
        this.processes = List.of(processes);
    }

    Times measure(int times, Operation operation) throws IOException {
        for (int i = 0; i < times; i++) {
            long used = used();
            long start = System.nanoTime();
            operation.run();
            wall.add((System.nanoTime() - start) / MS);
            processor.add((used() - used) / MS);
        }
        return this;
    }

    /** Nanoseconds of processor time that all threads have had; Linux counts them. */
    private long used() throws IOException {
        long sum = 0;
        for (ProcessHandle process : processes) {
            Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
            try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
                for (Path thread : threads) {
                    sum += ofThread(thread);
                }
            }
        }
        return sum;
    }

    private static long ofThread(Path thread) throws IOException {
        try {
            return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
        } catch (NoSuchFileException e) {
            return 0; // It has ended meanwhile.
        }
    }

    /** Resident memory of a process at its highest, in MiB. */
    static long peakMiB(ProcessHandle process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    void print(String what) {
        System.out.printf(
                "%-54s %9.2f %9.2f %9.2f%n",
                what, quantile(wall, 0.5), quantile(wall, 0.95), quantile(processor, 0.5));
    }

    private static double quantile(List<Double> values, double part) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(part * sorted.size())));
    }
}
