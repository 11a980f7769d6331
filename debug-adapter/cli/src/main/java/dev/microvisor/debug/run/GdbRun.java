package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.view.Times;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.history.History;
import dev.microvisor.gdb.GdbServer;
import dev.microvisor.gdb.TimeTravel;
import java.io.IOException;
import java.io.PrintStream;

/** A run that gdb drives, forwards and backwards. */
public final class GdbRun {
    private final Target target;
    private final PrintStream messages;

    /**
     * @param target with history
     */
    public GdbRun(Target target, PrintStream messages) {
        this.target = target;
        this.messages = messages;
    }

    /** Serves one gdb after another until one kills the program. */
    public void serve(int port) throws CannotRun {
        try (GdbServer server = GdbServer.listen(port)) {
            messages.println("GDB listening on 127.0.0.1:" + server.port());
            messages.flush();
            server.serve(target.machine(), target.history().map(Backwards::new), this::monitor);
        } catch (IOException e) {
            throw new CannotRun(
                    "cannot serve gdb on 127.0.0.1:"
                            + port
                            + " ("
                            + e.getMessage()
                            + "): choose another port with --gdb=PORT");
        }
    }

    private String monitor(String command) {
        long now = target.machine().now();
        return switch (command) {
            case "reset" -> {
                target.history().ifPresent(History::restart);
                yield "at the first instruction again";
            }
            case "time" ->
                    Times.ofInstruction(now, target.machine().clockHz()) + ", instruction " + now;
            default -> "monitor commands: reset, time";
        };
    }

    /** History as the stub knows it. */
    private record Backwards(History history) implements TimeTravel {
        @Override
        public StopReason stepBack() {
            return history.stepBack();
        }

        @Override
        public StopReason reverseContinue() {
            return history.reverseContinue();
        }
    }
}
