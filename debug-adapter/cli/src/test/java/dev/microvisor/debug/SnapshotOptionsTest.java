package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotOptionsTest {
    private static final Path FIRMWARE = Path.of("src/test/firmware/wired.elf");
    private static final String CLOUD = "src/test/firmware/wired.toml";
    private static final Path SAMPLES =
            Path.of(System.getProperty("microvisor.root", "../..")).resolve("samples/firmware");

    @TempDir Path folder;
    private Path snapshot;

    @BeforeEach
    void nameTheFile() {
        snapshot = folder.resolve("machine.snapshot");
    }

    private record Result(int code, String out, String err) {
        JsonObject end() {
            List<String> lines = out.lines().toList();
            return JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
        }
    }

    private static Result run(Path firmware, String... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> arguments =
                new ArrayList<>(List.of("run", firmware.toString(), "--format", "json"));
        arguments.addAll(List.of(more));
        int code =
                Main.run(
                        new Main.Streams(
                                new ByteArrayInputStream(new byte[0]),
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8)),
                        arguments.toArray(new String[0]));
        return new Result(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Result wired(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--cloud", CLOUD, "--until", "log:time"));
        arguments.addAll(List.of(more));
        return run(FIRMWARE, arguments.toArray(new String[0]));
    }

    /** In the middle of a timer, a DMA script, a fetch, an HTTP request. */
    @ParameterizedTest
    @ValueSource(strings = {"config-fetch 100ms", "config-fetch 0.3s", "http-request 200ms"})
    void aRunFromAFileEndsInTheStateOfTheWholeRun(String sampleAndTime) {
        String[] words = sampleAndTime.split(" ", -1);
        Path elf = SAMPLES.resolve(words[0]).resolve(words[0] + ".elf");
        Result whole = run(elf);
        Result saving = run(elf, "--save-snapshot", snapshot.toString(), "--at", words[1]);
        Result second = run(elf, "--from-snapshot", snapshot.toString());
        assertThat(saving.end()).isEqualTo(whole.end());
        assertThat(second.end()).isEqualTo(whole.end());
        assertThat(whole.out()).contains(second.out().lines().skip(1).toList());
    }

    @Test
    void recordedInputsAndASnapshotGiveTheStateOfTheRecordedRun() throws IOException {
        String recording = folder.resolve("run.jsonl").toString();
        Path typed = Files.writeString(folder.resolve("typed.txt"), "hello\n");
        Result whole =
                wired(
                        "--serial-in",
                        "USART2=" + typed,
                        "--record",
                        recording,
                        "--save-snapshot",
                        snapshot.toString(),
                        "--at",
                        "30ms");
        Result replayed = wired("--from-snapshot", snapshot.toString(), "--replay", recording);
        assertThat(replayed.out()).contains("serial: hello").doesNotContain("compares");
        assertThat(replayed.end()).isEqualTo(whole.end());
        assertThat(wired("--from-snapshot", snapshot.toString()).end()).isEqualTo(whole.end());
    }

    @Test
    void whatDoesNotBelongToTheRunIsRefused() {
        wired("--save-snapshot", snapshot.toString(), "--at", "1ms");
        String file = snapshot.toString();
        assertThat(run(Path.of("src/test/firmware/fragile.elf"), "--from-snapshot", file).err())
                .contains("a snapshot of another firmware");
        assertThat(run(FIRMWARE, "--from-snapshot", file).err()).contains("another cloud file");
        assertThat(wired("--from-snapshot", file, "--seed", "7").err()).contains("or seed");
        assertThat(wired("--from-snapshot", file, "--record", "x").err()).contains("--record");
        assertThat(wired("--save-snapshot", file).err()).contains("--at TIME");
        assertThat(wired("--from-snapshot", "/no/file").err()).contains("no such file");
    }

    @Test
    void aDamagedFileIsOneMessage() throws IOException {
        wired("--save-snapshot", snapshot.toString(), "--at", "1ms");
        byte[] good = Files.readAllBytes(snapshot);
        for (int at = 0; at < good.length; at += good.length / 20) {
            byte[] bad = good.clone();
            bad[at] ^= 0x40;
            Files.write(snapshot, bad);
            Result result = wired("--from-snapshot", snapshot.toString());
            assertThat(result.code()).isEqualTo(ExitCodes.COULD_NOT_RUN);
            assertThat(result.err()).startsWith("microvisor: ").hasLineCount(1);
            assertThat(result.err()).doesNotContain("internal error");
        }
        Files.write(snapshot, Arrays.copyOf(good, good.length / 2));
        assertThat(wired("--from-snapshot", snapshot.toString()).err()).contains("cut off");
        Files.writeString(snapshot, "text");
        assertThat(wired("--from-snapshot", snapshot.toString()).err()).contains("no snapshot");
    }

    @Test
    void aRunThatEndsBeforeSaysThatNothingWasSaved() {
        Result result = wired("--save-snapshot", snapshot.toString(), "--at", "1h");
        assertThat(result.out()).contains("nothing was saved");
        assertThat(snapshot).doesNotExist();
    }
}
