package dev.microvisor.dap.request;

import dev.microvisor.dap.report.Backtrace;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.view.Node;
import dev.microvisor.dap.view.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands of the debug console, besides C expressions. */
final class Console {
    /** In the order in which help lists them. */
    static final List<String> COMMANDS =
            List.of(
                    "mv network",
                    "mv centres",
                    "mv channels",
                    "mv config",
                    "mv http",
                    "mv log",
                    "mv calls",
                    "mv events",
                    "mv device",
                    "mv help",
                    "bt",
                    "time");

    private static final Map<String, String> HELP =
            Map.of(
                    "mv help", "this list",
                    "bt", "the call stack with arguments",
                    "time", "virtual time and instruction number");

    private final Debugged debugged;

    Console(Debugged debugged) {
        this.debugged = debugged;
    }

    /** What a command answers; empty when the text is no command. */
    Optional<Node> run(String text) {
        String command = text.strip().replaceAll("\\s+", " ");
        if (command.equals("mv") || command.equals("mv help")) {
            return Optional.of(Node.leaf("help", help()));
        }
        if (command.equals("bt")) {
            List<String> lines = Backtrace.of(debugged.target(), debugged.stack());
            List<String> numbered = new ArrayList<>();
            lines.forEach(l -> numbered.add("#" + numbered.size() + " " + l));
            return Optional.of(Node.leaf("bt", String.join("\n", numbered)));
        }
        if (command.equals("time")) {
            long now = debugged.target().machine().now();
            return Optional.of(
                    Node.leaf(
                            "time",
                            Times.ofInstruction(now, debugged.target().machine().clockHz())
                                    + ", instruction "
                                    + now));
        }
        if (command.startsWith("mv ") && COMMANDS.contains(command)) {
            return debugged.microvisor()
                    .find("$mv." + command.substring("mv ".length()))
                    .map(Console::spelledOut);
        }
        return Optional.empty();
    }

    /** The row with what is inside it a line each, for clients that show text only. */
    private static Node spelledOut(Node row) {
        StringBuilder text = new StringBuilder(row.name()).append(": ").append(row.value());
        for (Node member : row.children().members()) {
            text.append("\n  ").append(member.name()).append(": ").append(member.value());
            if (member.children().indexed() > 0) {
                for (Node element : member.children().elements(0, member.children().indexed())) {
                    text.append("\n    ")
                            .append(element.name())
                            .append(": ")
                            .append(element.value());
                }
            }
        }
        return Node.group(row.name(), text.toString(), row.children());
    }

    private static String help() {
        StringBuilder text = new StringBuilder("C expressions, assignments, and:");
        for (String command : COMMANDS) {
            String meaning = HELP.getOrDefault(command, "this part of the Microvisor scope");
            text.append(String.format("%n  %-12s %s", command, meaning));
        }
        return text.toString();
    }
}
