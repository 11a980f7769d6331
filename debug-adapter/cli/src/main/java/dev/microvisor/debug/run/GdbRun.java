package dev.microvisor.debug.run;

import dev.microvisor.dap.console.Console;
import dev.microvisor.dap.console.GdbCommands;
import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.view.GuestThreads;
import dev.microvisor.dap.view.Interrupts;
import dev.microvisor.dap.view.MicrovisorScope;
import dev.microvisor.dap.view.StackView;
import dev.microvisor.dap.view.TasksInGdb;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.history.History;
import dev.microvisor.gdb.GdbServer;
import dev.microvisor.gdb.GuestTasks;
import dev.microvisor.gdb.TimeTravel;
import java.io.IOException;
import java.io.PrintStream;

/** A run that gdb drives, forwards and backwards. */
public final class GdbRun {
    private final Target target;
    private final PrintStream messages;
    private final boolean showsTasks;
    private final Console console;

    /**
     * @param target with history
     * @param showsTasks whether tasks of FreeRTOS are threads in gdb, and not the core alone
     */
    public GdbRun(Target target, PrintStream messages, boolean showsTasks) {
        this.target = target;
        this.messages = messages;
        this.showsTasks = showsTasks;
        this.console =
                new Console(
                        target,
                        () ->
                                new MicrovisorScope(
                                        target.kernel(),
                                        new Interrupts(target.machine()),
                                        target::describe,
                                        false),
                        () -> new StackView(target),
                        () -> new GuestThreads(target, new StackView(target)));
    }

    /** Serves one gdb after another until one kills the program. */
    public void serve(int port) throws CannotRun {
        try (GdbServer server = GdbServer.listen(port)) {
            messages.println("GDB listening on 127.0.0.1:" + server.port());
            messages.flush();
            GdbCommands commands = new GdbCommands(console, this::goTo, this::restart);
            server.serve(
                    target.machine(),
                    target.history().map(Backwards::new),
                    commands,
                    showsTasks ? new TasksInGdb(target) : GuestTasks.CORE);
        } catch (IOException e) {
            throw new CannotRun(
                    "cannot serve gdb on 127.0.0.1:"
                            + port
                            + " ("
                            + e.getMessage()
                            + "): choose another port with --gdb=PORT");
        }
    }

    private String restart() {
        target.history().ifPresent(History::restart);
        return "at the first instruction again";
    }

    private String goTo(long instruction) {
        History history = target.history().orElseThrow();
        StopReason reason = history.goTo(instruction);
        String early = history.now() < instruction ? reason.text() + "; " : "";
        return early + "at instruction " + history.now();
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
