package dev.microvisor.debug;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.firmware.TargetLoader;
import dev.microvisor.debug.run.ExpectedLines;
import dev.microvisor.debug.run.FirmwareRun;
import dev.microvisor.debug.run.GdbRun;
import dev.microvisor.debug.run.Goal;
import dev.microvisor.debug.run.JsonOutput;
import dev.microvisor.debug.run.RunLimit;
import dev.microvisor.debug.run.RunOutput;
import dev.microvisor.debug.run.TextOutput;
import dev.microvisor.emulator.cloud.World;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code microvisor run}: firmware from reset to its end, for people and for build servers. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs firmware in the emulator and prints its server log.",
        footer = {
            "",
            "Exit codes: 0 idle for good, ended itself or did what was expected; 1 crashed; 2 could"
                    + " not run; 3 the limit came first; 4 not what --until or --expect asks for;"
                    + " 5 the firmware ended itself with a failure."
        })
final class RunCommand implements Callable<Integer> {
    private static final int OUTPUT_BUFFER_BYTES = 1 << 16;

    private final Main.Streams streams;

    @Parameters(paramLabel = "FIRMWARE.elf", description = "The firmware, as the linker made it.")
    private Path firmware;

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
            names = "--max-time",
            paramLabel = "TIME",
            description = "End after so much virtual time, such as 500ms, 30s, 10m. Default: 10m.")
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
            paramLabel = "PORT",
            description =
                    "Wait for gdb on 127.0.0.1:PORT (the vendor's tool used 8001; 0 picks a free"
                            + " port) and let it drive the run, backwards too.")
    private Integer gdb;

    @Mixin private final WorldOptions world = new WorldOptions();

    RunCommand(Main.Streams streams) {
        this.streams = streams;
    }

    /** How events are written. */
    enum Format {
        TEXT,
        JSON
    }

    @Override
    public Integer call() throws CannotRun {
        try (world) {
            return run();
        }
    }

    private Integer run() throws CannotRun {
        LaunchOptions options =
                LaunchOptions.toRun(
                        firmware, Optional.ofNullable(cloud), Optional.ofNullable(seed));
        Optional<Goal> goal = until == null ? Optional.empty() : Optional.of(Goal.parse(until));
        Optional<ExpectedLines> expected =
                expect == null ? Optional.empty() : Optional.of(ExpectedLines.read(expect));
        Target target =
                TargetLoader.load(
                        options,
                        (image, file) -> {
                            World around = world.open(firmware, file, streams.err());
                            return gdb == null
                                    ? new EmulatedBoard(image, file, around)
                                    : EmulatedBoard.withHistory(image, file, around);
                        });
        RunLimit limit = limit(target.machine().clockHz());
        PrintStream out =
                new PrintStream(
                        new BufferedOutputStream(streams.out(), OUTPUT_BUFFER_BYTES),
                        true, // Each line at once: a pipe's reader follows a long run, too.
                        StandardCharsets.UTF_8);
        RunOutput output =
                format == Format.JSON ? new JsonOutput(out) : new TextOutput(out, streams.err());
        output.started(
                new RunOutput.RunStart(
                        firmware.toString(),
                        TargetLoader.cloudFile(options).map(Path::toString).orElse(""),
                        target.machine().clockHz()));
        target.program().problems().forEach(output::warning);
        FirmwareRun run = new FirmwareRun(target, output, trace, goal, expected);
        if (gdb != null) {
            new GdbRun(target, streams.err()).serve(gdb);
            return ExitCodes.DONE;
        }
        return run.run(limit).exitCode();
    }

    private RunLimit limit(int clockHz) throws CannotRun {
        if (maxInstructions != null && maxTime == null) {
            return RunLimit.ofInstructions(maxInstructions);
        }
        RunLimit time = RunLimit.ofTime(maxTime == null ? RunLimit.DEFAULT_TIME : maxTime, clockHz);
        return maxInstructions == null
                ? time
                : time.orEarlier(RunLimit.ofInstructions(maxInstructions));
    }
}
