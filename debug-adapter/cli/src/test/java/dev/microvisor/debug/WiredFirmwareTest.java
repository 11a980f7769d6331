package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wired.c} with what {@code wired.toml} wires to it, and what {@code run} tells of it. */
class WiredFirmwareTest {
    private static final Path SOURCES = Path.of("src/test/firmware");
    private static final Path SDK =
            Path.of(System.getProperty("microvisor.root", "../..")).resolve("samples/firmware/sdk");
    private static final String CLOUD = SOURCES.resolve("wired.toml").toString();
    private static final String FIRMWARE = SOURCES.resolve("wired.elf").toString();
    private static final String END = "log:time";
    private static final List<String> LOG =
            List.of(
                    "compares: 11",
                    "edges: 3",
                    "serial: hello",
                    "i2c: 33 44",
                    "spi: 6c",
                    "adc: 8191",
                    "dma: done, 10",
                    "crc: a695c4aa",
                    "time: 102030");

    @TempDir Path folder;

    private static JsonRun run(String typed, String firmware, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of(firmware, "--cloud", CLOUD, "--until", END));
        arguments.addAll(List.of(more));
        return JsonRun.of(typed, arguments.toArray(new String[0]));
    }

    private String input(String text) throws IOException {
        return "USART2=" + Files.writeString(folder.resolve("input.txt"), text);
    }

    @Test
    void theFirmwareSeesWhatIsWiredToIt() throws IOException {
        JsonRun result = run("", FIRMWARE, "--serial-in", input("hello\n"));
        assertThat(result.log()).isEqualTo(LOG);
        assertThat(result.event("console").get("text").getAsString()).isEqualTo("hello");
        assertThat(result.code()).isZero();
    }

    @Test
    void theSourceCompiledAnewDoesTheSame() throws Exception {
        Path elf = folder.resolve("wired.elf");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "arm-none-eabi-gcc -std=gnu11 -mcpu=cortex-m33 -mthumb -mfloat-abi=soft"
                                        .split(" ")));
        command.addAll(List.of("-ffreestanding", "-Wall", "-Werror", "-Os", "-g", "-nostdlib"));
        command.addAll(List.of("-I", SDK.toString(), "-T", SDK.resolve("microvisor.ld") + ""));
        command.addAll(List.of("-Wl,--no-warn-rwx-segments", "-o", elf.toString()));
        command.add(SOURCES.resolve("wired.c").toString());
        for (String file :
                List.of("startup.c", "mv_syscalls.s", "freestanding.c", "clock.c", "log.c")) {
            command.add(SDK.resolve(file).toString());
        }
        command.add("-lgcc");
        Process compiler;
        try {
            compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, "arm-none-eabi-gcc not found: apt-get install gcc-arm-none-eabi");
            return;
        }
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(compiler.exitValue()).as(said).isZero();
        assertThat(run("", elf.toString(), "--serial-in", input("hello\n")).log()).isEqualTo(LOG);
    }

    @Test
    void whatSomebodyTypesComesIn() {
        JsonRun result = run("typed\n", FIRMWARE, "--serial-in", "USART2=-");
        assertThat(result.log()).contains("serial: typed");
    }

    @Test
    void aRecordedRunIsReplayedToTheSameStateWithoutItsInput() throws IOException {
        String recording = folder.resolve("run.jsonl").toString();
        JsonRun recorded =
                run("", FIRMWARE, "--serial-in", input("hello\n"), "--record", recording);
        JsonRun replayed = run("", FIRMWARE, "--replay", recording);
        assertThat(replayed.log()).isEqualTo(LOG);
        assertThat(replayed.stateHash()).isEqualTo(recorded.stateHash());
        assertThat(run("", FIRMWARE).stateHash()).isNotEqualTo(recorded.stateHash());
    }

    @Test
    void interpretedARunGoesAsItGoesCompiled() throws IOException {
        String input = input("hello\n");
        JsonRun compiled = run("", FIRMWARE, "--serial-in", input);
        JsonRun interpreted = run("", FIRMWARE, "--serial-in", input, "--interpreter");
        assertThat(interpreted).isEqualTo(compiled);
    }

    @Test
    void anotherFirmwareOrInputBesidesAReplayIsRefused() throws IOException {
        String recording = folder.resolve("run.jsonl").toString();
        run("", FIRMWARE, "--serial-in", input("hello\n"), "--record", recording);
        JsonRun other = run("", SOURCES.resolve("fragile.elf").toString(), "--replay", recording);
        assertThat(other.code()).isEqualTo(ExitCodes.COULD_NOT_RUN);
        assertThat(other.err()).contains("a recording of another firmware");
        JsonRun both = run("", FIRMWARE, "--replay", recording, "--serial-in", "USART2=-");
        assertThat(both.err()).contains("--serial-in has no effect with --replay");
        assertThat(run("", FIRMWARE, "--serial-in", "USART9=-").err()).contains("UART4");
        assertThat(run("", FIRMWARE, "--serial-in", "USART2=/no/file").err()).contains("/no/file");
    }

    /** Nothing recorded, but the cloud file now asks a live server. */
    @Test
    void aReplayThatGoesAnotherWaySaysSoAndHasItsOwnExitCode() throws IOException {
        String sample = SDK.resolve("../http-request/http-request.elf").toString();
        assumeTrue(Files.exists(Path.of(sample)), "no sample " + sample);
        String recording = folder.resolve("run.jsonl").toString();
        run("", sample, "--record", recording, "--max-time", "1s");
        Path live =
                Files.writeString(
                        folder.resolve("live.toml"), "[http_defaults]\nmode = \"live\"\n");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main.Streams streams =
                new Main.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        int code =
                Main.run(streams, "run", sample, "--cloud", live.toString(), "--replay", recording);
        assertThat(code).isEqualTo(ExitCodes.REPLAY_DIFFERS);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("the replay differs from its recording")
                .contains("record it again");
    }

    @Test
    void stacksAndHeapsAreReported() throws IOException {
        JsonRun result = run("", FIRMWARE, "--serial-in", input("hello\n"), "--memory");
        JsonObject stack = result.event("memory").getAsJsonArray("stacks").get(0).getAsJsonObject();
        assertThat(stack.get("name").getAsString()).isEqualTo("main");
        assertThat(stack.get("usedBytes").getAsLong()).isBetween(100L, 2000L);
        assertThat(stack.get("usedBytes").getAsLong() + stack.get("untouchedBytes").getAsLong())
                .isEqualTo(stack.get("sizeBytes").getAsLong());
    }

    @Test
    void callCoverageNamesPlacesStatusesAndWhatNeverCame() throws IOException {
        Path report = folder.resolve("calls.json");
        run("", FIRMWARE, "--call-coverage", report.toString());
        JsonObject all = JsonParser.parseString(Files.readString(report)).getAsJsonObject();
        JsonObject log =
                all.getAsJsonArray("sites").asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .filter(s -> s.get("call").getAsString().equals("mvServerLog"))
                        .findFirst()
                        .orElseThrow();
        assertThat(log.get("file").getAsString()).endsWith("log.c");
        assertThat(log.getAsJsonObject("statuses").get("MV_STATUS_OKAY").getAsInt())
                .isEqualTo(LOG.size());
        assertThat(log.getAsJsonArray("neverSeen").toString())
                .contains("MV_STATUS_LOGGINGDISABLEDBYSERVER");
        assertThat(all.getAsJsonArray("neverCalled").toString()).contains("mvOpenChannel");
    }

    /** As the trace-event format asks: known phases, times that grow, slices that end. */
    @Test
    void traceEventsAreWellFormed() throws IOException {
        Path file = folder.resolve("trace.json");
        run("", FIRMWARE, "--serial-in", input("hello\n"), "--perfetto", file.toString());
        JsonObject trace = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertThat(trace.keySet()).isEqualTo(Set.of("displayTimeUnit", "traceEvents"));
        Map<Integer, Deque<String>> open = new HashMap<>();
        List<String> begun = new ArrayList<>();
        List<String> described = new ArrayList<>();
        double time = 0;
        for (JsonElement element : trace.getAsJsonArray("traceEvents")) {
            JsonObject event = element.getAsJsonObject();
            assertThat(event.keySet()).contains("name", "ph", "pid", "tid");
            String name = event.get("name").getAsString();
            Deque<String> slices =
                    open.computeIfAbsent(event.get("tid").getAsInt(), t -> new ArrayDeque<>());
            switch (event.get("ph").getAsString()) {
                case "M" ->
                        described.add(
                                name
                                        + " "
                                        + event.getAsJsonObject("args").get("name").getAsString());
                case "B" -> {
                    slices.push(name);
                    begun.add(name);
                }
                case "E" -> assertThat(slices.pop()).isEqualTo(name);
                case "i" -> assertThat(event.get("s").getAsString()).isEqualTo("t");
                default -> throw new AssertionError(event);
            }
            if (event.has("ts")) {
                assertThat(event.get("ts").getAsDouble()).isGreaterThanOrEqualTo(time);
                time = event.get("ts").getAsDouble();
            }
        }
        assertThat(open.values()).allMatch(Deque::isEmpty);
        assertThat(described)
                .containsExactlyInAnyOrder(
                        "process_name " + FIRMWARE,
                        "thread_name tasks",
                        "thread_name interrupt handlers",
                        "thread_name Microvisor");
        assertThat(begun)
                .contains(
                        "main",
                        "SysTick_Handler (exception 15)",
                        "TIM2_IRQHandler (IRQ 45)",
                        "EXTI11_IRQHandler (IRQ 22)",
                        "USART2_IRQHandler (IRQ 62)",
                        "GPDMA1_Channel0_IRQHandler (IRQ 29)");
        assertThat(begun.stream().filter("TIM2_IRQHandler (IRQ 45)"::equals)).hasSize(11);
    }

    @Test
    void optionsThatWouldBeIgnoredAreRefused() {
        assertThat(run("", FIRMWARE, "--debug", "0", "--record", "x").err())
                .contains("has no effect with --debug");
        assertThat(run("", FIRMWARE, "--gdb", "0").err()).contains("--until has no effect");
        assertThat(run("", FIRMWARE, "--shard", "1/2").err()).contains("--explore-faults");
        for (String mode : List.of("--gdb=0", "--debug=0", "--explore-faults")) {
            assertThat(refusal(FIRMWARE, mode, "--from-snapshot", "x"))
                    .contains("--from-snapshot has no effect with " + mode.replace("=0", ""));
        }
    }

    private static String refusal(String... options) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(options));
        Main.Streams streams =
                new Main.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(Main.run(streams, arguments.toArray(new String[0])))
                .isEqualTo(ExitCodes.COULD_NOT_RUN);
        return err.toString(StandardCharsets.UTF_8);
    }
}
