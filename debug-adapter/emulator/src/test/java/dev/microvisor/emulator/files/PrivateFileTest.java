package dev.microvisor.emulator.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {
    @TempDir Path folder;

    @BeforeEach
    void theSystemKnowsOfOwners() {
        assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "no POSIX permissions here: run on Linux or macOS");
    }

    @Test
    void whoHasTheOldFileOpenDoesNotReadTheNewOne() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "public");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (InputStream open = Files.newInputStream(file)) {
            PrivateFile.write(file, "secret".getBytes(UTF_8));
            assertThat(new String(open.readAllBytes(), UTF_8)).isEqualTo("public");
        }
        assertThat(Files.readString(file)).isEqualTo("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
