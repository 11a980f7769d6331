package dev.microvisor.dap.console;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.report.Backtrace;
import dev.microvisor.dap.view.GuestThreads;
import dev.microvisor.dap.view.MicrovisorScope;
import dev.microvisor.dap.view.StackView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All commands: looks one up, runs it, completes it. Belongs to the machine's thread. */
public final class Console {
    /** Longer lines are no commands. */
    private static final int MAX_LINE_CHARS = 100_000;

    private static final String HELP = "help";

    private final List<Command> commands;

    /**
     * @param scope what Microvisor holds now
     * @param stack the call stack of now
     * @param threads the tasks of now
     */
    public Console(
            Target target,
            Supplier<MicrovisorScope> scope,
            Supplier<StackView> stack,
            Supplier<GuestThreads> threads) {
        List<Command> all = new ArrayList<>();
        all.addAll(new ViewCommands(scope).all());
        all.addAll(new ActingCommands(target).all());
        all.addAll(new TimeCommands(target).all());
        all.add(
                Command.plain(
                        "bt", "the call stack with arguments", a -> backtrace(target, stack)));
        all.add(
                Command.plain(
                        "tasks",
                        "the tasks of FreeRTOS with state and priority",
                        a -> tasks(threads.get())));
        all.add(Command.plain("mv help", "this list", a -> help()));
        all.add(Command.plain(HELP, "this list", a -> help()));
        commands = List.copyOf(all);
    }

    /**
     * Runs a command.
     *
     * @return empty when the text is no command; it may be an expression then
     * @throws BadCommand when it is one, but cannot be done
     */
    public Optional<Answer> run(String text) throws BadCommand {
        if (text.length() > MAX_LINE_CHARS) {
            return Optional.empty();
        }
        List<String> line = Line.words(text);
        if (line.equals(List.of("mv"))) {
            return Optional.of(help());
        }
        Optional<Command> command =
                commands.stream()
                        .filter(c -> c.begins(line))
                        .max(Comparator.comparingInt(Command::wordCount));
        if (command.isEmpty()) {
            if (!line.isEmpty() && line.get(0).equals("mv")) {
                throw new BadCommand(
                        "there is no command '" + String.join(" ", line) + "'; mv help lists all");
            }
            return Optional.empty();
        }
        List<String> arguments = line.subList(command.get().wordCount(), line.size());
        if (!arguments.isEmpty() && command.get().parameters().isEmpty()) {
            boolean surelyMeant = line.get(0).equals("mv");
            if (!surelyMeant) {
                return Optional.empty(); // "time + 1" is an expression with a variable.
            }
            throw command.get().misused("'" + String.join(" ", arguments) + "' is too much");
        }
        return Optional.of(command.get().action().run(arguments));
    }

    /**
     * What may stand where the last word of a line is being typed.
     *
     * @param text the line up to the cursor
     */
    public List<String> completions(String text) {
        List<String> before = new ArrayList<>(Line.words(text));
        boolean begun = !text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1));
        String prefix = begun && !before.isEmpty() ? before.remove(before.size() - 1) : "";
        List<String> found = new ArrayList<>();
        for (Command command : commands) {
            List<String> words = List.of(command.words().split(" "));
            if (before.size() < words.size() && words.subList(0, before.size()).equals(before)) {
                found.add(words.get(before.size()));
            } else if (command.begins(before)) {
                found.addAll(command.suggestions().at(before.size() - words.size()));
            }
        }
        return found.stream().filter(w -> w.startsWith(prefix)).distinct().toList();
    }

    private static Answer backtrace(Target target, Supplier<StackView> stack) {
        List<String> numbered = new ArrayList<>();
        Backtrace.of(target, stack.get())
                .forEach(l -> numbered.add("#" + numbered.size() + " " + l));
        return Answer.text("bt", String.join("\n", numbered));
    }

    private static Answer tasks(GuestThreads threads) {
        List<String> lines = new ArrayList<>();
        for (GuestThreads.GuestThread thread : threads.all()) {
            String place =
                    thread.stack()
                            .map(stack -> " in " + stack.frames().get(0).name())
                            .orElse(" (its stack cannot be read)");
            lines.add((thread.onCore() ? "* " : "  ") + thread.name() + place);
        }
        return Answer.text("tasks", String.join("\n", lines));
    }

    private Answer help() {
        StringBuilder text = new StringBuilder("C expressions, assignments, and:");
        for (Command command : commands) {
            text.append(String.format("%n  %-34s %s", command.usage(), command.help()));
        }
        text.append(
                "\nCommands that act (notify, reply, net, close, logging) are noted in the history;"
                        + " done in the past they make what came after moot.");
        return Answer.text(HELP, text.toString());
    }
}
