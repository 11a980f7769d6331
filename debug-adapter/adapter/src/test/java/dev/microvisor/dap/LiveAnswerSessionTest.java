package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.lsp4j.debug.ContinueArguments;
import org.eclipse.lsp4j.debug.PauseArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine waits for a server that does not answer; the person at the debugger need not. */
class LiveAnswerSessionTest {
    private static final int PATIENCE_MS = 30_000;
    private static final String URL = "https://api.example/readings.csv";

    @TempDir Path folder;

    /** The sample with another address for its first request. */
    private Path firmware(int port) throws IOException, InterruptedException {
        Path sdk = Samples.folder("sdk");
        String source = Files.readString(Samples.folder("http-request").resolve("main.c"));
        assertThat(source).contains(URL);
        Path main =
                Files.writeString(
                        folder.resolve("main.c"),
                        source.replace(URL, "https://127.0.0.1:" + port + "/"));
        Files.writeString(folder.resolve("cloud.toml"), "[http_defaults]\nmode = \"live\"\n");
        return Firmware.build(
                main,
                folder.resolve("live.elf"),
                "-I" + sdk,
                Samples.folder("http-request").resolve("average.c").toString(),
                Samples.folder("http-request").resolve("events.c").toString(),
                Samples.folder("http-request").resolve("http.c").toString(),
                "-I" + Samples.folder("http-request"),
                "-lgcc",
                sdk.resolve("mv_syscalls.s").toString(),
                sdk.resolve("clock.c").toString(),
                sdk.resolve("log.c").toString(),
                sdk.resolve("network.c").toString());
    }

    @Test
    void aWaitForALiveServerIsPausedAndLookedInto() throws IOException, InterruptedException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                DapClient client = new DapClient()) {
            silent.setSoTimeout(PATIENCE_MS);
            client.launch(Map.of("program", firmware(silent.getLocalPort()).toString()));
            client.configurationDone();
            client.awaitStop();
            ContinueArguments go = new ContinueArguments();
            go.setThreadId(1);
            DapClient.get(client.server().continue_(go));
            try (Socket asked = silent.accept()) {
                assertThat(asked.isConnected()).isTrue();
                PauseArguments pause = new PauseArguments();
                pause.setThreadId(1);
                DapClient.get(client.server().pause(pause));
                assertThat(client.awaitStop().getReason()).isEqualTo("pause");
                // Had it waited for the server, the request would have failed by now.
                assertThat(client.evaluate("mv http", "repl").getResult())
                        .contains("GET https://127.0.0.1")
                        .contains("no answer yet");
            }
        }
    }
}
