package dev.microvisor.debug;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.debug.run.JUnitReport;
import dev.microvisor.debug.run.LineCoverage;
import dev.microvisor.debug.run.RunOutput.RunEnd;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of {@code run} that write files about a run for build servers. */
final class ReportOptions {
    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write how the run ended as a JUnit XML test case.")
    private Path junit;

    @Option(
            names = "--coverage",
            paramLabel = "FILE",
            description =
                    "Write which source lines were executed, and how often, as an lcov tracefile."
                            + " The run is several times slower.")
    private Path coverage;

    private final LineCoverage lines = new LineCoverage();

    /** Before the run. */
    void begin(EmulatedBoard board) {
        if (coverage != null) {
            board.emulator().observe(lines);
        }
    }

    /**
     * After the run.
     *
     * @param log the last lines that the firmware logged
     */
    void write(Path firmware, Target target, RunEnd end, List<String> log) throws CannotRun {
        if (coverage != null) {
            lines.write(coverage, target);
        }
        if (junit != null) {
            JUnitReport.write(junit, firmware.toString(), end, log);
        }
    }
}
