package dev.microvisor.debug;

import dev.microvisor.dap.DebugAdapter;
import dev.microvisor.dap.DebugAdapterPort;
import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.machine.FirmwareImage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code microvisor dap}: a debug adapter on stdio or on a port. */
@Command(
        name = "dap",
        mixinStandardHelpOptions = true,
        description = {
            "Serves the Debug Adapter Protocol, on standard input and output or on a loopback port."
        })
final class DapCommand implements Callable<Integer> {
    private final Main.Streams streams;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Listen on 127.0.0.1:N instead (0 picks a free port). Each client gets a session"
                            + " of its own.")
    private Integer port;

    @Option(
            names = "--interpreter",
            description =
                    "Interpret every instruction instead of compiling what runs often: slower, with"
                            + " the same result. For finding out whether the compiler is wrong.")
    private boolean interpreter;

    DapCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws CannotRun {
        if (port == null) {
            new DebugAdapter(this::makeBoard).serve(streams.in(), streams.out());
            return ExitCodes.DONE;
        }
        if (port < 0 || port > 65_535) {
            throw new CannotRun("--port " + port + " is no port: give 0 to 65535");
        }
        try (DebugAdapterPort listener = DebugAdapterPort.open(port, this::makeBoard)) {
            streams.out().println("DAP listening on 127.0.0.1:" + listener.number());
            streams.out().flush();
            listener.serve();
        }
        return ExitCodes.DONE;
    }

    private EmulatedBoard makeBoard(FirmwareImage image, Cloud cloud) {
        EmulatedBoard board = EmulatedBoard.withHistory(image, cloud);
        if (interpreter) {
            board.emulator().interpretOnly();
        }
        return board;
    }
}
