package dev.microvisor.dap.console;

import dev.microvisor.dap.view.MicrovisorScope;
import dev.microvisor.dap.view.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The parts of the Microvisor scope as text. */
final class ViewCommands {
    private final Supplier<MicrovisorScope> scope;

    ViewCommands(Supplier<MicrovisorScope> scope) {
        this.scope = scope;
    }

    List<Command> all() {
        List<Command> commands = new ArrayList<>();
        commands.add(view("networks", 2, "network", "status, reasons and handles of the network"));
        commands.add(view("centres", 3, "centres", "notification centres and their records"));
        commands.add(view("channels", 2, "channels", "channels with their buffers"));
        commands.add(view("config", 1, "config", "configuration items asked for and answered"));
        commands.add(view("http", 3, "http", "HTTP requests and answers"));
        commands.add(view("mqtt", 2, "mqtt", "MQTT sessions"));
        commands.add(view("log", 2, "log", "the last lines of the server log"));
        commands.add(view("calls", 2, "calls", "the last system calls, newest first"));
        commands.add(view("events", 2, "events", "subscriptions to system events"));
        commands.add(view("flash", 2, "flash", "the external flash"));
        commands.add(view("device", 1, "device", "the device and its time"));
        commands.add(view("byhand", 1, "byhand", "what was done by hand"));
        return commands;
    }

    /**
     * @param depth how deep rows are spelled out; deeper ones are opened in the tree
     */
    private Command view(String word, int depth, String row, String help) {
        return Command.plain("mv " + word, help, arguments -> show(row, depth));
    }

    private Answer show(String row, int maxDepth) {
        Node found = scope.get().find("$mv." + row).orElseThrow();
        StringBuilder text = new StringBuilder(found.name()).append(": ").append(found.value());
        spell(found, 1, maxDepth, text);
        return Answer.of(Node.group(found.name(), text.toString(), found.children()));
    }

    private static void spell(Node row, int depth, int maxDepth, StringBuilder text) {
        List<Node> inside = new ArrayList<>(row.children().members());
        inside.addAll(row.children().elements(0, row.children().indexed()));
        for (Node member : inside) {
            text.append('\n')
                    .append("  ".repeat(depth))
                    .append(member.name())
                    .append(": ")
                    .append(member.value());
            if (depth < maxDepth && !member.name().equals("hex")) {
                spell(member, depth + 1, maxDepth, text);
            }
        }
    }
}
