package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.view.GuestThreads.GuestThread;
import dev.microvisor.dap.view.Node;
import dev.microvisor.symbols.frame.Frame;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.debug.StackFrameFormat;

/** How a frame is named in the call stack: with as much as the client asks for. */
final class FrameName {
    private FrameName() {}

    static String of(
            Debugged debugged, GuestThread thread, Frame frame, Optional<StackFrameFormat> wanted) {
        String plain = frame.name().isEmpty() ? String.format("0x%08x", frame.pc()) : frame.name();
        if (wanted.isEmpty()) {
            return plain;
        }
        StackFrameFormat format = wanted.get();
        StringBuilder text = new StringBuilder();
        if (is(format.getModule())) {
            text.append(debugged.options().program().getFileName()).append('!');
        }
        text.append(plain);
        if (is(format.getParameters()) && frame.hasVariables() && thread.stack().isPresent()) {
            List<Node> arguments =
                    thread.stack().get().arguments(frame.level(), Formats.of(format));
            text.append(
                    arguments.stream()
                            .map(one -> parameter(one, format))
                            .collect(Collectors.joining(", ", "(", ")")));
        }
        if (is(format.getLine())) {
            frame.position().ifPresent(at -> text.append(" line ").append(at.line()));
        }
        return text.toString();
    }

    private static String parameter(Node one, StackFrameFormat format) {
        String name = is(format.getParameterNames()) ? one.name() : "";
        String type = is(format.getParameterTypes()) ? one.type() : "";
        String value = is(format.getParameterValues()) ? one.value() : "";
        String declared = (type + " " + name).strip();
        return value.isEmpty() ? declared : declared.isEmpty() ? value : declared + "=" + value;
    }

    private static boolean is(Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }
}
