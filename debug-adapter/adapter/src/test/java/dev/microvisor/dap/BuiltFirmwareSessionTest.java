package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.lsp4j.debug.ContinueArguments;
import org.eclipse.lsp4j.debug.ExceptionInfoArguments;
import org.eclipse.lsp4j.debug.ExceptionInfoResponse;
import org.eclipse.lsp4j.debug.PauseArguments;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.StoppedEventArguments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with firmware that is built for the test: a crash, and a loop without end. */
class BuiltFirmwareSessionTest {
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

    private void start(String name) throws IOException, InterruptedException {
        Path elf = Firmware.build(name, folder);
        client.launch(Map.of("program", elf.toString()));
        client.configurationDone();
        assertThat(client.awaitStop().getReason()).isEqualTo("entry");
    }

    @Test
    void aFaultStopsWhereItHappensAndIsExplained() throws IOException, InterruptedException {
        start("crash");
        StoppedEventArguments stop = client.resume();
        assertThat(stop.getReason()).isEqualTo("exception");
        assertThat(client.stack().stream().map(StackFrame::getName))
                .startsWith("poison", "poison", "poison", "main");
        ExceptionInfoArguments ask = new ExceptionInfoArguments();
        ask.setThreadId(1);
        ExceptionInfoResponse info = DapClient.get(client.server().exceptionInfo(ask));
        assertThat(info.getExceptionId()).isEqualTo("secureFault");
        assertThat(info.getDescription()).contains("belongs to Microvisor");
        assertThat(info.getDetails().getStackTrace()).contains("poison (where=");
    }

    @Test
    void fromACrashOneCanStepBack() throws IOException, InterruptedException {
        start("crash");
        client.resume();
        int line = client.stack().get(0).getLine();
        // The fault is in the middle of its line: first to where the line begins.
        client.stepBack();
        assertThat(client.place()).isEqualTo("poison:" + line);
        client.stepBack();
        StackFrame top = client.stack().get(0);
        assertThat(top.getName()).isEqualTo("poison");
        assertThat(top.getLine()).isLessThan(line);
    }

    @Test
    void aLoopIsPausedAndAnswersWhileItRuns() throws IOException, InterruptedException {
        start("spin");
        ContinueArguments go = new ContinueArguments();
        go.setThreadId(1);
        DapClient.get(client.server().continue_(go));
        assertThat(client.evaluate("count", "watch").getType()).contains("unsigned int");
        assertThat(client.memory("0x20000000", 4)).hasSize(4);
        StackTraceArguments stack = new StackTraceArguments();
        stack.setThreadId(1);
        assertThat(DapClient.failure(client.server().stackTrace(stack))).isEqualTo("notStopped");
        PauseArguments pause = new PauseArguments();
        pause.setThreadId(1);
        DapClient.get(client.server().pause(pause));
        assertThat(client.awaitStop().getReason()).isEqualTo("pause");
        assertThat(client.stack().get(0).getName()).isEqualTo("main");
    }
}
