package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.debug.SourceBreakpoint;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StepInArguments;
import org.eclipse.lsp4j.debug.StepInTarget;
import org.eclipse.lsp4j.debug.StepInTargetsArguments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of headers that are compiled into their callers, at -O2. */
class InlinedSessionTest {
    private static final String HEADER =
            """
            static inline __attribute__((always_inline)) unsigned scaled(unsigned amount)
            {
                unsigned result = amount * 3;
                total += result;
                return result;
            }
            """;

    private static final String MAIN =
            """
            volatile unsigned total;
            volatile unsigned rounds;
            #include "scaled.h"
            __attribute__((noinline)) static unsigned low(unsigned amount)
            {
                return scaled(amount + 1) ^ rounds;
            }
            __attribute__((noinline)) static unsigned high(unsigned amount)
            {
                return scaled(amount + 100) ^ rounds;
            }
            int main(void)
            {
                for (;;) {
                    rounds++;
                    total = low(high(rounds));
                }
            }
            """;
    private static final int BODY_LINE = 4;
    private static final int NESTED_LINE = 16;

    @TempDir Path folder;
    private Path header;
    private Path source;
    private DapClient client;

    @BeforeEach
    void launch() throws IOException, InterruptedException {
        header = Files.writeString(folder.resolve("scaled.h"), HEADER);
        source = Files.writeString(folder.resolve("inlined.c"), MAIN);
        Path elf = Firmware.build(source, folder.resolve("inlined.elf"), "-O2", "-g3");
        client = new DapClient();
        client.launch(Map.of("program", elf.toString()));
        client.configurationDone();
        client.awaitStop();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    /** The two innermost functions at some stops. */
    private List<String> stops(int count) {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            client.resume();
            List<StackFrame> stack = client.stack();
            seen.add(stack.get(0).getName() + " in " + stack.get(1).getName());
        }
        return seen;
    }

    @Test
    void aBreakpointOnAFunctionStopsInEachOfItsCopies() {
        assertThat(client.functionBreakpoints("scaled")).containsExactly(true);
        assertThat(stops(4))
                .containsExactly(
                        "scaled in high", "scaled in low", "scaled in high", "scaled in low");
    }

    @Test
    void aBreakpointOnALineOfTheHeaderStopsInEachOfItsCopiesForwardsAndBackwards() {
        assertThat(
                        client.breakpoints(header.toString(), DapClient.at(BODY_LINE))
                                .getBreakpoints()[0]
                                .isVerified())
                .isTrue();
        assertThat(stops(3)).containsExactly("scaled in high", "scaled in low", "scaled in high");
        client.reverseContinue();
        assertThat(client.stack().get(1).getName()).isEqualTo("low");
        assertThat(client.evaluate("rounds", "watch").getResult()).isEqualTo("1");
    }

    @Test
    void hitCountsOfAllForms() {
        for (String[] form :
                new String[][] {
                    {"3", "3"}, {">= 3", "3"}, {"> 3", "4"}, {"% 5", "5"}, {"== 2", "2"}
                }) {
            SourceBreakpoint breakpoint = DapClient.at(NESTED_LINE);
            breakpoint.setHitCondition(form[0]);
            DapClient.get(client.server().restart(new org.eclipse.lsp4j.debug.RestartArguments()));
            client.awaitStop();
            client.breakpoints(source.toString(), breakpoint);
            client.resume();
            assertThat(client.evaluate("rounds", "watch").getResult())
                    .as(form[0])
                    .isEqualTo(form[1]);
        }
    }

    @Test
    void aLogPointWritesTheValuesOfTheCopyThatItIsIn() {
        SourceBreakpoint log = DapClient.at(BODY_LINE);
        log.setLogMessage("is {result}, {rounds * 2} {{literally}}");
        SourceBreakpoint end = DapClient.at(NESTED_LINE);
        end.setCondition("rounds == 2");
        client.breakpoints(header.toString(), log);
        client.breakpoints(source.toString(), end);
        client.resume();
        assertThat(String.join("", client.output)).contains("is 303, 2 {literally}");
    }

    @Test
    void ofNestedCallsEachIsATarget() {
        client.breakpoints(source.toString(), DapClient.at(NESTED_LINE));
        client.resume();
        StepInTargetsArguments ask = new StepInTargetsArguments();
        ask.setFrameId(client.stack().get(0).getId());
        StepInTarget[] targets = DapClient.get(client.server().stepInTargets(ask)).getTargets();
        assertThat(targets).extracting(StepInTarget::getLabel).containsExactly("high", "low");
        StepInArguments step = new StepInArguments();
        step.setThreadId(1);
        step.setTargetId(
                Arrays.stream(targets)
                        .filter(t -> t.getLabel().equals("low"))
                        .findFirst()
                        .orElseThrow()
                        .getId());
        DapClient.get(client.server().stepIn(step));
        client.awaitStop();
        // The first thing there is the inlined call.
        assertThat(client.stack()).extracting(StackFrame::getName).contains("low");
    }
}
