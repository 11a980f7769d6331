package dev.microvisor.dap.request;

import dev.microvisor.dap.motion.Continue;
import dev.microvisor.dap.motion.RunTo;
import dev.microvisor.dap.motion.Stop;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.session.SessionState;
import dev.microvisor.symbols.Program;
import dev.microvisor.symbols.stop.BreakpointPlace;
import java.util.Optional;
import org.eclipse.lsp4j.debug.ConfigurationDoneArguments;

/** {@code configurationDone}: the firmware goes, to its first stop. */
public final class ConfigurationDone implements Handler<ConfigurationDoneArguments, Void> {
    private final Session session;

    public ConfigurationDone(Session session) {
        this.session = session;
    }

    @Override
    public Void handle(ConfigurationDoneArguments arguments) {
        if (!(session.state() instanceof SessionState.Configuring configuring)) {
            throw new RequestFailed(
                    session.state() instanceof SessionState.Launched
                            ? "the session is configured already"
                            : session.state().text());
        }
        session.afterResponse(
                () -> {
                    if (configuring.left()) {
                        session.halt(Stop.of("entry", "Stopped where the last client left it"));
                    } else {
                        start(configuring.debugged());
                    }
                    session.begun();
                });
        return null;
    }

    void start(Debugged debugged) {
        if (debugged.options().stopOnEntry()) {
            session.halt(Stop.of("entry", "Stopped at reset"));
            return;
        }
        Optional<BreakpointPlace> main =
                debugged.options().stopAtMain() && !debugged.options().noDebug()
                        ? main(debugged.target().program())
                        : Optional.empty();
        session.resume(
                main.isEmpty()
                        ? new Continue(debugged.execution())
                        : new RunTo(
                                debugged.execution(),
                                (int) main.get().address(),
                                Stop.of("entry", "Stopped in main")));
    }

    /** By its symbol, which is quick; a file without symbols may still describe its functions. */
    private static Optional<BreakpointPlace> main(Program program) {
        return program.startOfLinked("main")
                .or(() -> program.startsOfFunction("main").stream().findFirst());
    }
}
