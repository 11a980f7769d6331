package dev.microvisor.dap.console;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.ClosureReason;
import dev.microvisor.emulator.api.EventType;
import dev.microvisor.emulator.history.History;
import dev.microvisor.emulator.kernel.hand.EndChannel;
import dev.microvisor.emulator.kernel.hand.Intervention;
import dev.microvisor.emulator.kernel.hand.PostNotification;
import dev.microvisor.emulator.kernel.hand.SwitchLogging;
import dev.microvisor.emulator.kernel.hand.SwitchNetwork;
import dev.microvisor.emulator.kernel.view.CentreView;
import dev.microvisor.emulator.kernel.view.ChannelView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Commands that do something to Microvisor. */
final class ActingCommands {
    private final Target target;

    ActingCommands(Target target) {
        this.target = target;
    }

    List<Command> all() {
        return List.of(
                new Command(
                        "mv notify",
                        "CENTRE EVENT [TAG]",
                        "post a notification and pend the centre's interrupt",
                        this::post,
                        index -> index == 0 ? centres() : index == 1 ? events() : List.of()),
                new HttpReply(target, this::act).command(),
                Command.plain(
                        "mv net down",
                        "cut the network",
                        a -> act("mv net down", new SwitchNetwork(false))),
                Command.plain(
                        "mv net up",
                        "bring the network back",
                        a -> act("mv net up", new SwitchNetwork(true))),
                new Command(
                        "mv channel close",
                        "CHANNEL [REASON]",
                        "end a channel from the other side",
                        this::close,
                        index -> index == 0 ? channels() : index == 1 ? reasons() : List.of()),
                Command.plain(
                        "mv logging on",
                        "the server lets the application log",
                        a -> act("mv logging on", new SwitchLogging(true))),
                Command.plain(
                        "mv logging off",
                        "the server switches logging off",
                        a -> act("mv logging off", new SwitchLogging(false))));
    }

    /** Does it and says what history makes of it. */
    private Answer act(String name, Intervention intervention) throws BadCommand {
        Optional<History> history = target.history();
        long now = target.machine().now();
        long known = history.map(History::end).orElse(now);
        Intervention.Outcome outcome = target.intervene(intervention);
        if (!outcome.done()) {
            throw new BadCommand(outcome.text());
        }
        String forgotten =
                known > now
                        ? " History forks here: the "
                                + (known - now)
                                + " instructions after it"
                                + " are forgotten."
                        : "";
        String noted = history.isPresent() ? " Noted at instruction " + now + "." : "";
        return Answer.acted(name, outcome.text() + "." + noted + forgotten);
    }

    private Answer post(List<String> arguments) throws BadCommand {
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw new BadCommand(
                    "mv notify wants a centre, an event and, if you like, a tag. Write: mv notify"
                            + " CENTRE EVENT [TAG]");
        }
        EventType event =
                constant(EventType.class, EventType.NOEVENT, arguments.get(1), "an event");
        int tag =
                arguments.size() < 3
                        ? 0
                        : Numbers.word(arguments.get(2))
                                .orElseThrow(() -> new BadCommand(arguments.get(2) + " is no tag"));
        return act("mv notify", new PostNotification(centre(arguments.get(0)), event, tag));
    }

    private Answer close(List<String> arguments) throws BadCommand {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw new BadCommand(
                    "mv channel close wants a channel. Write: mv channel close CHANNEL [REASON]");
        }
        ClosureReason reason =
                arguments.size() < 2
                        ? ClosureReason.CHANNELCLOSEDBYSERVER
                        : constant(
                                ClosureReason.class,
                                ClosureReason.NONE,
                                arguments.get(1),
                                "a closure reason");
        return act("mv channel close", new EndChannel(channel(arguments.get(0)), reason));
    }

    private int centre(String text) throws BadCommand {
        return Numbers.choose(
                "notification centre",
                text,
                target.kernel().centres().stream().map(CentreView::handle).toList());
    }

    private int channel(String text) throws BadCommand {
        return Numbers.choose(
                "channel",
                text,
                target.kernel().channels().stream().map(ChannelView::handle).toList());
    }

    /** A constant by its name, with or without the header's prefix, or by its number. */
    static <E extends Enum<E> & ApiConstant> E constant(
            Class<E> type, E example, String text, String what) throws BadCommand {
        String name = text.toUpperCase(Locale.ROOT);
        String plain =
                name.startsWith(example.prefix())
                        ? name.substring(example.prefix().length())
                        : name;
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(plain)) {
                return constant;
            }
        }
        Optional<Integer> code = Numbers.word(text);
        Optional<E> byCode = code.flatMap(c -> ApiConstant.fromCode(type, c));
        return byCode.orElseThrow(
                () ->
                        new BadCommand(
                                text
                                        + " is not "
                                        + what
                                        + "; there are "
                                        + String.join(", ", ApiConstant.names(type))));
    }

    private List<String> centres() {
        return target.kernel().centres().stream().map(c -> Numbers.hex(c.handle())).toList();
    }

    private List<String> channels() {
        return target.kernel().channels().stream()
                .filter(c -> !c.state().equals("CLOSED"))
                .map(c -> Numbers.hex(c.handle()))
                .toList();
    }

    private static List<String> events() {
        return ApiConstant.names(EventType.class);
    }

    private static List<String> reasons() {
        return ApiConstant.names(ClosureReason.class);
    }
}
