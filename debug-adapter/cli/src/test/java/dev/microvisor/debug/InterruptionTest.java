package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.debug.Interruption.Signal;
import dev.microvisor.debug.explore.Exploration;
import dev.microvisor.debug.explore.ExplorationReport;
import dev.microvisor.debug.explore.ExplorationTable;
import dev.microvisor.debug.explore.Shard;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a command that is ended from outside. */
class InterruptionTest {
    private static final String SAMPLE = StartedRun.sample("config-fetch");

    @TempDir Path folder;

    private record Result(int code, String out, String err) {}

    /** Sends a signal when a text has been written to standard output. */
    private static final class AskedAt extends FilterOutputStream {
        private final String text;
        private final Runnable ask;
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        AskedAt(String text, Runnable ask) {
            super(OutputStream.nullOutputStream());
            this.text = text;
            this.ask = ask;
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            written.write(bytes, from, count);
            if (!text.isEmpty() && written.toString(StandardCharsets.UTF_8).contains(text)) {
                ask.run();
            }
        }
    }

    /**
     * @param text that the signal comes at; empty for a signal before the command begins
     */
    private static Result interrupted(Signal signal, String text, String... arguments) {
        Interruption interruption = Interruption.byHand();
        AskedAt out = new AskedAt(text, () -> interruption.ask(signal));
        if (text.isEmpty()) {
            interruption.ask(signal);
        }
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main.Streams streams =
                new Main.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Main.run(streams, interruption, arguments);
        return new Result(
                code,
                out.written.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aRunEndsWithItsSummaryAndAllReports() throws Exception {
        Path junit = folder.resolve("junit.xml");
        Path coverage = folder.resolve("coverage.info");
        Path calls = folder.resolve("calls.json");
        Path trace = folder.resolve("trace.json");
        Result result =
                interrupted(
                        Signal.INT,
                        "[log] config: blink",
                        "run",
                        SAMPLE,
                        "--memory",
                        "--junit",
                        junit.toString(),
                        "--coverage",
                        coverage.toString(),
                        "--call-coverage",
                        calls.toString(),
                        "--perfetto",
                        trace.toString());
        assertThat(result.code()).isEqualTo(130);
        assertThat(result.out()).contains("[log] config: blink").doesNotContain("blinked");
        assertThat(result.err())
                .contains("-- interrupted (SIGINT) in ", "of virtual time", "stack main");
        assertThat(Files.readString(junit))
                .contains("errors=\"1\"", "<error type=\"interrupted\"", "config: blink");
        assertThat(Files.readString(coverage)).contains("SF:", "end_of_record");
        assertThat(Files.readString(calls)).contains("mvSendConfigFetchRequest");
        assertThat(JsonParser.parseString(Files.readString(trace)).isJsonObject()).isTrue();
    }

    @Test
    void jsonSaysSoAndTheExitCodeIsThatOfTheSignal() {
        Result result =
                interrupted(Signal.TERM, "\"event\":\"log\"", "run", SAMPLE, "--format", "json");
        JsonObject end =
                result.out()
                        .lines()
                        .map(line -> JsonParser.parseString(line).getAsJsonObject())
                        .filter(event -> event.get("event").getAsString().equals("end"))
                        .findFirst()
                        .orElseThrow();
        assertThat(end.get("reason").getAsString()).isEqualTo("interrupted");
        assertThat(end.get("exitCode").getAsInt()).isEqualTo(143);
        assertThat(result.code()).isEqualTo(143);
    }

    @Test
    void theLineOfUntilThatCameBeforeCounts() {
        Result result =
                interrupted(
                        Signal.INT, "config: blink", "run", SAMPLE, "--until", "log:config: blink");
        assertThat(result.code()).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void anInterruptionBeforeTheFirstInstructionIsNotLost() {
        Result result = interrupted(Signal.INT, "", "run", SAMPLE);
        assertThat(result.code()).isEqualTo(130);
        assertThat(result.err()).contains("(0.000000 s of virtual time, 0 instructions)");
    }

    @Test
    void anExplorationWithoutAnyResultSaysSo() {
        Result result = interrupted(Signal.INT, "", "run", SAMPLE, "--explore-faults");
        assertThat(result.code()).isEqualTo(130);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("interrupted before the first injection");
    }

    @Test
    void anExplorationReportsWhatItHasFinishedAndSuchAReportIsNotMerged() throws Exception {
        LaunchOptions options =
                LaunchOptions.toRun(Path.of(SAMPLE), Optional.empty(), Optional.empty());
        AtomicReference<Exploration> self = new AtomicReference<>();
        self.set(
                new Exploration(
                        options,
                        Shard.WHOLE,
                        1,
                        1,
                        done -> {
                            if (done.done() == 3) {
                                self.get().stop();
                            }
                        }));
        ExplorationReport report = self.get().run(clockHz -> 60L * clockHz).orElseThrow();
        assertThat(report.results()).hasSize(3);
        assertThat(report.interrupted()).isTrue();
        assertThat(ExplorationTable.summary(report))
                .startsWith("interrupted after 3 injections of " + report.injections() + " at ");
        Path file = Files.writeString(folder.resolve("report.json"), report.json());
        Result merged = interrupted(Signal.INT, "never", "run", "--merge", file.toString());
        assertThat(merged.err()).contains("shard 1 of 1 was interrupted: run it again");
        assertThat(merged.code()).isEqualTo(ExitCodes.COULD_NOT_RUN);
    }

    @Test
    void aCloudStopsServing() {
        Result result =
                interrupted(
                        Signal.TERM,
                        "devices: ",
                        "cloud",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString());
        assertThat(result.code()).isEqualTo(143);
        assertThat(result.err()).contains("cloud stopped (SIGTERM)");
    }
}
