package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {
    private static final Path SAMPLES =
            Path.of(System.getProperty("microvisor.root", "../..")).resolve("samples/firmware");

    private static final String FAULT = "PARAMETERFAULT";

    @TempDir Path folder;

    private record Result(int code, String out, String err) {}

    private static Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main.Streams streams =
                new Main.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Main.run(streams, arguments);
        return new Result(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String sample(String name) {
        Path elf = SAMPLES.resolve(name).resolve(name + ".elf");
        assumeTrue(Files.exists(elf), "no sample " + elf);
        return elf.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"config-fetch", "http-request"})
    void aSampleWritesTheLogThatItPromises(String name) throws IOException {
        Path expected = SAMPLES.resolve(name).resolve("expected.txt");
        Result result = run("run", sample(name), "--format", "json");
        List<String> log =
                result.out()
                        .lines()
                        .map(l -> JsonParser.parseString(l).getAsJsonObject())
                        .filter(e -> e.get("event").getAsString().equals("log"))
                        .map(e -> e.get("text").getAsString())
                        .toList();
        assertThat(log).isEqualTo(Files.readAllLines(expected));
        assertThat(result.code()).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void theSameRunIsTheSameToTheLastInstruction() {
        Result first = run("run", sample("config-fetch"), "--format", "json", "--trace");
        Result second = run("run", sample("config-fetch"), "--format", "json", "--trace");
        assertThat(first.out()).isEqualTo(second.out());
    }

    @Test
    void textHasVirtualTimeInFrontAndSaysHowItEnded() {
        Result result = run("run", sample("config-fetch"));
        assertThat(result.out()).contains("[log] config: blink-interval-ms is 250");
        assertThat(result.out().lines()).allMatch(l -> l.startsWith("+"));
        assertThat(result.err()).contains("idle for good");
    }

    @Test
    void aTraceHasArgumentsStatusAndCallSite() {
        Result result = run("run", sample("config-fetch"), "--trace");
        assertThat(result.out())
                .containsPattern(
                        "\\[call\\] mvOpenChannel\\(.*MV_CHANNELTYPE_CONFIGFETCH.*"
                                + " -> MV_STATUS_OKAY  at config\\.c:\\d+ in open_channel");
    }

    @Test
    void aLimitThatComesFirstHasItsOwnExitCode() {
        Result result = run("run", sample("config-fetch"), "--max-instructions", "1000");
        assertThat(result.code()).isEqualTo(ExitCodes.LIMIT_REACHED);
        assertThat(result.err()).contains("limit of 1,000 instructions");
    }

    @Test
    void untilEndsAtTheLine() {
        Result result = run("run", sample("config-fetch"), "--until", "log:interval-ms is \\d+");
        assertThat(result.code()).isEqualTo(ExitCodes.DONE);
        assertThat(result.out()).doesNotContain("blinked");
    }

    @Test
    void untilWithoutItsLineFails() {
        Result result = run("run", sample("config-fetch"), "--until", "log:never");
        assertThat(result.code()).isEqualTo(ExitCodes.NOT_AS_EXPECTED);
        assertThat(result.err()).contains("never");
    }

    @Test
    void expectedLinesThatDoNotComeFail() throws IOException {
        Path expected = Files.writeString(folder.resolve("expected.txt"), "network: up\n");
        Result result = run("run", sample("config-fetch"), "--expect", expected.toString());
        assertThat(result.code()).isEqualTo(ExitCodes.NOT_AS_EXPECTED);
        assertThat(result.err()).contains("network: up");
    }

    @Test
    void expectedLinesThatComeSucceed() {
        String expected = SAMPLES.resolve("config-fetch/expected.txt").toString();
        assertThat(run("run", sample("config-fetch"), "--expect", expected).code())
                .isEqualTo(ExitCodes.DONE);
    }

    /** Firmware full of mistakes still writes the log that its README promises. */
    @Test
    void theMistakesSampleWritesItsOwnExpectedLines() {
        String expected = SAMPLES.resolve("mistakes/expected.txt").toString();
        Result result = run("run", sample("mistakes"), "--expect", expected);
        assertThat(result.code()).as(result.err()).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void anApplicationThatCrashedStartsAgainWhenTheCloudFileSaysSo() throws IOException {
        Path cloud =
                Files.writeString(
                        folder.resolve("cloud.toml"), "[device]\nrestart_after_crash_ms = 500\n");
        String fragile = "src/test/firmware/fragile.elf";
        Result once =
                run("run", fragile, "--cloud", cloud.toString(), "--inject", "mvGetPClk1=" + FAULT);
        assertThat(once.err()).containsOnlyOnce("the firmware crashed: HardFault at fragile.c:35");
        assertThat(once.out())
                .containsPattern(
                        "\\+0\\.50\\d* s \\[restart\\] the application starts again: MV_WAKE")
                .contains("MV_WAKEREASON_APPLICATIONCRASH");
        assertThat(once.err()).contains("idle for good");
        assertThat(once.code()).isEqualTo(ExitCodes.DONE);

        Result always =
                run(
                        "run",
                        fragile,
                        "--cloud",
                        cloud.toString(),
                        "--inject",
                        "mvGetPClk1=" + FAULT + "#*",
                        "--max-time",
                        "1200ms");
        assertThat(always.err().split("the firmware crashed", -1)).hasSize(1 + 3);
        assertThat(always.code()).isEqualTo(ExitCodes.LIMIT_REACHED);
    }

    /** {@code microvisor run … | head -1}: ten virtual minutes for nobody. */
    @Test
    void aRunWhoseOutputNobodyReadsEnds() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OutputStream closed =
                new OutputStream() {
                    private int left = 200;

                    @Override
                    public void write(int b) throws IOException {
                        if (left-- <= 0) {
                            throw new IOException("Broken pipe");
                        }
                    }
                };
        int code =
                Main.run(
                        new Main.Streams(
                                new ByteArrayInputStream(new byte[0]),
                                new PrintStream(closed, false, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8)),
                        "run",
                        sample("http-request"));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("-- nobody reads the output any more (0.30");
        assertThat(code).isEqualTo(ExitCodes.COULD_NOT_RUN);
    }

    @Test
    void jsonEndsWithTheReasonAndTheExitCode() {
        Result result = run("run", sample("config-fetch"), "--format", "json");
        List<String> lines = result.out().lines().toList();
        JsonObject end = JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
        assertThat(end.get("event").getAsString()).isEqualTo("end");
        assertThat(end.get("reason").getAsString()).isEqualTo("idle");
        assertThat(end.get("exitCode").getAsInt()).isZero();
    }

    @Test
    void versionAndHelpAreOnStandardOutput() {
        assertThat(run("--version").out()).startsWith("microvisor-debug ");
        assertThat(run("run", "--help").out()).contains("Exit codes: 0");
        assertThat(run("dap", "--help").code()).isZero();
    }
}
