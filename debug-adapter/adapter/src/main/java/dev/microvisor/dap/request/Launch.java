package dev.microvisor.dap.request;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.firmware.TargetLoader;
import dev.microvisor.dap.session.ClientEvents;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.RunFeed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.session.SessionState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.debug.ModuleEventArguments;
import org.eclipse.lsp4j.debug.ModuleEventArgumentsReason;

/** {@code launch}: loads the firmware; it runs after {@code configurationDone}. */
public final class Launch implements Handler<Map<String, Object>, Void> {
    private final Session session;

    public Launch(Session session) {
        this.session = session;
    }

    @Override
    public Void handle(Map<String, Object> arguments) {
        if (!(session.state() instanceof SessionState.Initialized)) {
            throw new RequestFailed(
                    session.state() instanceof SessionState.Fresh
                            ? session.state().text()
                            : "this session has firmware already");
        }
        try {
            LaunchOptions options = LaunchOptions.read(attributes(arguments));
            Optional<Target> left = session.takeLeft();
            Target target =
                    left.isPresent()
                            ? TargetLoader.again(left.get(), options)
                            : TargetLoader.load(options, session.boards());
            RunFeed feed =
                    new RunFeed(
                            session.client(),
                            target,
                            options.trace(),
                            session.settings().ansi(),
                            a -> placeOf(target, a));
            target.console(feed::console);
            target.warnings(feed::warning);
            Debugged debugged = new Debugged(target, options, feed);
            session.enter(new SessionState.Configuring(debugged, left.isPresent()));
            session.machineThread().interruptWith(target.machine()::pause);
            warnAbout(target);
            target.history().ifPresent(h -> h.setBudget((long) options.historyMemoryMiB() << 20));
            target.history().ifPresent(h -> h.onProgress(session::searched));
            target.history()
                    .ifPresent(
                            history ->
                                    history.onFork(
                                            end ->
                                                    feed.note(
                                                            "changed in the past, at instruction "
                                                                    + history.now()
                                                                    + ": what was known up to"
                                                                    + " instruction "
                                                                    + end
                                                                    + " is forgotten")));
            ModuleEventArguments loaded = new ModuleEventArguments();
            loaded.setReason(ModuleEventArgumentsReason.NEW);
            loaded.setModule(Modules.module(debugged));
            session.afterResponse(() -> session.client().raw().module(loaded));
            session.afterResponse(session.client()::initialized);
            return null;
        } catch (CannotRun e) {
            throw new RequestFailed(e.getMessage());
        }
    }

    private Map<String, Object> attributes(Map<String, Object> arguments) {
        Map<String, Object> all = new HashMap<>(arguments == null ? Map.of() : arguments);
        all.putAll(session.given());
        return all;
    }

    private void warnAbout(Target target) {
        for (String problem : target.program().problems()) {
            session.client().output("important", problem, Optional.empty());
        }
    }

    private Optional<ClientEvents.Place> placeOf(Target target, int address) {
        return target.program()
                .lineAt(address)
                .map(
                        line ->
                                new ClientEvents.Place(
                                        Sources.of(
                                                line.file(), target.sources(), session.settings()),
                                        session.settings().lineToClient(line.line())));
    }
}
