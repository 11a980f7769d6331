package dev.microvisor.dap.request;

import dev.microvisor.dap.motion.PreviousLine;
import dev.microvisor.dap.motion.Stop;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.history.History;
import java.util.Optional;
import org.eclipse.lsp4j.debug.StepBackArguments;
import org.eclipse.lsp4j.debug.SteppingGranularity;

/** {@code stepBack}: to the previous line, over calls, or to the previous instruction. */
public final class StepBack implements Handler<StepBackArguments, Void> {
    private final Session session;

    public StepBack(Session session) {
        this.session = session;
    }

    @Override
    public Void handle(StepBackArguments arguments) {
        Debugged debugged = session.stopped();
        ThreadIds.needOnCore(arguments.getThreadId(), debugged);
        History history = debugged.history();
        if (arguments.getGranularity() == SteppingGranularity.INSTRUCTION) {
            session.resume(
                    () -> {
                        StopReason reason = history.stepBack();
                        return Optional.of(
                                reason instanceof StopReason.LimitReached
                                        ? Stop.historyBegins(history.begin())
                                        : Stop.step());
                    });
        } else {
            session.resume(new PreviousLine(debugged.execution(), history, debugged.code()));
        }
        return null;
    }
}
