package dev.microvisor.dap.report;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.view.Frame;
import dev.microvisor.dap.view.Node;
import dev.microvisor.dap.view.StackView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The call stack as text, as a crash report and the {@code bt} command show it. */
public final class Backtrace {
    private Backtrace() {}

    /** A line a frame, innermost first: {@code send (length=12) at net.c:88}. */
    public static List<String> of(Target target) {
        return of(target, new StackView(target));
    }

    /** As {@link #of(Target)}, from a stack that has been read already. */
    public static List<String> of(Target target, StackView stack) {
        List<String> lines = new ArrayList<>();
        for (Frame frame : stack.frames()) {
            lines.add(line(target, frame, stack.arguments(frame.index())));
        }
        return lines;
    }

    private static String line(Target target, Frame frame, List<Node> arguments) {
        StringBuilder text = new StringBuilder();
        if (frame.function().isEmpty()) {
            text.append(String.format("0x%08x", frame.pc()));
        } else {
            text.append(frame.function());
        }
        if (frame.line().isPresent()) {
            text.append(
                    arguments.stream()
                            .map(a -> a.name() + "=" + a.value())
                            .collect(Collectors.joining(", ", " (", ")")));
            text.append(" at ")
                    .append(target.sources().display(frame.line().get().file().path()))
                    .append(':')
                    .append(frame.line().get().line());
        }
        if (frame.inlined()) {
            text.append(" [inlined]");
        }
        if (!frame.exception().isEmpty()) {
            text.append(" [").append(frame.exception()).append(']');
        }
        return text.toString();
    }
}
