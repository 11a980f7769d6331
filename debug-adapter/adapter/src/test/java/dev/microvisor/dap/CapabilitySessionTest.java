package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.debug.BreakpointLocationsArguments;
import org.eclipse.lsp4j.debug.CancelArguments;
import org.eclipse.lsp4j.debug.DataBreakpoint;
import org.eclipse.lsp4j.debug.DataBreakpointInfoArguments;
import org.eclipse.lsp4j.debug.DataBreakpointInfoResponse;
import org.eclipse.lsp4j.debug.EvaluateArguments;
import org.eclipse.lsp4j.debug.EvaluateResponse;
import org.eclipse.lsp4j.debug.InstructionBreakpoint;
import org.eclipse.lsp4j.debug.LoadedSourcesArguments;
import org.eclipse.lsp4j.debug.Module;
import org.eclipse.lsp4j.debug.ModulesArguments;
import org.eclipse.lsp4j.debug.NextArguments;
import org.eclipse.lsp4j.debug.SetDataBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetExpressionArguments;
import org.eclipse.lsp4j.debug.SetInstructionBreakpointsArguments;
import org.eclipse.lsp4j.debug.Source;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.StackTraceResponse;
import org.eclipse.lsp4j.debug.StepBackArguments;
import org.eclipse.lsp4j.debug.SteppingGranularity;
import org.eclipse.lsp4j.debug.TerminateArguments;
import org.eclipse.lsp4j.debug.ValueFormat;
import org.eclipse.lsp4j.debug.Variable;
import org.eclipse.lsp4j.debug.VariablesArguments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts of the small requests; {@link CapabilityListTest} says which belongs to what. */
class CapabilitySessionTest {
    @TempDir Path folder;
    private DapClient client;

    @BeforeEach
    void connect() throws IOException, InterruptedException {
        client = new DapClient();
        client.launch(Map.of("program", Firmware.build("nested", folder).toString()));
        client.functionBreakpoints("mix");
        client.configurationDone();
        client.awaitStop();
        client.resume();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void oneInstructionForwardsAndBackIsTheSamePlace() {
        String here = client.stack().get(0).getInstructionPointerReference();
        NextArguments next = new NextArguments();
        next.setThreadId(1);
        next.setGranularity(SteppingGranularity.INSTRUCTION);
        DapClient.get(client.server().next(next));
        client.awaitStop();
        assertThat(client.stack().get(0).getInstructionPointerReference()).isNotEqualTo(here);
        StepBackArguments back = new StepBackArguments();
        back.setThreadId(1);
        back.setGranularity(SteppingGranularity.INSTRUCTION);
        DapClient.get(client.server().stepBack(back));
        client.awaitStop();
        assertThat(client.stack().get(0).getInstructionPointerReference()).isEqualTo(here);
    }

    @Test
    void anInstructionBreakpointStopsAtItsAddress() {
        String callee = client.evaluate("&add", "watch").getResult();
        InstructionBreakpoint breakpoint = new InstructionBreakpoint();
        breakpoint.setInstructionReference(callee.replaceAll(".*(0x[0-9a-f]+).*", "$1"));
        SetInstructionBreakpointsArguments set = new SetInstructionBreakpointsArguments();
        set.setBreakpoints(new InstructionBreakpoint[] {breakpoint});
        assertThat(
                        DapClient.get(client.server().setInstructionBreakpoints(set))
                                .getBreakpoints()[0]
                                .isVerified())
                .isTrue();
        assertThat(client.resume().getReason()).isEqualTo("instruction breakpoint");
        assertThat(client.stack().get(0).getName()).isEqualTo("add");
    }

    @Test
    void breakpointLocationsAreTheLinesWithCode() {
        StackFrame top = client.stack().get(0);
        BreakpointLocationsArguments ask = new BreakpointLocationsArguments();
        ask.setSource(top.getSource());
        ask.setLine(top.getLine());
        ask.setEndLine(top.getLine() + 2);
        assertThat(
                        Arrays.stream(
                                        DapClient.get(client.server().breakpointLocations(ask))
                                                .getBreakpoints())
                                .map(b -> b.getLine() - top.getLine())
                                .distinct())
                .containsExactly(0, 1, 2);
    }

    @Test
    void anyNumberOfBytesAtAnAddressIsWatched() {
        DataBreakpointInfoArguments ask = new DataBreakpointInfoArguments();
        ask.setName(client.evaluate("&total", "watch").getMemoryReference());
        ask.setAsAddress(true);
        ask.setBytes(3);
        DataBreakpointInfoResponse info = DapClient.get(client.server().dataBreakpointInfo(ask));
        assertThat(info.getDescription()).contains("3 bytes");
        DataBreakpoint breakpoint = new DataBreakpoint();
        breakpoint.setDataId(String.valueOf(info.getDataId()));
        SetDataBreakpointsArguments set = new SetDataBreakpointsArguments();
        set.setBreakpoints(new DataBreakpoint[] {breakpoint});
        DapClient.get(client.server().setDataBreakpoints(set));
        assertThat(client.resume().getReason()).isEqualTo("data breakpoint");
        assertThat(client.stack().get(0).getName()).isEqualTo("twice");
    }

    @Test
    void aChangeInThePastSaysThatTheFutureIsForgotten() {
        client.next();
        client.stepBack();
        client.set("Arguments", "a", "6");
        client.next();
        assertThat(String.join("", client.output))
                .contains("changed in the past, at instruction")
                .contains("is forgotten");
    }

    @Test
    void anExpressionGetsANewValue() {
        SetExpressionArguments set = new SetExpressionArguments();
        set.setFrameId(client.stack().get(0).getId());
        set.setExpression("points[2].y");
        set.setValue("-7");
        assertThat(DapClient.get(client.server().setExpression(set)).getValue()).isEqualTo("-7");
        assertThat(client.evaluate("points[2].y * 2", "watch").getResult()).isEqualTo("-14");
    }

    @Test
    void theModuleAndItsSourcesAreListed() {
        Module module =
                DapClient.get(client.server().modules(new ModulesArguments())).getModules()[0];
        assertThat(module.getName()).isEqualTo("nested.elf");
        assertThat(client.modules).containsExactly("NEW nested.elf");
        assertThat(module.getSymbolStatus()).isEqualTo("debug information read");
        Source[] sources =
                DapClient.get(client.server().loadedSources(new LoadedSourcesArguments()))
                        .getSources();
        assertThat(Arrays.stream(sources).map(Source::getName)).contains("nested.c", "startup.c");
    }

    @Test
    void numbersAreWrittenInHexadecimalWhereAskedForAndArraysComeInPages() {
        ValueFormat hex = new ValueFormat();
        hex.setHex(true);
        EvaluateArguments ask = DapClient.evaluation("a + 27", "watch");
        ask.setFormat(hex);
        assertThat(DapClient.get(client.server().evaluate(ask)).getResult()).isEqualTo("0x1f");
        EvaluateResponse table = client.evaluate("table", "watch");
        assertThat(table.getIndexedVariables()).isEqualTo(200);
        VariablesArguments page = new VariablesArguments();
        page.setVariablesReference(table.getVariablesReference());
        page.setStart(160);
        page.setCount(2);
        page.setFormat(hex);
        List<Variable> rows =
                Arrays.asList(DapClient.get(client.server().variables(page)).getVariables());
        assertThat(rows.stream().map(Variable::getName)).containsExactly("[160]", "[161]");
        assertThat(rows.get(0).getValue()).startsWith("0xa0");
    }

    @Test
    void framesComeInPages() {
        StackTraceArguments ask = new StackTraceArguments();
        ask.setThreadId(1);
        ask.setStartFrame(1);
        ask.setLevels(1);
        StackTraceResponse page = DapClient.get(client.server().stackTrace(ask));
        assertThat(page.getStackFrames()).hasSize(1);
        assertThat(page.getStackFrames()[0].getName()).isEqualTo("main");
        assertThat(page.getTotalFrames()).isGreaterThan(1);
    }

    @Test
    void terminatingEndsTheSession() throws Exception {
        DapClient.get(client.server().terminate(new TerminateArguments()));
        DapClient.get(client.terminated);
        assertThat(DapClient.get(client.exitCode)).isZero();
    }

    @Test
    void cancellingWhatIsDoneAlreadyIsNoError() {
        CompletableFuture<EvaluateResponse> done =
                client.server().evaluate(DapClient.evaluation("a", "watch"));
        assertThat(DapClient.get(done).getResult()).isEqualTo("4");
        CancelArguments cancel = new CancelArguments();
        cancel.setRequestId(1);
        DapClient.get(client.server().cancel(cancel));
        assertThat(client.evaluate("b", "watch").getResult()).isEqualTo("5");
    }
}
