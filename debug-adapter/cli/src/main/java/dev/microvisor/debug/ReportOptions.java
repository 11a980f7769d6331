package dev.microvisor.debug;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.debug.run.CallCoverage;
import dev.microvisor.debug.run.FirmwareRun;
import dev.microvisor.debug.run.JUnitReport;
import dev.microvisor.debug.run.LineCoverage;
import dev.microvisor.debug.run.ReportFile;
import dev.microvisor.debug.run.RunOutput.RunEnd;
import dev.microvisor.debug.run.TraceFile;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.machine.InstructionObserver;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of {@code run} that write files about a run for build servers. */
final class ReportOptions {
    private static final String JUNIT = "--junit";
    private static final String COVERAGE = "--coverage";
    private static final String CALL_COVERAGE = "--call-coverage";
    private static final String PERFETTO = "--perfetto";

    @Option(
            names = JUNIT,
            paramLabel = "FILE",
            description = "Write how the run ended as a JUnit XML test case.")
    private Path junit;

    @Option(
            names = COVERAGE,
            paramLabel = "FILE",
            description =
                    "Write which source lines were executed, and how often, as an lcov tracefile."
                            + " The run is several times slower.")
    private Path coverage;

    @Option(
            names = CALL_COVERAGE,
            paramLabel = "FILE",
            description =
                    "Write which system calls were made from where and which statuses they answered,"
                            + " and which never, as JSON.")
    private Path callCoverage;

    @Option(
            names = PERFETTO,
            paramLabel = "FILE",
            description =
                    "Write tasks, interrupt handlers and system calls over time as trace events, which"
                            + " ui.perfetto.dev opens. The run is several times slower.")
    private Path perfetto;

    @Option(
            names = "--memory",
            description = "At the end, report how far each stack has been used, and the heaps.")
    private boolean memory;

    private final LineCoverage lines = new LineCoverage();
    private final CallCoverage calls = new CallCoverage();
    private TraceFile trace;

    /** Whether the files can be written. */
    void check() throws CannotRun {
        for (ReportFile file :
                List.of(
                        new ReportFile(JUNIT, junit),
                        new ReportFile(COVERAGE, coverage),
                        new ReportFile(CALL_COVERAGE, callCoverage),
                        new ReportFile(PERFETTO, perfetto))) {
            if (file.path() != null) {
                file.check();
            }
        }
    }

    /** Before the run. */
    void begin(FirmwareRun run, Target target, EmulatedBoard board) {
        List<InstructionObserver> observers = new ArrayList<>();
        List<KernelListener> listeners = new ArrayList<>();
        if (coverage != null) {
            observers.add(lines);
        }
        if (callCoverage != null) {
            listeners.add(calls);
        }
        if (perfetto != null) {
            trace = new TraceFile(target, board.emulator());
            observers.add(trace);
            listeners.add(trace);
        }
        if (memory) {
            run.reportMemory();
        }
        run.alsoTell(listeners);
        if (!observers.isEmpty()) {
            board.emulator()
                    .observe(
                            observers.size() == 1
                                    ? observers.get(0)
                                    : (pc, sp, exception) ->
                                            observers.forEach(o -> o.executing(pc, sp, exception)));
        }
    }

    /**
     * After the run.
     *
     * @param messages where it is said that a trace is not whole
     * @param log the last lines that the firmware logged
     */
    void write(Path firmware, Target target, RunEnd end, List<String> log, PrintStream messages)
            throws CannotRun {
        if (coverage != null) {
            lines.write(new ReportFile(COVERAGE, coverage), target);
        }
        if (callCoverage != null) {
            calls.write(new ReportFile(CALL_COVERAGE, callCoverage), target);
        }
        if (trace != null) {
            trace.write(new ReportFile(PERFETTO, perfetto));
            if (trace.isCut()) {
                messages.println(
                        "warning: --perfetto: only the first "
                                + TraceFile.MAX_EVENTS
                                + " events were kept; end the run earlier with --max-time");
            }
        }
        if (junit != null) {
            JUnitReport.write(new ReportFile(JUNIT, junit), firmware.toString(), end, log);
        }
    }
}
