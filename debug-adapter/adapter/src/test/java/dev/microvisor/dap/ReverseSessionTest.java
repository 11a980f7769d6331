package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.lsp4j.debug.DataBreakpoint;
import org.eclipse.lsp4j.debug.DataBreakpointAccessType;
import org.eclipse.lsp4j.debug.DataBreakpointInfoArguments;
import org.eclipse.lsp4j.debug.ExceptionFilterOptions;
import org.eclipse.lsp4j.debug.FunctionBreakpoint;
import org.eclipse.lsp4j.debug.RestartFrameArguments;
import org.eclipse.lsp4j.debug.SetDataBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetFunctionBreakpointsArguments;
import org.eclipse.lsp4j.debug.StepBackArguments;
import org.eclipse.lsp4j.debug.SteppingGranularity;
import org.eclipse.lsp4j.debug.StoppedEventArguments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that {@code reverseContinue} stops at, and the steps back. */
class ReverseSessionTest {
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

    private void start(Path elf) {
        start(elf, Map.of());
    }

    private void start(Path elf, Map<String, Object> more) {
        Map<String, Object> attributes = new java.util.HashMap<>(more);
        attributes.put("program", elf.toString());
        client.launch(attributes);
        client.configurationDone();
        assertThat(client.awaitStop().getReason()).isEqualTo("entry");
    }

    private void exceptions(String filter, String condition) {
        ExceptionFilterOptions option = new ExceptionFilterOptions();
        option.setFilterId(filter);
        option.setCondition(condition.isEmpty() ? null : condition);
        SetExceptionBreakpointsArguments arguments = new SetExceptionBreakpointsArguments();
        arguments.setFilters(new String[0]);
        arguments.setFilterOptions(new ExceptionFilterOptions[] {option});
        DapClient.get(client.server().setExceptionBreakpoints(arguments));
    }

    private void noExceptions() {
        SetExceptionBreakpointsArguments arguments = new SetExceptionBreakpointsArguments();
        arguments.setFilters(new String[0]);
        DapClient.get(client.server().setExceptionBreakpoints(arguments));
    }

    private void watch(String variable) {
        DataBreakpointInfoArguments ask = new DataBreakpointInfoArguments();
        ask.setName(variable);
        DataBreakpoint watch = new DataBreakpoint();
        watch.setDataId(DapClient.get(client.server().dataBreakpointInfo(ask)).getDataId());
        watch.setAccessType(DataBreakpointAccessType.WRITE);
        SetDataBreakpointsArguments set = new SetDataBreakpointsArguments();
        set.setBreakpoints(new DataBreakpoint[] {watch});
        DapClient.get(client.server().setDataBreakpoints(set));
    }

    private String value(String expression) {
        return client.evaluate(expression, "watch").getResult();
    }

    private void goTo(String where) {
        client.evaluate(where, "repl");
        assertThat(client.awaitStop().getReason()).isEqualTo("goto");
    }

    @Test
    void toWhoWroteAVariableLast() throws IOException, InterruptedException {
        start(Firmware.build("ticking", folder));
        goTo("goto instruction 3000");
        watch("total");
        client.reverseContinue();
        String total = value("total");
        StoppedEventArguments stop = client.reverseContinue();
        assertThat(stop.getReason()).isEqualTo("data breakpoint");
        assertThat(stop.getDescription()).contains("total was written");
        // Just after a write that lies before the other one.
        assertThat(Integer.parseInt(value("total"))).isLessThan(Integer.parseInt(total));
        assertThat(client.resume().getReason()).isEqualTo("data breakpoint");
        assertThat(value("total")).isEqualTo(total);
    }

    @Test
    void toABreakpointWhoseConditionHolds() throws IOException, InterruptedException {
        start(Firmware.build("ticking", folder));
        goTo("goto instruction 5000");
        FunctionBreakpoint half = new FunctionBreakpoint();
        half.setName("half");
        half.setCondition("value == 1");
        SetFunctionBreakpointsArguments arguments = new SetFunctionBreakpointsArguments();
        arguments.setBreakpoints(new FunctionBreakpoint[] {half});
        DapClient.get(client.server().setFunctionBreakpoints(arguments));
        assertThat(client.reverseContinue().getReason()).isEqualTo("function breakpoint");
        assertThat(value("value")).isEqualTo("1");
        assertThat(client.stack().stream().map(frame -> frame.getName()))
                .contains("half", "add", "main");
    }

    @Test
    void toTheLastFault() throws IOException, InterruptedException {
        start(Firmware.build("faults", folder));
        noExceptions();
        client.functionBreakpoints("skip");
        for (int i = 0; i < 3; i++) {
            client.resume();
        }
        client.functionBreakpoints();
        String handled = value("handled");
        exceptions("usageFault", "");
        StoppedEventArguments stop = client.reverseContinue();
        assertThat(stop.getReason()).isEqualTo("exception");
        assertThat(stop.getText() + stop.getDescription()).containsIgnoringCase("usage");
        assertThat(Integer.parseInt(value("handled")))
                .isLessThanOrEqualTo(Integer.parseInt(handled));
    }

    @Test
    void toASystemCallAndToANotification() {
        start(Samples.elf("http-request"));
        noExceptions();
        client.functionBreakpoints("mvReadHttpResponseData");
        client.resume();
        client.functionBreakpoints();
        exceptions("mv.call", "mvSendHttpRequest");
        StoppedEventArguments stop = client.reverseContinue();
        assertThat(stop.getDescription()).contains("mvSendHttpRequest");
        assertThat(client.evaluate("mv channels", "repl").getResult()).contains("HTTP");
        client.functionBreakpoints("mvReadHttpResponseData");
        client.resume();
        client.functionBreakpoints();
        exceptions("mv.notification", "");
        assertThat(client.reverseContinue().getDescription()).contains("Notification posted");
    }

    @Test
    void stepBackByInstructionStatementAndLine() throws IOException, InterruptedException {
        start(Firmware.build("nested", folder));
        client.functionBreakpoints("mix");
        client.resume();
        client.functionBreakpoints();
        client.next();
        String second = client.place();
        client.next();
        StepBackArguments arguments = new StepBackArguments();
        arguments.setThreadId(1);
        arguments.setGranularity(SteppingGranularity.INSTRUCTION);
        String pc = value("$pc");
        DapClient.get(client.server().stepBack(arguments));
        client.awaitStop();
        assertThat(client.place()).isEqualTo(second);
        assertThat(value("$pc")).isNotEqualTo(pc);
        for (SteppingGranularity granularity :
                new SteppingGranularity[] {
                    SteppingGranularity.STATEMENT, SteppingGranularity.LINE
                }) {
            client.next();
            assertThat(client.place()).isNotEqualTo(second);
            arguments.setGranularity(granularity);
            DapClient.get(client.server().stepBack(arguments));
            client.awaitStop();
            assertThat(client.place()).isEqualTo(second);
        }
        // Over the call of twice to the first line, and then out to the caller.
        client.stepBack();
        assertThat(client.stack().get(0).getName()).isEqualTo("mix");
        client.stepBack();
        assertThat(client.stack().get(0).getName()).isEqualTo("main");
    }

    @Test
    void aFrameIsRestartedWhereItWasCalled() throws IOException, InterruptedException {
        start(Firmware.build("nested", folder));
        client.functionBreakpoints("mix");
        client.resume();
        client.functionBreakpoints();
        String before = value("total");
        client.next();
        client.next();
        assertThat(value("total")).isNotEqualTo(before);
        RestartFrameArguments again = new RestartFrameArguments();
        again.setFrameId(client.stack().get(0).getId());
        DapClient.get(client.server().restartFrame(again));
        assertThat(client.awaitStop().getReason()).isEqualTo("restart");
        assertThat(client.stack().get(0).getName()).isEqualTo("mix");
        assertThat(value("total")).isEqualTo(before);
    }

    @Test
    void aTimeIsReachedFromBothSides() throws IOException, InterruptedException {
        start(Firmware.build("ticking", folder));
        goTo("goto time 50us");
        String there = client.evaluate("time", "repl").getResult().lines().findFirst().orElse("");
        String total = value("total");
        assertThat(there).contains("instruction 8000");
        goTo("goto time +1ms");
        assertThat(value("total")).isNotEqualTo(total);
        goTo("goto time 50us");
        assertThat(value("total")).isEqualTo(total);
    }

    @Test
    void historyStaysInItsMemoryAndSaysWhereItBegins() throws IOException, InterruptedException {
        start(Firmware.build("spin", folder), Map.of("historyMemory", 4));
        goTo("goto instruction 120000000");
        String time = client.evaluate("time", "repl").getResult();
        assertThat(time)
                .contains("history from +0.000000 s, instruction 0 to")
                .contains("of 4 MiB");
        goTo("goto instruction 12345678");
        String count = value("count");
        goTo("goto instruction 110000000");
        goTo("goto instruction 12345678");
        assertThat(value("count")).isEqualTo(count);
    }

    @Test
    void aHistoryMemoryThatIsNoSizeIsRefused() {
        client.initialize();
        for (Object wrong : new Object[] {"much", 0, -3, 1_000_000_000L}) {
            assertThat(
                            DapClient.failure(
                                    client.server()
                                            .launch(
                                                    Map.of(
                                                            "program",
                                                            Samples.elf("config-fetch").toString(),
                                                            "historyMemory",
                                                            wrong))))
                    .contains("historyMemory")
                    .contains("MiB");
        }
    }
}
