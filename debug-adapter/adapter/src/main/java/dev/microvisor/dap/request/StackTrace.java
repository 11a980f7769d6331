package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.view.GuestThreads.GuestThread;
import dev.microvisor.symbols.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StackFrameFormat;
import org.eclipse.lsp4j.debug.StackFramePresentationHint;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.StackTraceResponse;

/** {@code stackTrace}: the frames, inlined ones among them, innermost first. */
public final class StackTrace implements Handler<StackTraceArguments, StackTraceResponse> {
    private final Session session;

    public StackTrace(Session session) {
        this.session = session;
    }

    @Override
    public StackTraceResponse handle(StackTraceArguments arguments) {
        Debugged debugged = session.stopped();
        GuestThread thread = ThreadIds.thread(arguments.getThreadId(), debugged);
        List<Frame> frames =
                thread.stack()
                        .orElseThrow(
                                () ->
                                        new RequestFailed(
                                                "the registers that this task saved are not laid"
                                                        + " out as any known port does it: its"
                                                        + " stack cannot be read"))
                        .frames();
        int start = arguments.getStartFrame() == null ? 0 : Math.max(0, arguments.getStartFrame());
        int levels = arguments.getLevels() == null ? 0 : arguments.getLevels();
        int end =
                levels <= 0 ? frames.size() : (int) Math.min(frames.size(), (long) start + levels);
        List<StackFrame> rows = new ArrayList<>();
        for (int i = start; i < end; i++) {
            rows.add(row(debugged, thread, frames.get(i), arguments.getFormat()));
        }
        StackTraceResponse response = new StackTraceResponse();
        response.setStackFrames(rows.toArray(StackFrame[]::new));
        response.setTotalFrames(frames.size());
        return response;
    }

    private StackFrame row(
            Debugged debugged, GuestThread thread, Frame frame, StackFrameFormat format) {
        StackFrame row = new StackFrame();
        row.setId(FrameIds.of(thread, frame.level()));
        row.setName(FrameName.of(debugged, thread, frame, Optional.ofNullable(format)));
        row.setInstructionPointerReference(MemoryReference.of((int) frame.pc()));
        row.setModuleId(Modules.ID);
        frame.position()
                .ifPresent(
                        position -> {
                            Sources.warnIfChanged(position.file(), session);
                            row.setSource(
                                    Sources.of(
                                            position.file(),
                                            debugged.target().sources(),
                                            session.settings()));
                            row.setLine(session.settings().lineToClient(position.line()));
                            row.setColumn(session.settings().columnToClient(position.column()));
                        });
        if (frame.kind() == Frame.Kind.EXCEPTION) {
            row.setPresentationHint(StackFramePresentationHint.LABEL);
        } else if (frame.position().isEmpty()) {
            row.setPresentationHint(StackFramePresentationHint.SUBTLE);
        }
        return row;
    }
}
