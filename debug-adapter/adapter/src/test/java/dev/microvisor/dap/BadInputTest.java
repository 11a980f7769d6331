package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.dap.firmware.EmulatedBoard;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.lsp4j.debug.ContinueArguments;
import org.eclipse.lsp4j.debug.NextArguments;
import org.eclipse.lsp4j.debug.PauseArguments;
import org.eclipse.lsp4j.debug.ReverseContinueArguments;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person or a client can do wrong: one clear answer each, and the adapter lives on. */
class BadInputTest {
    @TempDir Path folder;

    private String launchFailure(Map<String, Object> attributes) throws IOException {
        try (DapClient client = new DapClient()) {
            client.initialize();
            return DapClient.failure(client.server().launch(attributes));
        }
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        assertThat(launchFailure(Map.of("program", "/no/such/app.elf")))
                .contains("/no/such/app.elf")
                .contains("does not exist");
    }

    @Test
    void aFileThatIsNotElfIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("app.elf"), "hello, this is text");
        assertThat(launchFailure(Map.of("program", text.toString()))).contains("ELF");
    }

    @Test
    void anElfFileForAnotherMachineIsRefused() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        assertThat(launchFailure(Map.of("program", java.toString())))
                .doesNotContain("internal error");
    }

    @Test
    void aBrokenCloudFileIsNamedWithItsLine() throws IOException {
        Path cloud = Files.writeString(folder.resolve("cloud.toml"), "[device]\nsidd = 1\n");
        assertThat(
                        launchFailure(
                                Map.of(
                                        "program", Samples.elf("config-fetch").toString(),
                                        "cloud", cloud.toString())))
                .contains("cloud.toml:2")
                .contains("sidd");
    }

    @Test
    void aFailedLaunchCanBeTriedAgain() throws IOException {
        try (DapClient client = new DapClient()) {
            client.initialize();
            DapClient.failure(client.server().launch(Map.of("program", "/no/such.elf")));
            DapClient.get(
                    client.server()
                            .launch(Map.of("program", Samples.elf("config-fetch").toString())));
            client.configurationDone();
            assertThat(client.awaitStop().getReason()).isEqualTo("entry");
        }
    }

    @Test
    void requestsInTheWrongStateSayWhatIsMissing() throws IOException {
        try (DapClient client = new DapClient()) {
            ContinueArguments go = new ContinueArguments();
            go.setThreadId(1);
            assertThat(DapClient.failure(client.server().continue_(go))).contains("initialize");
            client.initialize();
            StackTraceArguments stack = new StackTraceArguments();
            stack.setThreadId(1);
            assertThat(DapClient.failure(client.server().stackTrace(stack))).contains("launch");
        }
    }

    @Test
    void aClientThatVanishesInTheMiddleOfAStepLeavesNothingBehind() throws IOException {
        DapClient client = new DapClient();
        client.launch(Map.of("program", Samples.elf("config-fetch").toString()));
        client.configurationDone();
        client.awaitStop();
        NextArguments next = new NextArguments();
        next.setThreadId(1);
        client.server().next(next);
        client.vanish();
        client.awaitEnd();
    }

    /** Has run so far that going all the way back takes a while. */
    private DapClient farFromTheBeginning() throws IOException, InterruptedException {
        DapClient client = new DapClient();
        client.launch(Map.of("program", Firmware.build("spin", folder).toString()));
        client.configurationDone();
        client.awaitStop();
        client.evaluate("goto instruction 150000000", "repl");
        assertThat(client.awaitStop().getReason()).isEqualTo("goto");
        return client;
    }

    private static void goBack(DapClient client) {
        ReverseContinueArguments back = new ReverseContinueArguments();
        back.setThreadId(1);
        DapClient.get(client.server().reverseContinue(back));
    }

    @Test
    void aClientThatLeavesDuringALongWayBackLeavesNothingBehind()
            throws IOException, InterruptedException {
        DapClient client = farFromTheBeginning();
        goBack(client);
        client.vanish();
        client.awaitEnd();
    }

    @Test
    void aLongWayBackIsBrokenOffByAPauseWhereItBegan() throws IOException, InterruptedException {
        try (DapClient client = farFromTheBeginning()) {
            String time = client.evaluate("time", "repl").getResult();
            goBack(client);
            PauseArguments pause = new PauseArguments();
            pause.setThreadId(1);
            DapClient.get(client.server().pause(pause));
            String reason = client.awaitStop().getReason();
            // On a fast machine the search may be over first.
            assertThat(reason).isIn("pause", "entry");
            if (reason.equals("pause")) {
                assertThat(client.evaluate("time", "repl").getResult()).isEqualTo(time);
            }
        }
    }

    @Test
    void halfAMessageEndsTheSessionAndNoMore() {
        byte[] half = "Content-Length: 500\r\n\r\n{\"seq\":1,".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DebugAdapter(EmulatedBoard::new).serve(new ByteArrayInputStream(half), out);
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("Exception");
    }

    @Test
    void aMessageThatIsNotJsonDoesNotEndTheSession() {
        String nonsense = message("{nonsense");
        String initialize =
                message(
                        "{\"seq\":2,\"type\":\"request\",\"command\":\"initialize\","
                                + "\"arguments\":{\"adapterID\":\"microvisor\"}}");
        String disconnect = message("{\"seq\":3,\"type\":\"request\",\"command\":\"disconnect\"}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] in = (nonsense + initialize + disconnect).getBytes(StandardCharsets.UTF_8);
        new DebugAdapter(EmulatedBoard::new).serve(new ByteArrayInputStream(in), out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("supportsConfigurationDoneRequest");
    }

    private static String message(String body) {
        return "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
