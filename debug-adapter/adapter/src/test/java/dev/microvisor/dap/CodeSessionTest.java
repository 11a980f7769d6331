package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.eclipse.lsp4j.debug.DisassembleArguments;
import org.eclipse.lsp4j.debug.DisassembledInstruction;
import org.eclipse.lsp4j.debug.GotoArguments;
import org.eclipse.lsp4j.debug.GotoTarget;
import org.eclipse.lsp4j.debug.GotoTargetsArguments;
import org.eclipse.lsp4j.debug.RestartFrameArguments;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StepInArguments;
import org.eclipse.lsp4j.debug.StepInTarget;
import org.eclipse.lsp4j.debug.StepInTargetsArguments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions about code itself: disassembly, going elsewhere, choosing a call, entering again. */
class CodeSessionTest {
    @TempDir Path folder;
    private DapClient client;

    @BeforeEach
    void connect() throws IOException {
        client = new DapClient();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private void stopIn(String function) throws IOException, InterruptedException {
        client.launch(Map.of("program", Firmware.build("nested", folder).toString()));
        client.functionBreakpoints(function);
        client.configurationDone();
        client.awaitStop();
        if (!client.stack().get(0).getName().equals(function)) {
            client.resume();
        }
    }

    @Test
    void disassemblyHasSourceAndGoesBeforeThePresentInstruction()
            throws IOException, InterruptedException {
        stopIn("mix");
        String here = client.stack().get(0).getInstructionPointerReference();
        DisassembleArguments ask = new DisassembleArguments();
        ask.setMemoryReference(here);
        ask.setInstructionOffset(-5);
        ask.setInstructionCount(14);
        DisassembledInstruction[] rows =
                DapClient.get(client.server().disassemble(ask)).getInstructions();
        assertThat(rows).hasSize(14);
        assertThat(rows[5].getAddress()).isEqualTo(here);
        assertThat(rows[5].getLine()).isEqualTo(client.stack().get(0).getLine());
        assertThat(Arrays.stream(rows).map(DisassembledInstruction::getInstruction))
                .anyMatch(text -> text.startsWith("push"))
                .anyMatch(text -> text.matches("bl 0x.*; twice"));
    }

    @Test
    void goingToALineMovesTheProgramCounterWithinTheFunction()
            throws IOException, InterruptedException {
        stopIn("mix");
        StackFrame top = client.stack().get(0);
        GotoTargetsArguments ask = new GotoTargetsArguments();
        ask.setSource(top.getSource());
        ask.setLine(top.getLine() + 2);
        GotoTarget target = DapClient.get(client.server().gotoTargets(ask)).getTargets()[0];
        GotoArguments go = new GotoArguments();
        go.setThreadId(1);
        go.setTargetId(target.getId());
        DapClient.get(client.server().goto_(go));
        assertThat(client.awaitStop().getReason()).isEqualTo("goto");
        assertThat(client.place()).isEqualTo("mix:" + (top.getLine() + 2));
        ask.setLine(1);
        assertThat(DapClient.failure(client.server().gotoTargets(ask))).contains("mix");
    }

    @Test
    void aChosenCallOfALineIsSteppedInto() throws IOException, InterruptedException {
        stopIn("main");
        StackFrame top = client.stack().get(0);
        for (int i = 0; i < 700 && !calls("mix"); i++) {
            client.next();
        }
        assertThat(top.getName()).isEqualTo("main");
        StepInTarget mix =
                Arrays.stream(targets()).filter(t -> t.getLabel().equals("mix")).findFirst().get();
        StepInArguments step = new StepInArguments();
        step.setThreadId(1);
        step.setTargetId(mix.getId());
        DapClient.get(client.server().stepIn(step));
        client.awaitStop();
        assertThat(client.stack().get(0).getName()).isEqualTo("mix");
        RestartFrameArguments again = new RestartFrameArguments();
        client.next();
        again.setFrameId(client.stack().get(0).getId());
        DapClient.get(client.server().restartFrame(again));
        assertThat(client.awaitStop().getReason()).isEqualTo("restart");
        assertThat(client.stack().get(0).getName()).isEqualTo("mix");
    }

    private StepInTarget[] targets() {
        StepInTargetsArguments ask = new StepInTargetsArguments();
        ask.setFrameId(client.stack().get(0).getId());
        return DapClient.get(client.server().stepInTargets(ask)).getTargets();
    }

    private boolean calls(String name) {
        return Arrays.stream(targets()).anyMatch(t -> t.getLabel().equals(name));
    }
}
