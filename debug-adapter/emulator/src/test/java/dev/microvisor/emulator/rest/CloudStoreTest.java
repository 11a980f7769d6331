package dev.microvisor.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microvisor.emulator.api.ConfigStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudStoreTest {
    private static final int ACKNOWLEDGED_BEFORE_KILL = 200;

    @TempDir Path folder;

    @Test
    void accountStaysTheSameFromOpenToOpen() {
        Account account;
        try (CloudStore store = CloudStore.open(folder, Clock.systemUTC())) {
            account = store.account();
        }
        try (CloudStore store = CloudStore.open(folder, Clock.systemUTC())) {
            assertThat(store.account()).isEqualTo(account);
        }
        assertThat(account.sid()).matches("AC[0-9a-f]{32}");
    }

    @Test
    void aNameGoesOverToTheNewBuildAndTheSameBuildIsNotRegisteredTwice() {
        try (CloudStore store = CloudStore.open(folder, Clock.systemUTC())) {
            StoredApp first = store.ensureApp("demo", "sha256:1", "AA==");
            assertThat(store.ensureApp("demo", "sha256:1", "AA==").sid()).isEqualTo(first.sid());
            StoredApp second = store.ensureApp("demo", "sha256:2", "AA==");
            assertThat(store.app("demo").orElseThrow().sid()).isEqualTo(second.sid());
            assertThat(store.app(first.sid()).orElseThrow().uniqueName()).isEmpty();
        }
    }

    @Test
    void onlyTheOwnerMayReadTheFile() throws IOException {
        Assumptions.assumeTrue(
                Files.getFileStore(folder).supportsFileAttributeView("posix"),
                "a file system without POSIX permissions");
        Path data = folder.resolve("data");
        try (CloudStore store = CloudStore.open(data, Clock.systemUTC())) {
            store.account();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            Path file = data.resolve("cloud.mv.db");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void damagedFileGivesAMessageWithThePath() throws IOException {
        Files.writeString(folder.resolve("cloud.mv.db"), "this is no database ".repeat(1000));
        assertThatThrownBy(() -> CloudStore.open(folder, Clock.systemUTC()))
                .isInstanceOf(CloudStoreException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void whatWasAcknowledgedSurvivesKillingTheProcess() throws Exception {
        Process writer =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                EndlessWriter.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String last = null;
        try (BufferedReader acknowledged =
                new BufferedReader(
                        new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < ACKNOWLEDGED_BEFORE_KILL; i++) {
                last = acknowledged.readLine();
                assertThat(last).isNotNull();
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        try (CloudStore store = CloudStore.open(folder, Clock.systemUTC())) {
            for (int i = 0; i <= Integer.parseInt(last); i++) {
                assertThat(store.item(Owner.ACCOUNT, ConfigStore.CONFIG, "k" + i))
                        .as("item " + i)
                        .isPresent();
            }
        }
    }

    /** Runs in a process of its own: writes items and prints each number once it is stored. */
    static final class EndlessWriter {
        private static final int LIMIT = 1_000_000;

        public static void main(String[] arguments) {
            try (CloudStore store = CloudStore.open(Path.of(arguments[0]), Clock.systemUTC())) {
                for (int i = 0; i < LIMIT; i++) {
                    store.create(Owner.ACCOUNT, ConfigStore.CONFIG, "k" + i, "value");
                    System.out.println(i);
                }
            }
        }
    }
}
