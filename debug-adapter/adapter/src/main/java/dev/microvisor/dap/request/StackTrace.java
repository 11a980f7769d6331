package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.view.Frame;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.debug.StackFrame;
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
        List<Frame> frames = debugged.frames();
        int start = arguments.getStartFrame() == null ? 0 : Math.max(0, arguments.getStartFrame());
        int levels = arguments.getLevels() == null ? 0 : arguments.getLevels();
        int end = levels <= 0 ? frames.size() : (int) Math.min(frames.size(), (long) start + levels);
        List<StackFrame> rows = new ArrayList<>();
        for (int i = start; i < end; i++) {
            rows.add(row(debugged, frames.get(i)));
        }
        StackTraceResponse response = new StackTraceResponse();
        response.setStackFrames(rows.toArray(StackFrame[]::new));
        response.setTotalFrames(frames.size());
        return response;
    }

    private StackFrame row(Debugged debugged, Frame frame) {
        StackFrame row = new StackFrame();
        row.setId(FrameIds.of(frame.index()));
        String name =
                frame.function().isEmpty()
                        ? String.format("0x%08x", frame.pc())
                        : frame.function();
        row.setName(frame.exception().isEmpty() ? name : name + " [" + frame.exception() + "]");
        row.setInstructionPointerReference(String.format("0x%08x", frame.pc()));
        row.setModuleId(1);
        if (frame.line().isPresent()) {
            row.setSource(
                    Sources.of(
                            frame.line().get().file(),
                            debugged.target().sources(),
                            session.settings()));
            row.setLine(session.settings().lineToClient(frame.line().get().line()));
            row.setColumn(session.settings().columnToClient(frame.line().get().column()));
        } else {
            row.setLine(0);
            row.setColumn(0);
            row.setPresentationHint(StackFramePresentationHint.SUBTLE);
        }
        return row;
    }
}
