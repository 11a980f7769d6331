package dev.microvisor.debug;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.debug.explore.Exploration;
import dev.microvisor.debug.explore.ExplorationReport;
import dev.microvisor.debug.explore.ExplorationTable;
import dev.microvisor.debug.explore.Shard;
import dev.microvisor.debug.run.ReportFile;
import dev.microvisor.debug.run.RunLimit;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of {@code run} that explore what firmware does when calls fail. */
final class ExploreOptions {
    private static final String REPORT = "--report";

    @Option(
            names = "--explore-faults",
            description =
                    "Run the firmware once for every call site and every error status that the call"
                            + " documents, answer that status there once, and report which make it"
                            + " crash, hang, overflow a stack or leak a handle.")
    boolean explore;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description =
                    "With --explore-faults: how many runs at a time. Default: one a processor.")
    private Integer jobs;

    @Option(
            names = "--hits",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "With --explore-faults: fail each of the first N calls of every place, one in"
                            + " each run. 1 to 16, default: 1.")
    private int hits;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "With --explore-faults: only every Nth injection, from the Ith on.")
    private String shard;

    @Option(
            names = REPORT,
            paramLabel = "FILE",
            description = "With --explore-faults: write the report as JSON, too.")
    private Path report;

    @Option(
            names = "--merge",
            description =
                    "The arguments are reports of all shards of one exploration, not firmware: put"
                            + " them together.")
    boolean merge;

    /** What {@code --max-time} and {@code --max-instructions} say. */
    interface LimitReader {
        RunLimit read(int clockHz, String otherwise) throws CannotRun;
    }

    /** Explores and reports. */
    int explore(
            LaunchOptions options,
            LimitReader limits,
            boolean json,
            Main.Streams streams,
            Interruption interruption)
            throws CannotRun {
        checkReport();
        int processors = Runtime.getRuntime().availableProcessors();
        if (jobs != null && jobs < 1) {
            throw new CannotRun("-j " + jobs + " must be at least 1");
        }
        if (hits < 1 || hits > Exploration.MAX_HITS) {
            throw new CannotRun("--hits " + hits + " must be from 1 to " + Exploration.MAX_HITS);
        }
        Shard part = shard == null ? Shard.WHOLE : Shard.parse(shard);
        ProgressLine progress = ProgressLine.on(streams.err());
        Exploration exploration =
                new Exploration(
                        options,
                        part,
                        jobs == null ? processors : jobs,
                        hits,
                        done -> progress.show(done.done() + " of " + done.total() + " injections"));
        interruption.listen(signal -> exploration.stop());
        Optional<ExplorationReport> found =
                exploration.run(
                        clockHz -> limits.read(clockHz, RunLimit.EXPLORATION_TIME).instructions());
        progress.clear();
        if (found.isEmpty()) {
            streams.err().println("microvisor: interrupted before the first injection");
        }
        int code = found.isPresent() ? print(found.get(), json, streams.out()) : ExitCodes.DONE;
        return interruption.asked().map(Interruption.Signal::exitCode).orElse(code);
    }

    /** Reports what several shards found. */
    int merge(List<Path> reports, boolean json, Main.Streams streams) throws CannotRun {
        checkReport();
        List<ExplorationReport> shards = new ArrayList<>();
        for (Path path : reports) {
            shards.add(ExplorationReport.read(path));
        }
        return print(ExplorationReport.merge(shards), json, streams.out());
    }

    private void checkReport() throws CannotRun {
        if (report != null) {
            new ReportFile(REPORT, report).check();
        }
    }

    private int print(ExplorationReport found, boolean json, PrintStream out) throws CannotRun {
        if (report != null) {
            new ReportFile(REPORT, report).write(found.json());
        }
        PrintStream utf8 = new PrintStream(out, false, StandardCharsets.UTF_8);
        if (json) {
            utf8.print(found.json());
        } else {
            ExplorationTable.of(found).forEach(utf8::println);
        }
        utf8.flush();
        return found.findings().isEmpty() ? ExitCodes.DONE : ExitCodes.CRASHED;
    }
}
