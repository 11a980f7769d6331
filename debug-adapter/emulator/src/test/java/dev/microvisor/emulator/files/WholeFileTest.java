package dev.microvisor.emulator.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir Path folder;

    private static void write(Path file, String content) throws IOException {
        WholeFile.write(file, content.getBytes(UTF_8));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    /** The old file is never written into: who reads it reads all of it. */
    @Test
    void aReaderOfTheOldFileGetsAllOfIt() throws Exception {
        Path file = Files.writeString(folder.resolve("report.json"), "the old one");
        try (InputStream open = Files.newInputStream(file)) {
            write(file, "new");
            assertThat(new String(open.readAllBytes(), UTF_8)).isEqualTo("the old one");
        }
        assertThat(Files.readString(file)).isEqualTo("new");
        assertThat(names()).containsExactly("report.json");
    }

    @Test
    void whatCannotBeWrittenLeavesNothingBehind() throws Exception {
        Path file = folder.resolve("no such folder").resolve("report.json");
        assertThatThrownBy(() -> write(file, "new")).isInstanceOf(NoSuchFileException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void aLinkGoesOnToLeadWhereItLed() throws Exception {
        Path file = Files.writeString(folder.resolve("2026-11-22.xml"), "old");
        Path link = folder.resolve("latest.xml");
        Files.createSymbolicLink(link, file.getFileName());
        write(link, "new");
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.readString(file)).isEqualTo("new");
    }

    @Test
    void permissionsStayAsTheyWere() throws Exception {
        assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "no POSIX permissions here: run on Linux or macOS");
        Path file = Files.writeString(folder.resolve("report.json"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        write(file, "new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw-rw-");
    }
}
