package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code microvisor run --debug}: a client attaches over a socket, as an editor would. */
class RunDebugTest {
    private static final long PATIENCE_S = 30;
    private static final int PATIENCE_MS = 30_000;
    private static final Path ELF =
            Path.of(System.getProperty("microvisor.root", "../.."))
                    .resolve("samples/firmware/config-fetch/config-fetch.elf");
    private static final String PREFIX = "DAP listening on 127.0.0.1:";

    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    private StartedRun both() throws IOException {
        return new StartedRun("--debug", "0", "--gdb", "0", ELF.toString());
    }

    /** Runs gdb's part and the client's on one session. */
    @Test
    void gdbAndTheClientShareOneSession() throws Exception {
        StartedRun run = both();
        int gdbPort = run.port("GDB listening on 127.0.0.1:");
        try (Client client = Client.connect(run.port(PREFIX))) {
            client.attach("{}");
            client.await("Stopped in main");
            try (RspClient gdb = new RspClient(gdbPort)) {
                assertThat(gdb.ask("?")).startsWith("T");
                String pc = gdb.ask("pf");
                // What gdb lets go, the client sees go and stop.
                assertThat(gdb.ask("s")).startsWith("T05");
                client.await("\"continued\"");
                client.await("\"stopped\"");
                assertThat(gdb.ask("pf")).isNotEqualTo(pc);
                assertThat(gdb.ask("bs")).startsWith("T05");
                client.await("\"stopped\"");
                assertThat(gdb.ask("pf")).isEqualTo(pc);
                // A breakpoint of gdb's stops what gdb lets go, and is found backwards as well.
                client.send(
                        4, "evaluate", "{\"expression\":\"(int)&read_item\",\"context\":\"repl\"}");
                int place = result(client.await("\"request_seq\":4")) & ~1;
                String breakpoint = Integer.toHexString(place);
                assertThat(gdb.ask("Z1," + breakpoint + ",2")).isEqualTo("OK");
                assertThat(gdb.ask("c")).contains("hwbreak").contains(littleEndian(place));
                client.await("\"stopped\"");
                assertThat(gdb.ask("c")).contains("hwbreak");
                assertThat(gdb.ask("bc")).contains("hwbreak");
                assertThat(gdb.ask("bc")).contains("replaylog:begin");
                assertThat(gdb.ask("z1," + breakpoint + ",2")).isEqualTo("OK");
                // What gdb writes the client sees at once.
                assertThat(gdb.ask("M20000000,4:2a000000")).isEqualTo("OK");
                client.send(
                        5,
                        "evaluate",
                        "{\"expression\":\"*(int *)0x20000000\",\"context\":\"watch\"}");
                assertThat(result(client.await("\"request_seq\":5"))).isEqualTo(42);
                assertThat(gdb.monitor("mv networks")).contains("Networks");
                // While the client lets it run gdb may look, and pauses.
                client.send(6, "continue", "{\"threadId\":1}");
                client.await("\"request_seq\":6");
                assertThat(gdb.ask("m20000000,4")).hasSize(8);
                assertThat(gdb.ask("c")).startsWith("T");
                gdb.send("k");
                assertThat(gdb.lastWords()).isIn("", "+");
            }
            client.send(7, "disconnect", "{}");
            client.await("\"disconnect\"");
        }
        assertThat(run.exitCode()).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void aGdbThatWaitsIsLetGoWhenTheClientVanishes() throws Exception {
        StartedRun run = both();
        int gdbPort = run.port("GDB listening on 127.0.0.1:");
        RspClient gdb;
        try (Client client = Client.connect(run.port(PREFIX))) {
            client.attach("{\"stopOnEntry\":true}");
            client.await("\"stopped\"");
            gdb = new RspClient(gdbPort);
            assertThat(gdb.ask("?")).startsWith("T");
            gdb.send("c");
        }
        assertThat(run.exitCode()).isEqualTo(ExitCodes.DONE);
        gdb.close();
    }

    private static int result(String answer) {
        String text = answer.replaceAll("(?s).*\"result\":\"([^\"]*)\".*", "$1");
        return Integer.decode(text.split(" ", 2)[0]);
    }

    private static String littleEndian(int word) {
        return String.format("%08x", Integer.reverseBytes(word));
    }

    private int start() throws IOException {
        PipedOutputStream err = new PipedOutputStream();
        BufferedReader messages =
                new BufferedReader(
                        new InputStreamReader(
                                new PipedInputStream(err, 1 << 16), StandardCharsets.UTF_8));
        Main.Streams streams =
                new Main.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(OutputStream.nullOutputStream(), false),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        Thread command =
                new Thread(
                        () ->
                                exit.complete(
                                        Main.run(streams, "run", "--debug", "0", ELF.toString())),
                        "run --debug");
        command.setDaemon(true);
        command.start();
        String line = messages.readLine();
        assertThat(line).startsWith(PREFIX);
        return Integer.parseInt(line.substring(PREFIX.length()));
    }

    /** A client that sends raw messages and waits for one that holds a text. */
    private record Client(Socket socket, DataInputStream in) implements AutoCloseable {
        static Client connect(int port) throws IOException {
            Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
            socket.setSoTimeout(PATIENCE_MS);
            return new Client(socket, new DataInputStream(socket.getInputStream()));
        }

        /** The first three requests: the firmware goes, to its first stop. */
        void attach(String attributes) throws IOException {
            send(1, "initialize", "{\"adapterID\":\"microvisor\"}");
            send(2, "attach", attributes);
            await("\"initialized\"");
            send(3, "configurationDone", "{}");
        }

        void send(int seq, String command, String arguments) throws IOException {
            byte[] body =
                    String.format(
                                    "{\"seq\":%d,\"type\":\"request\",\"command\":\"%s\","
                                            + "\"arguments\":%s}",
                                    seq, command, arguments)
                            .getBytes(StandardCharsets.UTF_8);
            String head = "Content-Length: " + body.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
        }

        String await(String text) throws IOException {
            while (true) {
                int length = 0;
                for (String line = line(); !line.isEmpty(); line = line()) {
                    if (line.startsWith("Content-Length:")) {
                        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
                    }
                }
                String message = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                if (message.contains(text)) {
                    return message;
                }
            }
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
                line.append((char) c);
            }
            return line.toString().strip();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void aClientAttachesToTheFirmwareOfTheCommandLineAndTheCommandEndsWithIt() throws Exception {
        int port = start();
        try (Client client = Client.connect(port)) {
            client.attach("{}");
            assertThat(client.await("\"stopped\"")).contains("Stopped in main");
            client.send(4, "disconnect", "{}");
            client.await("\"disconnect\"");
        }
        assertThat(exit.get(PATIENCE_S, TimeUnit.SECONDS)).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void firmwareThatAClientLeavesStandingWaitsForTheNext() throws Exception {
        int port = start();
        try (Client first = Client.connect(port)) {
            first.attach("{}");
            first.await("Stopped in main");
            first.send(4, "disconnect", "{\"suspendDebuggee\":true}");
            first.await("\"disconnect\"");
            assertThat(first.in().read()).isEqualTo(-1);
        }
        try (Client second = Client.connect(port)) {
            second.attach("{}");
            second.await("Stopped where the last client left it");
            second.send(4, "disconnect", "{}");
            second.await("\"disconnect\"");
        }
        assertThat(exit.get(PATIENCE_S, TimeUnit.SECONDS)).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void aSecondClientIsToldThatThereIsOneAndTheFirstMayVanish() throws Exception {
        int port = start();
        try (Client first = Client.connect(port)) {
            first.send(1, "initialize", "{\"adapterID\":\"microvisor\"}");
            first.await("\"initialize\"");
            try (Client second = Client.connect(port)) {
                assertThat(second.await("\"output\"")).contains("already serves 1 session");
            }
        }
        assertThat(exit.get(PATIENCE_S, TimeUnit.SECONDS)).isEqualTo(ExitCodes.DONE);
    }
}
