package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.eclipse.lsp4j.debug.CancelArguments;
import org.eclipse.lsp4j.debug.EvaluateArguments;
import org.eclipse.lsp4j.debug.MemoryEventArguments;
import org.eclipse.lsp4j.debug.SourceBreakpoint;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StackFrameFormat;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How things are shown: in full, in colour, up to date, and how far a long search has come. */
class PresentationSessionTest {
    private static final String RED = "\u001b[31m";

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

    private void startNested() throws IOException, InterruptedException {
        client.launch(Map.of("program", Firmware.build("nested", folder).toString()));
        client.functionBreakpoints("mix");
        client.configurationDone();
        client.awaitStop();
        client.resume();
    }

    @Test
    void aValueIsCopiedInFull() throws IOException, InterruptedException {
        startNested();
        String words = "*(unsigned int (*)[50])table";
        assertThat(client.evaluate(words, "watch").getResult()).endsWith("...}");
        String copied = client.evaluate(words, "clipboard").getResult();
        assertThat(copied).startsWith("{50462976, ").endsWith("}").doesNotContain("...");
        assertThat(copied.split(",")).hasSize(50);
    }

    @Test
    void anEvaluationThatWouldNotEndIsLimited() throws IOException, InterruptedException {
        startNested();
        for (String endless :
                new String[] {
                    "*(unsigned int (*)[500000000])0x20000000",
                    "*(char (*)[2000000000])0x20000000",
                    "table[0]@2000000000",
                    "(char *)table",
                }) {
            assertThat(client.evaluate(endless, "hover").getResult())
                    .as(endless)
                    .hasSizeLessThan(5_000);
            assertThat(client.evaluate(endless, "clipboard").getResult())
                    .as(endless)
                    .hasSizeLessThan(3 << 20);
        }
        assertThat(
                        DapClient.failure(
                                client.server()
                                        .evaluate(
                                                DapClient.evaluation(
                                                        "-".repeat(10_000) + "1", "watch"))))
                .contains("nested too deep");
    }

    @Test
    void framesAreNamedWithWhatTheClientAsksFor() throws IOException, InterruptedException {
        startNested();
        StackFrameFormat format = new StackFrameFormat();
        format.setParameters(true);
        format.setParameterTypes(true);
        format.setParameterNames(true);
        format.setParameterValues(true);
        format.setLine(true);
        format.setModule(true);
        format.setHex(true);
        StackTraceArguments ask = new StackTraceArguments();
        ask.setThreadId(1);
        ask.setFormat(format);
        StackFrame top = DapClient.get(client.server().stackTrace(ask)).getStackFrames()[0];
        assertThat(top.getName())
                .isEqualTo("nested.elf!mix(int a=0x4, int b=0x5) line " + top.getLine());
    }

    @Test
    void anAssignmentInTheConsoleTellsViewsToLookAgain() throws IOException, InterruptedException {
        startNested();
        client.evaluate("a + 1", "repl");
        assertThat(client.invalidations).isEmpty();
        client.evaluate("a = 9", "repl");
        assertThat(DapClient.take(client.invalidations).getAreas()).containsExactly("variables");
        assertThat(client.evaluate("a", "watch").getResult()).isEqualTo("9");
    }

    @Test
    void onlyTheConsoleAssigns() throws IOException, InterruptedException {
        startNested();
        for (String context : new String[] {"hover", "watch", "clipboard", "variables"}) {
            EvaluateArguments ask = DapClient.evaluation("a = 9", context);
            assertThat(DapClient.failure(client.server().evaluate(ask)))
                    .contains("assignment is not allowed");
        }
        assertThat(client.evaluate("a", "hover").getResult()).isEqualTo("4");
    }

    @Test
    void memoryThatTheClientShowsIsAnnouncedAtEachStop() throws IOException, InterruptedException {
        startNested();
        String table = client.evaluate("table", "watch").getMemoryReference();
        client.memory(table, 16);
        client.memoryEvents.clear();
        client.next();
        MemoryEventArguments event = DapClient.take(client.memoryEvents);
        assertThat(event.getMemoryReference()).isEqualTo(table);
        assertThat(event.getCount()).isEqualTo(16);
    }

    @Test
    void failingCallsAreRedWhereTheClientShowsColours() throws IOException {
        client.launch(Map.of("program", Samples.elf("mistakes").toString(), "trace", true), true);
        client.configurationDone();
        client.awaitStop();
        client.functionBreakpoints("mvOpenChannel");
        client.resume();
        client.resume();
        String said = String.join("", client.output);
        assertThat(said.lines().filter(line -> line.contains(RED)))
                .isNotEmpty()
                .allMatch(line -> line.contains("-> MV_STATUS_") && !line.contains("_OKAY"));
        assertThat(said).contains("\u001b[2m+0.");
    }

    @Test
    void aClientThatShowsNoColoursGetsPlainText() throws IOException {
        client.launch(Map.of("program", Samples.elf("mistakes").toString(), "trace", true));
        client.configurationDone();
        client.awaitStop();
        client.functionBreakpoints("mvOpenChannel");
        client.resume();
        assertThat(String.join("", client.output)).contains("MV_STATUS_").doesNotContain("\u001b");
    }

    /** Lets the endless firmware make a past that takes a while to search. */
    private void spinTo(long instruction) throws IOException, InterruptedException {
        client.launch(Map.of("program", Firmware.build("spin", folder).toString()));
        client.configurationDone();
        client.awaitStop();
        client.evaluate("goto instruction " + instruction, "repl");
        assertThat(client.awaitStop().getReason()).isEqualTo("goto");
    }

    @Test
    void aTravelForwardsTellsHowFarItIs() throws IOException, InterruptedException {
        spinTo(2_000_000);
        assertThat(client.progress).hasSizeGreaterThan(3);
        assertThat(client.progress.get(0)).startsWith("start ");
        assertThat(client.progress).last().isEqualTo("end");
        int[] percents =
                client.progress.stream()
                        .filter(p -> !p.equals("end"))
                        .mapToInt(p -> Integer.parseInt(p.split(" ")[1]))
                        .toArray();
        assertThat(Arrays.stream(percents).sorted().toArray()).isEqualTo(percents);
    }

    @Test
    void aSearchBackTellsHowFarItIsAndIsCancelled() throws IOException, InterruptedException {
        spinTo(8_000_000);
        // A million times false: the search lasts hundreds of times as long as a request takes.
        SourceBreakpoint never = new SourceBreakpoint();
        never.setLine(6);
        never.setCondition("count == 0xffffffff");
        String source = client.stack().get(0).getSource().getPath();
        assertThat(client.breakpoints(source, never).getBreakpoints()[0].isVerified()).isTrue();
        client.progress.clear();
        client.onProgress =
                id -> {
                    CancelArguments cancel = new CancelArguments();
                    cancel.setProgressId(id);
                    client.server().cancel(cancel);
                };
        assertThat(client.reverseContinue().getDescription())
                .isEqualTo("Going back was broken off");
        assertThat(client.progress.get(0)).startsWith("start ");
        assertThat(client.progress).last().isEqualTo("end");
    }
}
