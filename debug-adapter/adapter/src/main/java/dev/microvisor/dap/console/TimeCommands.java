package dev.microvisor.dap.console;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.view.Times;
import dev.microvisor.emulator.history.History;
import java.util.List;
import java.util.OptionalLong;

/** Where the firmware is in time, and travelling there. */
final class TimeCommands {
    private final Target target;

    TimeCommands(Target target) {
        this.target = target;
    }

    List<Command> all() {
        return List.of(
                Command.plain(
                        "time", "virtual time, instruction number, extent of history", a -> time()),
                new Command(
                        "goto time",
                        "[+|-]TIME",
                        "go to a virtual time, such as 1.5s, 250ms or +10us, back or forth",
                        this::goToTime,
                        Command.Suggestions.NONE),
                new Command(
                        "goto instruction",
                        "N",
                        "go to an instruction number, back or forth",
                        this::goToInstruction,
                        Command.Suggestions.NONE));
    }

    private Answer time() {
        long now = target.machine().now();
        String history =
                target.history()
                        .map(
                                h ->
                                        "\nhistory from "
                                                + text(h.begin())
                                                + " to "
                                                + text(h.end())
                                                + ", "
                                                + h.bytes() / 1024
                                                + " KiB of "
                                                + (h.budget() >> 20)
                                                + " MiB")
                        .orElse("\nno history is kept");
        return Answer.text("time", text(now) + history);
    }

    private String text(long instruction) {
        return Times.ofInstruction(instruction, target.machine().clockHz())
                + ", instruction "
                + instruction;
    }

    private Answer goToTime(List<String> arguments) throws BadCommand {
        String text = arguments.size() == 1 ? arguments.get(0) : "";
        boolean relative = text.startsWith("+") || text.startsWith("-");
        OptionalLong span =
                TimeText.instructions(
                        relative ? text.substring(1) : text, target.machine().clockHz());
        if (span.isEmpty()) {
            throw new BadCommand(
                    "'" + text + "' is no time. Write: goto time 1.5s, 250ms, 10us, +5ms or -5ms");
        }
        long now = target.machine().now();
        long wanted =
                !relative
                        ? span.getAsLong()
                        : text.startsWith("+") ? now + span.getAsLong() : now - span.getAsLong();
        return going(wanted);
    }

    private Answer goToInstruction(List<String> arguments) throws BadCommand {
        String text = arguments.size() == 1 ? arguments.get(0) : "";
        if (!text.matches("\\d{1,18}")) {
            throw new BadCommand(
                    "'" + text + "' is no instruction number. Write: goto instruction N");
        }
        return going(Long.parseLong(text));
    }

    private Answer going(long wanted) throws BadCommand {
        History history =
                target.history()
                        .orElseThrow(
                                () -> new BadCommand("this session does not remember its past"));
        if (wanted < history.begin()) {
            throw new BadCommand("that is before history begins, at " + text(history.begin()));
        }
        return Answer.goingTo("goto", "going to " + text(wanted), wanted);
    }
}
