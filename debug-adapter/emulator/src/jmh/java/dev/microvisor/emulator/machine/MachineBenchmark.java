package dev.microvisor.emulator.machine;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A million instructions of the C test suite, and what a snapshot costs. {@code
 * src/test/firmware/benchmark.sh} measures whole programs, warm-up included.
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MachineBenchmark {
    private static final long INSTRUCTIONS = 1_000_000;

    /** Instructions between two snapshots when a debugger may step back. */
    private static final long STRETCH = 100_000;

    @Param({"suite-O0-soft", "suite-O2-hard"})
    String program;

    @Param({"true", "false"})
    boolean compiles;

    private Machine machine;
    private MachineSnapshot start;

    @Setup
    public void load() throws IOException {
        try (var in = MachineBenchmark.class.getResourceAsStream("/programs/" + program + ".bin")) {
            machine = new ProgramRunner(in.readAllBytes()).machine;
        }
        if (!compiles) {
            machine.interpretOnly();
        }
        start = machine.saveSnapshot();
    }

    @Benchmark
    public long millionInstructions() {
        machine.restoreSnapshot(start);
        machine.run(INSTRUCTIONS);
        return machine.now();
    }

    @Benchmark
    public Object millionInstructionsWithTenSnapshots() {
        machine.restoreSnapshot(start);
        MachineSnapshot last = start;
        for (long until = STRETCH; until <= INSTRUCTIONS; until += STRETCH) {
            machine.run(until);
            last = machine.saveSnapshot();
        }
        return last;
    }
}
