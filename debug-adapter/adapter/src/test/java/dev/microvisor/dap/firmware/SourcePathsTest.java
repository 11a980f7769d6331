package dev.microvisor.dap.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcePathsTest {
    @TempDir Path folder;
    private Path elf;
    private Path source;

    @BeforeEach
    void layOut() throws IOException {
        elf = folder.resolve("project/build/app.elf");
        source = folder.resolve("project/src/main.c");
        Files.createDirectories(elf.getParent());
        Files.createDirectories(source.getParent());
        Files.writeString(elf, "");
        Files.writeString(source, "");
    }

    private SourcePaths paths(Map<String, String> map) {
        return new SourcePaths(elf, Optional.empty(), map);
    }

    @Test
    void aPathThatExistsIsTakenAsItIs() {
        assertThat(paths(Map.of()).locate(source.toString())).contains(source);
    }

    @Test
    void aPathOfAnotherMachineIsFoundByItsTailAboveTheElfFile() {
        assertThat(paths(Map.of()).locate("/home/ci/work/project/src/main.c")).contains(source);
    }

    @Test
    void aWindowsPathIsFoundByItsTail() {
        assertThat(paths(Map.of()).locate("C:\\ci\\project\\src\\main.c")).contains(source);
    }

    @Test
    void theSourceMapComesFirstAndItsLongestPrefixWins() {
        SourcePaths paths =
                paths(
                        Map.of(
                                "/build",
                                "/nowhere",
                                "/build/app",
                                folder.resolve("project").toString()));
        assertThat(paths.locate("/build/app/src/main.c")).contains(source);
    }

    @Test
    void windowsPrefixesOfTheSourceMapIgnoreCase() {
        SourcePaths paths = paths(Map.of("c:\\CI\\app", folder.resolve("project").toString()));
        assertThat(paths.locate("C:\\ci\\App\\src\\main.c")).contains(source);
    }

    @Test
    void aFileThatIsNowhereIsShownAsRecorded() {
        assertThat(paths(Map.of()).locate("/gone/other.c")).isEmpty();
        assertThat(paths(Map.of()).display("/gone/other.c")).isEqualTo("/gone/other.c");
    }

    @Test
    void aClientsPathFindsTheRecordedOne() {
        List<String> recorded =
                List.of("/home/ci/work/project/src/main.c", "/home/ci/other/main.c");
        assertThat(paths(Map.of()).recordedFor(source.toString(), recorded))
                .containsExactly("/home/ci/work/project/src/main.c");
    }

    @Test
    void aFileThatIsNotInTheFirmwareFindsNothing() {
        assertThat(paths(Map.of()).recordedFor("/x/net.c", List.of("/home/ci/main.c"))).isEmpty();
    }
}
