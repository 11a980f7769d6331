package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.session.LeftFirmware;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.debug.DisconnectArguments;
import org.eclipse.lsp4j.debug.EvaluateArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that attach to firmware of the command line, one after the other. */
class AttachedSessionTest {
    @TempDir Path folder;
    private final LeftFirmware left = new LeftFirmware();

    private DapClient attached() throws IOException, InterruptedException {
        Map<String, Object> given = Map.of("program", Firmware.build("nested", folder).toString());
        DapClient client =
                new DapClient(
                        new DebugAdapter(EmulatedBoard::withHistory, given, Optional.of(left)));
        client.attach();
        return client;
    }

    private static void leave(DapClient client, boolean suspend, boolean terminate) {
        DisconnectArguments arguments = new DisconnectArguments();
        arguments.setSuspendDebuggee(suspend);
        arguments.setTerminateDebuggee(terminate);
        DapClient.get(client.server().disconnect(arguments));
    }

    private static String time(DapClient client) {
        EvaluateArguments arguments = new EvaluateArguments();
        arguments.setExpression("time");
        arguments.setContext("repl");
        return DapClient.get(client.server().evaluate(arguments)).getResult();
    }

    @Test
    void whatOneClientLeavesStandingTheNextGoesOnWith() throws Exception {
        String when;
        try (DapClient first = attached()) {
            first.functionBreakpoints("mix");
            first.configurationDone();
            first.awaitStop();
            assertThat(first.resume().getReason()).isEqualTo("function breakpoint");
            when = time(first);
            leave(first, true, false);
        }
        assertThat(left.isThere()).isTrue();
        try (DapClient second = attached()) {
            assertThat(left.isThere()).isFalse();
            second.configurationDone();
            assertThat(second.awaitStop().getDescription())
                    .isEqualTo("Stopped where the last client left it");
            assertThat(second.stack().get(0).getName()).isEqualTo("mix");
            assertThat(time(second)).isEqualTo(when);
            // What the first client asked for is forgotten, its past is not.
            second.functionBreakpoints("main");
            assertThat(second.reverseContinue().getReason()).isEqualTo("function breakpoint");
            assertThat(second.stack().get(0).getName()).isEqualTo("main");
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
            client.launch(Map.of("program", Firmware.build("nested", folder).toString()));
            client.configurationDone();
            client.awaitStop();
            leave(client, true, false);
            assertThat(client.output).anyMatch(o -> o.contains("the firmware ends here"));
        }
    }
}
