package dev.microvisor.dap;

import static dev.microvisor.dap.DapClient.at;
import static dev.microvisor.dap.DapClient.named;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StoppedEventArguments;
import org.eclipse.lsp4j.debug.Variable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole session with the sample config-fetch, as a person at an editor has it. */
class ConfigFetchSessionTest {
    private final Path source = Samples.folder("config-fetch").resolve("main.c");
    private DapClient client;

    @BeforeEach
    void connect() throws IOException {
        client = new DapClient();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private void launch(Map<String, Object> more) {
        Map<String, Object> attributes = new java.util.HashMap<>(more);
        attributes.put("program", Samples.elf("config-fetch").toString());
        client.launch(attributes);
    }

    private void stopInMain() {
        launch(Map.of());
        client.configurationDone();
        client.awaitStop();
    }

    /** Number of the line of main.c that holds a text, so that tests survive edits above it. */
    private int line(String text) throws IOException {
        List<String> lines = Files.readAllLines(source);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new AssertionError("main.c has no line with " + text);
    }

    @Test
    void launchStopsInMainWithItsSource() throws IOException {
        launch(Map.of());
        client.configurationDone();
        StoppedEventArguments stop = client.awaitStop();
        assertThat(stop.getReason()).isEqualTo("entry");
        StackFrame top = client.stack().get(0);
        assertThat(top.getName()).isEqualTo("main");
        assertThat(Path.of(top.getSource().getPath())).isEqualTo(source);
        assertThat(top.getLine()).isEqualTo(line("(void)log_start();"));
    }

    @Test
    void stopOnEntryStopsAtTheFirstInstruction() {
        launch(Map.of("stopOnEntry", true));
        client.configurationDone();
        assertThat(client.awaitStop().getReason()).isEqualTo("entry");
        assertThat(client.stack().get(0).getName()).isEqualTo("Reset_Handler");
    }

    @Test
    void breakpointOnALineStopsThereWithArgumentsLocalsAndCallers() throws IOException {
        launch(Map.of("stopAtMain", false));
        int line = line("uint32_t interval_ms = 0;");
        Breakpoint set = client.breakpoints(source.toString(), at(line)).getBreakpoints()[0];
        assertThat(set.isVerified()).isTrue();
        client.configurationDone();
        StoppedEventArguments stop = client.awaitStop();
        assertThat(stop.getReason()).isEqualTo("breakpoint");
        assertThat(stop.getHitBreakpointIds()).containsExactly(set.getId());
        assertThat(client.stack().stream().map(StackFrame::getName))
                .startsWith("interval_of", "run", "main", "Reset_Handler");
        Variable item = named(client.scope("Arguments"), "item");
        assertThat(item.getType()).contains("struct config_item");
        assertThat(named(client.children(item.getVariablesReference()), "value").getValue())
                .contains("250");
        assertThat(named(client.scope("Locals"), "interval_ms").getType()).isEqualTo("uint32_t");
    }

    @Test
    void breakpointOnALineWithoutCodeMovesToTheNextThatHasSome() throws IOException {
        launch(Map.of());
        int comment = line("/* Without a log there is nobody to tell");
        Breakpoint moved = client.breakpoints(source.toString(), at(comment)).getBreakpoints()[0];
        assertThat(moved.isVerified()).isTrue();
        assertThat(moved.getLine()).isEqualTo(comment + 1);
        assertThat(moved.getMessage()).contains("moved");
        Breakpoint none = client.breakpoints(source.toString(), at(9_999)).getBreakpoints()[0];
        assertThat(none.isVerified()).isFalse();
        assertThat(none.getMessage()).contains("has code");
    }

    @Test
    void breakpointInAFileThatIsNotInTheFirmwareIsUnverifiedWithTheReason() {
        launch(Map.of());
        Breakpoint none = client.breakpoints("/elsewhere/other.c", at(1)).getBreakpoints()[0];
        assertThat(none.isVerified()).isFalse();
        assertThat(none.getMessage()).contains("sourceMap");
    }

    @Test
    void nextGoesLineByLineOverCallsAndInterrupts() throws IOException {
        stopInMain();
        assertThat(client.next().getReason()).isEqualTo("step");
        assertThat(client.place()).isEqualTo("main:" + line("log_device();"));
        client.next();
        assertThat(client.place()).isEqualTo("main:" + line("if (clock_start()) {"));
        client.next();
        assertThat(client.place()).isEqualTo("main:" + line("        run();"));
        // The whole run, with a timer's interrupts, a network and two answers from the cloud.
        client.next();
        assertThat(client.place()).isEqualTo("main:" + line("    clock_stop();"));
    }

    @Test
    void stepInGoesIntoFunctionsAndOverSystemCallsAndStepOutReturns() throws IOException {
        stopInMain();
        client.next();
        client.stepIn();
        assertThat(client.place()).startsWith("log_device:");
        client.next();
        assertThat(client.place())
                .isEqualTo("log_device:" + line("enum MvStatus status = mvGetDeviceId("));
        client.stepIn();
        assertThat(client.place())
                .isEqualTo("log_device:" + line("if (status == MV_STATUS_OKAY) {"));
        client.stepOut();
        assertThat(client.stack().get(0).getName()).isEqualTo("main");
    }

    @Test
    void theMicrovisorScopeShowsTheConfigValueAndHidesTheSecret() throws IOException {
        launch(Map.of("stopAtMain", false));
        client.breakpoints(source.toString(), at(line("blink(interval_of(")));
        client.configurationDone();
        client.awaitStop();
        List<Variable> scope = client.scope("Microvisor");
        assertThat(named(scope, "Networks").getValue()).startsWith("MV_NETWORKSTATUS_CONNECTED");
        List<Variable> items =
                client.children(named(scope, "Config fetch").getVariablesReference());
        assertThat(named(items, "blink-interval-ms").getValue()).isEqualTo("\"250\"");
        assertThat(named(items, "api-key").getValue()).doesNotContain("horse").contains("secret");
        List<Variable> centres =
                client.children(named(scope, "Notification centres").getVariablesReference());
        assertThat(centres).hasSize(1);
        assertThat(centres.get(0).getValue()).contains("IRQ").contains("enabled");
        assertThat(named(scope, "Server log").getValue()).startsWith("secret: api-key has 28");
        assertThat(client.evaluate("$mv.config[0].value", "watch").getResult())
                .isEqualTo("\"250\"");
    }

    @Test
    void theLogArrivesAsOutputAndTheEndIsAStopWithTheReason() {
        launch(Map.of("stopAtMain", false));
        client.configurationDone();
        StoppedEventArguments stop = client.awaitStop();
        assertThat(stop.getDescription()).contains("idle for good");
        assertThat(client.output.stream().collect(Collectors.joining()))
                .contains("config: blink-interval-ms is 250")
                .contains("done");
        assertThat(DapClient.failure(client.server().continue_(continueArguments())))
                .contains("cannot go on");
    }

    private static org.eclipse.lsp4j.debug.ContinueArguments continueArguments() {
        org.eclipse.lsp4j.debug.ContinueArguments arguments =
                new org.eclipse.lsp4j.debug.ContinueArguments();
        arguments.setThreadId(1);
        return arguments;
    }

    @Test
    void registersAreAScopeAndAnswerToTheirNames() {
        stopInMain();
        List<Variable> registers = client.scope("Registers");
        String pc = named(registers, "pc").getValue();
        assertThat(client.evaluate("$pc", "hover").getResult()).isEqualTo(pc);
        assertThat(named(registers, "xpsr").getValue()).startsWith("0x");
    }

    @Test
    void valuesOfAnEarlierStopAreRefusedNotShownWrong() {
        stopInMain();
        int reference = named(client.scope("Microvisor"), "Networks").getVariablesReference();
        client.next();
        org.eclipse.lsp4j.debug.VariablesArguments arguments =
                new org.eclipse.lsp4j.debug.VariablesArguments();
        arguments.setVariablesReference(reference);
        assertThat(DapClient.failure(client.server().variables(arguments)))
                .contains("earlier stop");
    }

    @Test
    void stepBackGoesToThePreviousLineOverItsCallsAndOutToTheCaller() throws IOException {
        stopInMain();
        client.next();
        client.next();
        client.next();
        client.next();
        assertThat(client.place()).isEqualTo("main:" + line("    clock_stop();"));
        assertThat(client.stepBack().getReason()).isEqualTo("step");
        assertThat(client.place()).isEqualTo("main:" + line("        run();"));
        client.stepBack();
        assertThat(client.place()).isEqualTo("main:" + line("if (clock_start()) {"));
        client.stepBack();
        client.stepIn();
        assertThat(client.place()).startsWith("log_device:");
        client.stepBack();
        assertThat(client.place()).isEqualTo("main:" + line("    log_device();"));
    }

    @Test
    void stepBackUndoesTheVeryFirstStep() throws IOException {
        stopInMain();
        client.next();
        client.stepBack();
        assertThat(client.place()).isEqualTo("main:" + line("(void)log_start();"));
    }

    @Test
    void reverseContinueGoesToTheLastBreakpointAndThenToTheBeginning() throws IOException {
        launch(Map.of("stopAtMain", false));
        client.configurationDone();
        client.awaitStop();
        client.breakpoints(source.toString(), at(line("blink(interval_of(")));
        StoppedEventArguments stop = client.reverseContinue();
        assertThat(stop.getReason()).isEqualTo("breakpoint");
        assertThat(client.place()).isEqualTo("run:" + line("blink(interval_of("));
        assertThat(named(client.scope("Microvisor"), "Server log").getValue())
                .startsWith("secret: api-key");
        assertThat(client.reverseContinue().getReason()).isEqualTo("entry");
        assertThat(client.stack().get(0).getName()).isEqualTo("Reset_Handler");
    }

    @Test
    void travellingBackAndForthWritesEachLogLineOnce() throws IOException {
        launch(Map.of("stopAtMain", false));
        client.configurationDone();
        client.awaitStop();
        client.reverseContinue();
        client.resume();
        assertThat(client.output.stream().filter(o -> o.contains("network: connected"))).hasSize(1);
    }

    @Test
    void aDataBreakpointStopsWhereTheVariableIsWritten() throws IOException {
        stopInMain();
        org.eclipse.lsp4j.debug.DataBreakpointInfoArguments ask =
                new org.eclipse.lsp4j.debug.DataBreakpointInfoArguments();
        ask.setName("items[0].length");
        String id = DapClient.get(client.server().dataBreakpointInfo(ask)).getDataId();
        org.eclipse.lsp4j.debug.DataBreakpoint watch = new org.eclipse.lsp4j.debug.DataBreakpoint();
        watch.setDataId(id);
        org.eclipse.lsp4j.debug.SetDataBreakpointsArguments set =
                new org.eclipse.lsp4j.debug.SetDataBreakpointsArguments();
        set.setBreakpoints(new org.eclipse.lsp4j.debug.DataBreakpoint[] {watch});
        assertThat(
                        DapClient.get(client.server().setDataBreakpoints(set))
                                .getBreakpoints()[0]
                                .isVerified())
                .isTrue();
        StoppedEventArguments stop = client.resume();
        assertThat(stop.getReason()).isEqualTo("data breakpoint");
        assertThat(stop.getDescription()).contains("items[0].length was written");
    }

    @Test
    void conditionsHitCountsAndLogPointsAreEvaluatedInTheFrame() throws IOException {
        launch(Map.of("stopAtMain", false));
        int loop = line("clock_pause(interval_ms);");
        org.eclipse.lsp4j.debug.SourceBreakpoint conditional = at(loop);
        conditional.setCondition("i == 2");
        org.eclipse.lsp4j.debug.SourceBreakpoint log = at(line("(void)mvSystemLedEnable(1);"));
        log.setLogMessage("turn {i} of {interval_ms} ms");
        client.breakpoints(source.toString(), conditional, log);
        client.configurationDone();
        client.awaitStop();
        assertThat(named(client.scope("Locals"), "i").getValue()).isEqualTo("2");
        assertThat(client.output.stream().collect(Collectors.joining()))
                .contains("turn 0 of 250 ms")
                .contains("turn 2 of 250 ms");
    }

    @Test
    void expressionsAreEvaluatedAndOnlyTheConsoleAssigns() throws IOException {
        launch(Map.of("stopAtMain", false));
        client.breakpoints(source.toString(), at(line("(void)mvSystemLedEnable(1);")));
        client.configurationDone();
        client.awaitStop();
        assertThat(client.evaluate("interval_ms * 2", "watch").getResult()).isEqualTo("500");
        assertThat(client.evaluate("items[0].value", "hover").getResult()).contains("250");
        assertThat(
                        DapClient.failure(
                                client.server()
                                        .evaluate(
                                                DapClient.evaluation("interval_ms = 1", "hover"))))
                .isNotEmpty();
        assertThat(client.evaluate("interval_ms = 10", "repl").getResult()).isEqualTo("10");
        assertThat(named(client.scope("Arguments"), "interval_ms").getValue()).isEqualTo("10");
        assertThat(
                        DapClient.failure(
                                client.server().evaluate(DapClient.evaluation("nobody", "watch"))))
                .contains("nobody");
        assertThat(client.evaluate("mv log", "repl").getResult()).contains("api-key has 28 bytes");
        assertThat(client.evaluate("mv help", "repl").getResult()).contains("mv channels");
        assertThat(client.evaluate("bt", "repl").getResult()).contains("blink (interval_ms=10)");
    }

    @Test
    void setVariableChangesTheFirmware() throws IOException {
        launch(Map.of("stopAtMain", false));
        client.breakpoints(source.toString(), at(line("(void)mvSystemLedEnable(1);")));
        client.configurationDone();
        client.awaitStop();
        client.set("Arguments", "interval_ms", "20");
        assertThat(named(client.scope("Arguments"), "interval_ms").getValue()).isEqualTo("20");
    }

    @Test
    void memoryIsReadAndWritten() {
        stopInMain();
        String address = client.evaluate("&items", "watch").getMemoryReference();
        byte[] before = client.memory(address, 4);
        client.write(address, new byte[] {1, 2, 3, 4});
        assertThat(client.memory(address, 4)).containsExactly(1, 2, 3, 4);
        assertThat(before).hasSize(4);
        assertThat(client.memory("0x70000000", 4)).isEmpty();
    }

    @Test
    void functionBreakpointsTakeFunctionsAndSystemCalls() {
        launch(Map.of("stopAtMain", false));
        assertThat(client.functionBreakpoints("network_release", "mvOpenChannel", "nobody"))
                .containsExactly(true, true, false);
        client.configurationDone();
        StoppedEventArguments stop = client.awaitStop();
        assertThat(stop.getReason()).isEqualTo("function breakpoint");
        assertThat(stop.getDescription()).contains("mvOpenChannel");
        client.resume();
        assertThat(client.stack().get(0).getName()).isEqualTo("network_release");
    }

    @Test
    void restartBeginsAgainAtOnce() {
        stopInMain();
        client.next();
        client.next();
        DapClient.get(client.server().restart(new org.eclipse.lsp4j.debug.RestartArguments()));
        assertThat(client.awaitStop().getReason()).isEqualTo("entry");
        assertThat(client.stack().get(0).getName()).isEqualTo("main");
    }

    @Test
    void pauseStopsARunningFirmwareAndRequestsAreAnsweredWhileItRuns() throws IOException {
        launch(Map.of("stopAtMain", false, "program", Samples.elf("config-fetch").toString()));
        client.configurationDone();
        client.awaitStop();
        assertThat(client.evaluate("time", "repl").getResult()).contains("instruction");
    }
}
