package dev.microvisor.dap.console;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.hand.AnswerHttp;
import dev.microvisor.emulator.kernel.hand.Intervention;
import dev.microvisor.emulator.kernel.view.ChannelView;
import java.util.ArrayList;
import java.util.List;

/** {@code mv http reply}: an answer typed by hand. */
final class HttpReply {
    private static final String PARAMETERS =
            "[CHANNEL] STATUS|RESULT [-H \"Name: value\"]… [BODY…]";

    private final Target target;
    private final Actor actor;

    /** Does an intervention and says what became of it. */
    interface Actor {
        Answer act(String name, Intervention intervention) throws BadCommand;
    }

    HttpReply(Target target, Actor actor) {
        this.target = target;
        this.actor = actor;
    }

    Command command() {
        return new Command(
                "mv http reply",
                PARAMETERS,
                "answer the waiting HTTP request now",
                this::reply,
                index -> index == 0 ? suggestions() : List.of());
    }

    private List<String> suggestions() {
        List<String> words = new ArrayList<>(List.of("200", "404", "500"));
        words.addAll(ApiConstant.names(HttpResult.class));
        waiting().forEach(c -> words.add(Numbers.hex(c.handle())));
        return words;
    }

    private List<ChannelView> waiting() {
        return target.kernel().channels().stream()
                .filter(c -> c.state().equals("OPEN"))
                .filter(c -> c.http().map(h -> h.result().isEmpty()).orElse(false))
                .toList();
    }

    private Answer reply(List<String> arguments) throws BadCommand {
        List<String> rest = new ArrayList<>(arguments);
        int channel = channel(rest);
        if (rest.isEmpty()) {
            throw new BadCommand("no status. Write: mv http reply " + PARAMETERS);
        }
        String status = rest.remove(0);
        List<String> headers = new ArrayList<>();
        while (rest.size() >= 2 && rest.get(0).equals("-H")) {
            rest.remove(0);
            headers.add(rest.remove(0));
        }
        Bytes body = Bytes.utf8(String.join(" ", rest));
        return actor.act("mv http reply", answer(channel, status, headers, body));
    }

    /** The channel given first, or the only one that waits. */
    private int channel(List<String> arguments) throws BadCommand {
        if (!arguments.isEmpty() && arguments.get(0).matches("0[xX].*")) {
            return Numbers.choose(
                    "HTTP channel",
                    arguments.remove(0),
                    target.kernel().channels().stream().map(ChannelView::handle).toList());
        }
        List<ChannelView> waiting = waiting();
        if (waiting.size() != 1) {
            throw new BadCommand(
                    waiting.isEmpty()
                            ? "no HTTP request waits for an answer now: 'mv http' lists them"
                            : "more than one request waits: give the channel, "
                                    + String.join(
                                            " or ",
                                            waiting.stream()
                                                    .map(c -> Numbers.hex(c.handle()))
                                                    .toList()));
        }
        return waiting.get(0).handle();
    }

    private static AnswerHttp answer(int channel, String status, List<String> headers, Bytes body)
            throws BadCommand {
        if (status.matches("\\d{3}")) {
            return new AnswerHttp(channel, HttpResult.OK, Integer.parseInt(status), headers, body);
        }
        HttpResult result =
                ActingCommands.constant(
                        HttpResult.class, HttpResult.OK, status, "a status code of three digits");
        if (result == HttpResult.OK) {
            throw new BadCommand("OK needs a status code, such as 200");
        }
        return new AnswerHttp(channel, result, 0, List.of(), Bytes.EMPTY);
    }
}
