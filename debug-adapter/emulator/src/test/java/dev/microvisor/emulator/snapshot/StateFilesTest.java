package dev.microvisor.emulator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.History;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StateFilesTest {
    /** Of everything something. */
    private record Everything(
            int number,
            long large,
            boolean flag,
            String text,
            Status constant,
            Optional<Bytes> bytes,
            OptionalInt none,
            OptionalLong some,
            Instant time,
            List<Object> list,
            Map<String, Integer> map,
            Set<Integer> set) {}

    private static Everything everything() {
        return new Everything(
                -1,
                Long.MIN_VALUE,
                true,
                "text",
                Status.RATELIMITED,
                Optional.of(Bytes.utf8("bytes")),
                OptionalInt.empty(),
                OptionalLong.of(7),
                Instant.parse("2026-01-01T00:00:00.5Z"),
                List.of("text", 1, 2L, Status.OKAY),
                Map.of("one", 1),
                Set.of(3));
    }

    private static byte[] written(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new StateWriter(new DataOutputStream(bytes)).write(value);
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, SnapshotException {
        return new StateReader(new DataInputStream(new ByteArrayInputStream(bytes))).read();
    }

    @Test
    void aStateComesBackEqual() throws Exception {
        assertThat(read(written(everything()))).isEqualTo(everything());
    }

    @Test
    void whatIsSharedIsWrittenOnceAndSharedAgain() throws Exception {
        byte[] page = new byte[4096];
        byte[][] pages = {page, page, null};
        byte[] file = written(pages);
        assertThat(file).hasSizeLessThan(5000);
        byte[][] back = (byte[][]) read(file);
        assertThat(back[0]).isSameAs(back[1]).isEqualTo(page);
        assertThat(back[2]).isNull();
    }

    @Test
    void aHistoryComesBackWithItsEntries() throws Exception {
        History<String> history = History.keeping(100);
        for (int i = 0; i < 150; i++) {
            history = history.plus("entry " + i);
        }
        History<?> back = (History<?>) read(written(history));
        assertThat(back.entries()).isEqualTo(history.entries());
    }

    @Test
    void whatIsNoStateIsRefusedByName() {
        assertThatThrownBy(() -> written(new Random(1)))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("java.util.Random");
    }

    @Test
    void aFileCannotNameAClassThatIsNoState() throws Exception {
        byte[] file = written(Bytes.utf8("x"));
        String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        String name = Bytes.class.getName();
        String other =
                "java.io.FileOutputStream".concat("x".repeat(20)).substring(0, name.length());
        byte[] forged =
                text.replace(name, other).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(forged)).isInstanceOf(SnapshotException.class);
    }

    @Test
    void aClassOfOtherFieldsIsAnotherVersion() throws Exception {
        byte[] file = written(Bytes.utf8("x"));
        String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] older =
                text.replace("values:[B", "valued:[B")
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(older)).hasMessageContaining("another version");
    }

    /** Whatever is in a file, reading ends with a value or with one of the two exceptions. */
    @Test
    void damagedFilesAreRefusedOrRead() throws Exception {
        byte[] file = written(List.of(everything(), new int[] {1, 2}, new boolean[] {true}));
        Random random = new Random(1);
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = file.clone();
            for (int hits = 0; hits <= i % 3; hits++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                read(damaged);
                outcomes.add("read");
            } catch (IOException | SnapshotException e) {
                outcomes.add("refused");
            }
        }
        assertThat(outcomes).contains("read", "refused");
    }
}
