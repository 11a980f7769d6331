package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.eclipse.lsp4j.debug.StoppedEventArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neither interrupts nor other tasks lead a step astray, forwards or backwards. */
class SteppingSessionTest {
    private static final int STEPS = 60;

    @TempDir Path folder;

    private static DapClient start(Path elf) throws IOException {
        DapClient client = new DapClient();
        client.launch(Map.of("program", elf.toString()));
        client.configurationDone();
        assertThat(client.awaitStop().getReason()).isEqualTo("entry");
        return client;
    }

    private static int number(DapClient client, String expression) {
        return Integer.parseInt(client.evaluate(expression, "watch").getResult());
    }

    /** Where a sequence of steps leads, all of which end as steps. */
    private static List<String> places(
            DapClient client, List<Supplier<StoppedEventArguments>> steps) {
        List<String> places = new ArrayList<>();
        for (Supplier<StoppedEventArguments> step : steps) {
            assertThat(step.get().getReason()).isEqualTo("step");
            places.add(client.place());
        }
        return places;
    }

    /** Steps in, over and out, at random but always the same. */
    private static List<Supplier<StoppedEventArguments>> steps(DapClient client) {
        Random random = new Random(11);
        List<Supplier<StoppedEventArguments>> steps = new ArrayList<>();
        int depth = 0;
        for (int i = 0; i < STEPS; i++) {
            int choice = random.nextInt(4);
            steps.add(choice < 2 ? client::stepIn : client::next);
            depth += choice;
        }
        assertThat(depth).isPositive();
        return steps;
    }

    @Test
    void stepsLeadToTheSameLinesWithAndWithoutInterrupts()
            throws IOException, InterruptedException {
        Path elf = Firmware.build("ticking", folder);
        List<String> quiet;
        try (DapClient client = start(elf)) {
            client.evaluate("control = 0", "repl");
            client.evaluate("pending = 0", "repl");
            quiet = places(client, steps(client));
            assertThat(number(client, "ticks")).isZero();
        }
        try (DapClient client = start(elf)) {
            List<String> busy = places(client, steps(client));
            assertThat(busy).isEqualTo(quiet);
            assertThat(number(client, "ticks")).isGreaterThan(20);
            assertThat(busy.toString()).contains("add:").contains("half:").contains("pend:");
        }
    }

    @Test
    void steppingOutAndBackPassesInterrupts() throws IOException, InterruptedException {
        try (DapClient client = start(Firmware.build("ticking", folder))) {
            client.functionBreakpoints("half");
            client.resume();
            client.functionBreakpoints();
            int ticks = number(client, "ticks");
            String inHalf = client.place();
            client.stepOut();
            assertThat(client.stack().get(0).getName()).isEqualTo("add");
            client.next();
            client.next();
            client.next();
            client.next();
            assertThat(client.stack().get(0).getName()).isEqualTo("main");
            assertThat(number(client, "ticks")).isGreaterThan(ticks);
            List<String> back = new ArrayList<>();
            while (!client.place().equals(inHalf) && back.size() < 20) {
                assertThat(client.stepBack().getReason()).isEqualTo("step");
                back.add(client.place());
            }
            // Back over the calls of add, none of the handler's lines, and out to main.
            assertThat(back.toString()).doesNotContain("SysTick").contains("main:");
        }
    }

    @Test
    void aStepStaysInItsTask() throws IOException, InterruptedException {
        try (DapClient client = start(Firmware.build("switching", folder))) {
            client.functionBreakpoints("work");
            client.resume();
            // The second task comes by when it is first switched to.
            client.resume();
            client.functionBreakpoints();
            assertThat(number(client, "task")).isEqualTo(1);
            client.next();
            int others = number(client, "counts[0]");
            for (int i = 0; i < STEPS; i++) {
                assertThat(client.next().getReason()).isEqualTo("step");
                assertThat(client.stack().get(0).getName()).isEqualTo("work");
                assertThat(number(client, "task")).isEqualTo(1);
            }
            assertThat(number(client, "counts[0]")).as("task 0 has run").isGreaterThan(others);
            for (int i = 0; i < STEPS / 2; i++) {
                assertThat(client.stepBack().getReason()).isEqualTo("step");
                assertThat(client.stack().get(0).getName()).isEqualTo("work");
                assertThat(number(client, "task")).isEqualTo(1);
            }
            while (!client.stack().get(0).getName().equals("grow")) {
                client.stepIn();
            }
            client.stepOut();
            assertThat(client.stack().get(0).getName()).isEqualTo("work");
            assertThat(number(client, "task")).isEqualTo(1);
        }
    }
}
