package dev.microvisor.dap.request;

import dev.microvisor.dap.motion.FrameStart;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.symbols.frame.Frame;
import dev.microvisor.symbols.scope.Function;
import org.eclipse.lsp4j.debug.RestartFrameArguments;

/** {@code restartFrame}: back in time to where the frame's function was entered. */
public final class RestartFrame implements Handler<RestartFrameArguments, Void> {
    private final Session session;

    public RestartFrame(Session session) {
        this.session = session;
    }

    @Override
    public Void handle(RestartFrameArguments arguments) {
        Debugged debugged = session.stopped();
        Frame frame = debugged.frames().get(FrameIds.onCore(arguments.getFrameId(), debugged));
        boolean own = frame.kind() == Frame.Kind.CALL && frame.canonicalAddress().isPresent();
        Function function =
                frame.function()
                        .filter(f -> own)
                        .orElseThrow(
                                () ->
                                        new RequestFailed(
                                                frame.name()
                                                        + " has no stack frame of its own to go"
                                                        + " back to"));
        session.resume(
                new FrameStart(
                        debugged.execution(),
                        debugged.history(),
                        (int) function.entry(),
                        (int) frame.canonicalAddress().getAsLong(),
                        function.name()));
        return null;
    }
}
