package dev.microvisor.emulator.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    @TempDir Path folder;

    private static final Recording TWO =
            new Recording(
                    "sha256:00",
                    160_000_000,
                    true,
                    List.of(
                            new Input(5, Input.Kind.ANSWER, "http", "GET \"x\"", "{\"a\":[1]}"),
                            new Input(9, Input.Kind.ARRIVAL, "mqtt", "", "\"text\"")));

    private static final String HEAD =
            "{\"microvisor_recording\":%s,\"firmware\":\"f\",\"clock_hz\":%s,\"asks_cloud\":true}";

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("run.jsonl"), text);
    }

    @Test
    void whatWasWrittenIsReadBack() throws Exception {
        Path file = folder.resolve("run.jsonl");
        TWO.write(file);
        assertThat(Recording.read(file)).isEqualTo(TWO);
    }

    @Test
    void aRecordingIsForItsOwnerOnly() throws Exception {
        Path file = folder.resolve("run.jsonl");
        TWO.write(file);
        assertThat(Files.getPosixFilePermissions(file).toString())
                .doesNotContain("GROUP")
                .doesNotContain("OTHERS");
    }

    @Test
    void otherFilesAreRefusedWithAReason() throws Exception {
        for (String text :
                List.of(
                        "",
                        "hello",
                        "{}",
                        "[]",
                        "\0\1\2",
                        HEAD.formatted("\"x\"", 1),
                        HEAD.formatted(1, "null"),
                        HEAD.formatted(1, "[]"),
                        HEAD.formatted("{}", 1))) {
            Path file = file(text);
            assertThatThrownBy(() -> Recording.read(file))
                    .isInstanceOf(RecordingException.class)
                    .hasMessageStartingWith(file.toString())
                    .hasMessageContaining("is no recording");
        }
        assertThatThrownBy(() -> Recording.read(folder.resolve("none")))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void aLineThatWasCutOffIsNamed() throws Exception {
        TWO.write(folder.resolve("run.jsonl"));
        String text = Files.readString(folder.resolve("run.jsonl"));
        Path file = file(text.substring(0, text.length() - 10));
        assertThatThrownBy(() -> Recording.read(file)).hasMessageContaining("run.jsonl:3: not a");
        Path wrong = file(text + "{\"at\":1,\"answer\":\"http\"}\n");
        assertThatThrownBy(() -> Recording.read(wrong)).hasMessageContaining("run.jsonl:4: not a");
    }
}
