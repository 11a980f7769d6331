package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.session.LeftFirmware;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.debug.DisconnectArguments;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that attach to firmware of the command line, one after the other. */
class AttachedSessionTest {
    @TempDir Path folder;
    private final LeftFirmware left = new LeftFirmware();

    private Path elf;

    @BeforeEach
    void build() throws IOException, InterruptedException {
        elf = Firmware.build("nested", folder);
    }

    private DapClient attached() throws IOException {
        return attached(Map.of());
    }

    private DapClient attached(Map<String, Object> attributes) throws IOException {
        DapClient client =
                new DapClient(
                        new DebugAdapter(
                                EmulatedBoard::withHistory,
                                Map.of("program", elf.toString()),
                                Optional.of(left)));
        client.attach(attributes);
        return client;
    }

    private static void leave(DapClient client, boolean suspend, boolean terminate) {
        DisconnectArguments arguments = new DisconnectArguments();
        arguments.setSuspendDebuggee(suspend);
        arguments.setTerminateDebuggee(terminate);
        DapClient.get(client.server().disconnect(arguments));
    }

    @Test
    void whatOneClientLeavesStandingTheNextGoesOnWith() throws Exception {
        String when;
        try (DapClient first = attached()) {
            first.functionBreakpoints("mix");
            first.configurationDone();
            first.awaitStop();
            assertThat(first.resume().getReason()).isEqualTo("function breakpoint");
            when = first.evaluate("time", "repl").getResult();
            leave(first, true, false);
        }
        assertThat(left.isThere()).isTrue();
        try (DapClient second = attached()) {
            assertThat(left.isThere()).isFalse();
            second.configurationDone();
            assertThat(second.awaitStop().getDescription())
                    .isEqualTo("Stopped where the last client left it");
            assertThat(second.stack().get(0).getName()).isEqualTo("mix");
            assertThat(second.evaluate("time", "repl").getResult()).isEqualTo(when);
            // What the first client asked for is forgotten, its past is not.
            second.functionBreakpoints("main");
            assertThat(second.reverseContinue().getReason()).isEqualTo("function breakpoint");
            assertThat(second.stack().get(0).getName()).isEqualTo("main");
        }
    }

    @Test
    void theNextClientMayHaveTheSourcesElsewhere() throws Exception {
        Path source;
        try (DapClient first = attached()) {
            first.configurationDone();
            first.awaitStop();
            source = Path.of(first.stack().get(0).getSource().getPath());
            leave(first, true, false);
        }
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path copy = Files.copy(source, elsewhere.resolve(source.getFileName()));
        Map<String, String> map = Map.of(source.getParent().toString(), elsewhere.toString());
        try (DapClient second = attached(Map.of("sourceMap", map))) {
            second.configurationDone();
            second.awaitStop();
            assertThat(second.stack().get(0).getSource().getPath()).isEqualTo(copy.toString());
        }
    }

    @Test
    void withoutThatTheFirmwareEndsWithItsClient() throws Exception {
        try (DapClient client = attached()) {
            client.configurationDone();
            client.awaitStop();
            leave(client, true, true);
        }
        assertThat(left.isThere()).isFalse();
    }

    @Test
    void launchedFirmwareCannotBeLeftAndTheClientIsTold() throws Exception {
        try (DapClient client = new DapClient()) {
            client.launch(Map.of("program", elf.toString()));
            client.configurationDone();
            client.awaitStop();
            leave(client, true, false);
            assertThat(client.output).anyMatch(o -> o.contains("the firmware ends here"));
        }
    }
}
