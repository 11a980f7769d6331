package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.debug.CompletionItem;
import org.eclipse.lsp4j.debug.CompletionsArguments;
import org.eclipse.lsp4j.debug.Variable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands of the debug console in a session with the sample http-request. */
class ConsoleSessionTest {
    private DapClient client;

    @BeforeEach
    void connect() throws IOException {
        client = new DapClient();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    /** Stops before the first call of a function. */
    private void stopIn(String function) {
        client.launch(
                Map.of("program", Samples.elf("http-request").toString(), "stopAtMain", false));
        client.functionBreakpoints(function);
        client.configurationDone();
        client.awaitStop();
    }

    private String type(String command) {
        return client.evaluate(command, "repl").getResult();
    }

    private String refusal(String command) {
        return DapClient.failure(client.server().evaluate(DapClient.evaluation(command, "repl")));
    }

    private String said() {
        return client.output.stream().collect(Collectors.joining());
    }

    /** The request is sent, its answer 300 ms away. */
    private void stopWhileTheRequestWaits() {
        stopIn("mvSendHttpRequest");
        client.stepOut();
    }

    @Test
    void anAnswerTypedByHandIsWhatTheFirmwareGets() {
        stopWhileTheRequestWaits();
        assertThat(type("mv http reply 200 -H \"Content-Type: text/csv\" \"10\\n20\\n30\\n\""))
                .contains("answered GET https://api.example/readings.csv")
                .contains("9 bytes of body")
                .contains("Noted at instruction");
        assertThat(type("mv channels")).contains("answered: MV_HTTPRESULT_OK");
        client.functionBreakpoints();
        client.resume();
        assertThat(said())
                .contains("by hand: answered GET")
                .contains("status 200, 1 header")
                .contains("9 bytes");
    }

    @Test
    void aReplyInThePastForksHistoryAndIsReplayed() {
        stopIn("mvReadHttpResponseData");
        client.functionBreakpoints("mvSendHttpRequest");
        client.reverseContinue();
        client.stepOut();
        assertThat(type("mv http reply 404 gone")).contains("History forks here: the ");
        client.functionBreakpoints();
        client.resume();
        assertThat(said()).contains("status 404");
        client.functionBreakpoints("mvReadHttpResponseData");
        client.reverseContinue();
        assertThat(type("mv byhand")).contains("status 404, 4 bytes of body");
        assertThat(type("mv http")).contains("readings.csv → MV_HTTPRESULT_OK, 404");
    }

    @Test
    void aFailureTypedByHandReachesTheFirmware() {
        stopWhileTheRequestWaits();
        assertThat(type("mv http reply RESPONSETOOLARGE"))
                .contains("MV_HTTPRESULT_RESPONSETOOLARGE");
        assertThat(refusal("mv http reply 200")).contains("no HTTP request waits");
    }

    @Test
    void theNetworkIsCutAndBroughtBack() {
        stopWhileTheRequestWaits();
        assertThat(type("mv net down")).contains("MV_NETWORKSTATUS_CONNECTING");
        assertThat(type("mv networks")).contains("MV_NETWORKSTATUS_CONNECTING: ");
        assertThat(type("mv channels")).contains("MV_CLOSUREREASON_NETWORKDISCONNECTED");
        assertThat(refusal("mv net down")).contains("down already");
        assertThat(type("mv net up")).contains("network up");
    }

    @Test
    void aNotificationIsPostedAndItsInterruptPended() {
        stopWhileTheRequestWaits();
        assertThat(type("mv notify 0 CHANNELDATAREADABLE 2"))
                .contains("MV_EVENTTYPE_CHANNELDATAREADABLE")
                .contains("pended IRQ");
        assertThat(type("mv centres"))
                .contains("pending")
                .contains("1 record since the interrupt was last taken")
                .contains("CHANNELDATAREADABLE tag 0x00000002 (channel 0x");
        assertThat(refusal("mv notify 0 NONSENSE")).contains("there are NOEVENT, ");
        assertThat(refusal("mv notify 7 NOEVENT")).contains("no notification centre 7");
    }

    @Test
    void recordsThatNoHandlerSawAreCountedAsLost() {
        stopWhileTheRequestWaits();
        for (int i = 0; i < 10; i++) {
            type("mv notify 0 CHANNELDATAREADABLE " + i);
        }
        assertThat(type("mv centres"))
                .contains("10 records since the interrupt was last taken; 2 of them overwritten");
    }

    @Test
    void aChannelIsEndedFromTheOtherSide() {
        stopWhileTheRequestWaits();
        assertThat(type("mv channel close 0 CHANNELRESETBYSERVER"))
                .contains("MV_CLOSUREREASON_CHANNELRESETBYSERVER");
        assertThat(refusal("mv channel close 0")).contains("has ended already");
        client.functionBreakpoints();
        client.resume();
        assertThat(said()).contains("CHANNELRESETBYSERVER");
    }

    @Test
    void onePlaceInTimeIsReachedFromBothSides() {
        stopIn("main");
        assertThat(type("goto time 1ms")).contains("instruction 160000");
        assertThat(client.awaitStop().getReason()).isEqualTo("goto");
        String place = client.evaluate("$pc", "watch").getResult();
        assertThat(type("time")).startsWith("+0.001000 s, instruction 160000\nhistory from +0.0");
        type("goto time +2ms");
        assertThat(client.awaitStop().getDescription()).contains("480000");
        type("goto instruction 160000");
        client.awaitStop();
        assertThat(client.evaluate("$pc", "watch").getResult()).isEqualTo(place);
        assertThat(refusal("goto time soon")).contains("goto time 1.5s");
    }

    @Test
    void commandsAndTheirArgumentsAreCompleted() {
        stopWhileTheRequestWaits();
        assertThat(completions("mv n")).containsExactly("networks", "notify", "net");
        assertThat(completions("mv net ")).containsExactly("down", "up");
        assertThat(completions("mv notify ")).hasSize(1).first().asString().startsWith("0x");
        assertThat(completions("mv notify 0 CHANNELD"))
                .containsExactly("CHANNELDATAREADABLE", "CHANNELDATAWRITESPACE");
        assertThat(completions("goto ")).containsExactly("time", "instruction");
        assertThat(completions("tim")).contains("time");
    }

    private List<String> completions(String text) {
        CompletionsArguments ask = new CompletionsArguments();
        ask.setText(text);
        ask.setColumn(text.length() + 1);
        return Arrays.stream(DapClient.get(client.server().completions(ask)).getTargets())
                .map(CompletionItem::getLabel)
                .toList();
    }

    @Test
    void everyViewCommandAnswersAndHelpNamesThemAll() {
        stopWhileTheRequestWaits();
        String help = type("help");
        for (String part :
                List.of(
                        "networks",
                        "centres",
                        "channels",
                        "config",
                        "http",
                        "mqtt",
                        "log",
                        "calls",
                        "events",
                        "flash",
                        "device",
                        "byhand")) {
            assertThat(help).contains("mv " + part);
            assertThat(type("mv " + part)).contains(":");
        }
        assertThat(refusal("mv nothing")).contains("mv help lists all");
        assertThat(refusal("mv log please")).contains("is too much");
    }

    @Test
    void callsShowWhatCameOutAndWhereTheyWereMade() {
        stopWhileTheRequestWaits();
        assertThat(type("mv calls"))
                .contains("mvGetNetworkStatus(handle=0x")
                .contains("{MV_NETWORKSTATUS_CONNECTED}")
                .contains("http.c:79 in send_request");
    }

    /** Opens every row of the Microvisor scope and evaluates its expression. */
    private int compareWithExpressions(List<Variable> rows) {
        int compared = 0;
        for (Variable row : rows) {
            assertThat(row.getEvaluateName()).as(row.getName()).startsWith("$mv.");
            assertThat(client.evaluate(row.getEvaluateName(), "watch").getResult())
                    .as(row.getEvaluateName())
                    .isEqualTo(row.getValue());
            compared++;
            if (row.getVariablesReference() != 0) {
                compared += compareWithExpressions(client.children(row.getVariablesReference()));
            }
        }
        return compared;
    }

    @Test
    void everyRowOfTheScopeIsAnExpressionThatGivesItAgain() {
        stopIn("mvReadHttpResponseBody");
        assertThat(compareWithExpressions(client.scope("Microvisor"))).isGreaterThan(150);
    }
}
