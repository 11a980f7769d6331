package dev.microvisor.dap.report;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.view.Node;
import dev.microvisor.dap.view.StackView;
import dev.microvisor.symbols.frame.Frame;
import dev.microvisor.symbols.value.ValueFormat;
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
            lines.add(line(target, frame, stack.arguments(frame.level(), ValueFormat.NATURAL)));
        }
        return lines;
    }

    private static String line(Target target, Frame frame, List<Node> arguments) {
        StringBuilder text =
                new StringBuilder(
                        frame.name().isEmpty()
                                ? String.format("0x%08x", frame.pc())
                                : frame.name());
        if (frame.hasVariables()) {
            text.append(
                    arguments.stream()
                            .map(a -> a.name() + "=" + a.value())
                            .collect(Collectors.joining(", ", " (", ")")));
        }
        frame.position()
                .ifPresent(
                        p ->
                                text.append(" at ")
                                        .append(target.sources().display(p.file().path()))
                                        .append(':')
                                        .append(p.line()));
        if (frame.kind() == Frame.Kind.INLINED) {
            text.append(" [inlined]");
        } else if (frame.kind() == Frame.Kind.TAIL_CALL) {
            text.append(" [ended in a jump to the one above]");
        }
        return text.toString();
    }
}
