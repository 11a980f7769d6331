package dev.microvisor.debug;

import dev.microvisor.dap.DebugAdapterPort;
import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.firmware.TargetLoader;
import dev.microvisor.debug.run.ExpectedLines;
import dev.microvisor.debug.run.FirmwareRun;
import dev.microvisor.debug.run.GdbRun;
import dev.microvisor.debug.run.Goal;
import dev.microvisor.debug.run.InjectedStatus;
import dev.microvisor.debug.run.JsonOutput;
import dev.microvisor.debug.run.RunLimit;
import dev.microvisor.debug.run.RunOutput;
import dev.microvisor.debug.run.TextOutput;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.World;
import dev.microvisor.emulator.machine.FirmwareImage;
import dev.microvisor.emulator.outside.Outside;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code microvisor run}: firmware from reset to its end, for people and for build servers. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs firmware in the emulator and prints its server log.",
        footer = {
            "",
            "Exit codes: 0 idle for good, ended itself or did what was expected; 1 crashed; 2 could"
                    + " not run; 3 the limit came first; 4 not what --until or --expect asks for;"
                    + " 5 the firmware ended itself with a failure; 6 a replay differs from its"
                    + " recording; 130 interrupted with Ctrl-C, 143 by SIGTERM: all reports are"
                    + " written, with what was run."
        })
final class RunCommand implements Callable<Integer> {
    private static final int OUTPUT_BUFFER_BYTES = 1 << 16;
    private static final long PROGRESS_NS = 500_000_000;

    private final Main.Streams streams;
    private final Interruption interruption;

    @Parameters(
            arity = "1..*",
            paramLabel = "FIRMWARE.elf",
            description = "The firmware, as the linker made it.")
    private List<Path> files;

    @Mixin private ExploreOptions exploreOptions;

    @Option(
            names = "--inject",
            paramLabel = "[PLACE ]CALL=STATUS[#N]",
            description =
                    "Answer a call with a status in place of Microvisor: 'http.c:88"
                            + " mvOpenChannel=RATELIMITED#1'. PLACE is FILE:LINE or the address"
                            + " after the call, default anywhere; N counts the calls from there,"
                            + " default 1, * for all. May be given several times.")
    private List<String> injections = List.of();

    @Option(
            names = "--cloud",
            paramLabel = "FILE",
            description = "The cloud file; default: cloud.toml beside the firmware, if it exists.")
    private Path cloud;

    @Option(
            names = "--trace",
            description = "Also print every system call with its arguments, status and call site.")
    private boolean trace;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "For people, or one JSON object a line.")
    private Format format;

    @Option(
            names = "--interpreter",
            description =
                    "Interpret every instruction instead of compiling what runs often: slower, with"
                            + " the same result. For finding out whether the compiler is wrong.")
    private boolean interpreter;

    @Option(
            names = "--max-time",
            paramLabel = "TIME",
            description =
                    "End after so much virtual time, such as 500ms, 30s, 10m. Default: 10m, with"
                            + " --explore-faults 2m.")
    private String maxTime;

    @Option(
            names = "--max-instructions",
            paramLabel = "N",
            description = "End after so many instructions.")
    private Long maxInstructions;

    @Option(
            names = "--until",
            paramLabel = "log:REGEX|console:REGEX",
            description = "End, successfully, at the first line that the expression is found in.")
    private String until;

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description =
                    "Fail unless every line of the file comes in the server log, in this order."
                            + " /REGEX/ is a regular expression; # begins a comment.")
    private Path expect;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Start of everything random; default: as the cloud file says.")
    private Long seed;

    @Option(
            names = "--gdb",
            paramLabel = "[PORT]",
            parameterConsumer = GdbPort.class,
            description =
                    "Wait for gdb or lldb on 127.0.0.1:PORT (8001, as the vendor's tool, when none is"
                            + " given; 0 picks a free port) and let it drive the run, backwards too."
                            + " With --debug both debuggers are on one session.")
    private Integer gdb;

    @Option(
            names = "--gdb-tasks",
            description =
                    "With --gdb: the tasks of FreeRTOS are gdb's threads. A step stays in its task.")
    private boolean gdbTasks;

    @Mixin private ReportOptions reports;

    @Mixin private SerialInputs serial;

    @Mixin private SnapshotOptions snapshots;

    @Spec private CommandSpec spec;

    @Mixin private final WorldOptions world = new WorldOptions();

    @Option(
            names = "--debug",
            paramLabel = "PORT",
            description =
                    "Wait for one debugger that speaks the Debug Adapter Protocol on 127.0.0.1:PORT"
                            + " (0 picks a free port) and let it drive the run.")
    private Integer debug;

    RunCommand(Main.Streams streams, Interruption interruption) {
        this.streams = streams;
        this.interruption = interruption;
    }

    /** How events are written. */
    enum Format {
        TEXT,
        JSON
    }

    /** Serves one client; the firmware and its cloud are what the command line says. */
    private int serveDebugger(Path firmware) throws CannotRun {
        Map<String, Object> given = new HashMap<>();
        given.put("program", firmware.toAbsolutePath().toString());
        if (cloud != null) {
            given.put("cloud", cloud.toAbsolutePath().toString());
        }
        if (seed != null) {
            given.put("seed", seed);
        }
        if (trace) {
            given.put("trace", true);
        }
        try (DebugAdapterPort port =
                DebugAdapterPort.open(
                        debug,
                        (image, file) -> asAsked(EmulatedBoard.withHistory(image, file)),
                        given)) {
            if (gdb != null) {
                streams.err().println("GDB listening on 127.0.0.1:" + port.alsoGdb(gdb));
            }
            streams.err().println("DAP listening on 127.0.0.1:" + port.number());
            streams.err().flush();
            port.serveOne();
        }
        return ExitCodes.DONE;
    }

    @Override
    public Integer call() throws CannotRun {
        try (world) {
            return run();
        }
    }

    private Integer run() throws CannotRun {
        Combinations.check(spec.commandLine().getParseResult());
        if (exploreOptions.merge) {
            return exploreOptions.merge(files, format == Format.JSON, streams);
        }
        if (files.size() > 1) {
            throw new CannotRun("one firmware at a time, not also " + files.get(1));
        }
        Path firmware = files.get(0);
        if (debug != null) {
            return serveDebugger(firmware);
        }
        LaunchOptions options =
                LaunchOptions.toRun(
                        firmware, Optional.ofNullable(cloud), Optional.ofNullable(seed));
        if (exploreOptions.explore) {
            return exploreOptions.explore(
                    options, this::limit, format == Format.JSON, streams, interruption);
        }
        Optional<Goal> goal = until == null ? Optional.empty() : Optional.of(Goal.parse(until));
        Optional<ExpectedLines> expected =
                expect == null ? Optional.empty() : Optional.of(ExpectedLines.read(expect));
        reports.check();
        List<InjectedStatus> injected = new ArrayList<>();
        for (String text : injections) {
            injected.add(InjectedStatus.parse(text));
        }
        Boards boards = new Boards(firmware);
        Target target = TargetLoader.load(options, boards);
        RunLimit limit = limit(target.machine().clockHz(), RunLimit.DEFAULT_TIME);
        ReadStream read = new ReadStream(streams.out());
        PrintStream out =
                new PrintStream(
                        new BufferedOutputStream(read, OUTPUT_BUFFER_BYTES),
                        true, // Each line at once: a pipe's reader follows a long run, too.
                        StandardCharsets.UTF_8);
        ProgressLine progress = ProgressLine.on(streams.err());
        RunOutput output =
                new ProgressOutput(
                        format == Format.JSON
                                ? new JsonOutput(out)
                                : new TextOutput(out, streams.err()),
                        progress);
        output.started(
                new RunOutput.RunStart(
                        firmware.toString(),
                        TargetLoader.cloudFile(options).map(Path::toString).orElse(""),
                        target.machine().clockHz()));
        target.program().problems().forEach(output::warning);
        FirmwareRun run = new FirmwareRun(target, boards.made(), output, trace, goal, expected);
        read.whenGone(run::abandon);
        run.inject(injected);
        snapshots.apply(
                run,
                boards.made(),
                firmware,
                TargetLoader.cloudFile(options),
                Optional.ofNullable(seed));
        serial.open(boards.made(), boards.outside(), streams.in());
        if (gdb != null) {
            new GdbRun(target, streams.err(), gdbTasks).serve(gdb);
            return ExitCodes.DONE;
        }
        interruption.listen(signal -> run.interrupt(signal.text(), signal.exitCode()));
        reports.begin(run, target, boards.made());
        showProgress(run, progress, target.machine().clockHz());
        RunOutput.RunEnd end = run.run(limit);
        reports.write(firmware, target, end, run.log(), streams.err());
        return end.exitCode();
    }

    private EmulatedBoard asAsked(EmulatedBoard board) {
        if (interpreter) {
            board.emulator().interpretOnly();
        }
        return board;
    }

    /** Tells a person before a terminal how far a long run is. */
    private static void showProgress(FirmwareRun run, ProgressLine line, int clockHz) {
        if (line.isShown()) {
            AtomicLong last = new AtomicLong(System.nanoTime());
            run.tell(
                    now -> {
                        long real = System.nanoTime();
                        if (real - last.get() > PROGRESS_NS) {
                            last.set(real);
                            line.show(
                                    String.format(
                                            Locale.ROOT,
                                            "%,.1f s of %,.1f s of virtual time",
                                            (double) now.now() / clockHz,
                                            (double) now.limit() / clockHz));
                        }
                    });
        }
    }

    /** Makes the board and remembers it. */
    private final class Boards implements TargetLoader.BoardMaker {
        private final Path firmware;
        private EmulatedBoard made;
        private Outside outside;

        Boards(Path firmware) {
            this.firmware = firmware;
        }

        @Override
        public Target.Board make(FirmwareImage image, Cloud file) throws CannotRun {
            World around = world.open(firmware, file, streams.err());
            outside = around.outside();
            made =
                    gdb == null
                            ? new EmulatedBoard(image, file, around)
                            : EmulatedBoard.withHistory(image, file, around);
            if (gdb == null) {
                made.microvisor().keepNoCalls();
            }
            return asAsked(made);
        }

        EmulatedBoard made() {
            return made;
        }

        Outside outside() {
            return outside;
        }
    }

    private RunLimit limit(int clockHz, String otherwise) throws CannotRun {
        if (maxInstructions != null && maxTime == null) {
            return RunLimit.ofInstructions(maxInstructions);
        }
        RunLimit time =
                RunLimit.ofTime("--max-time", maxTime == null ? otherwise : maxTime, clockHz);
        if (time.instructions() == 0) {
            throw new CannotRun("--max-time " + maxTime + " must be more than 0");
        }
        return maxInstructions == null
                ? time
                : time.orEarlier(RunLimit.ofInstructions(maxInstructions));
    }
}
