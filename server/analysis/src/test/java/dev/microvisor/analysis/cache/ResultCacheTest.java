package dev.microvisor.analysis.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Linter;
import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kept result is what a new lint would find, or it is not used. */
class ResultCacheTest {
    @TempDir Path folder;
    private Path source;
    private Path header;
    private Path kept;
    private Linter linter;

    @BeforeEach
    void program() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        source = tree.resolve("main.c");
        header = tree.resolve("size.h");
        kept = folder.resolve("kept");
        Files.writeString(header, "#define ALIGN\n");
        Files.writeString(
                source,
                """
                #include "mv_syscalls.h"
                #include "size.h"
                #include "absent.h"
                static uint8_t log_buffer[1024] ALIGN;
                void start(void) {
                    if (mvServerLoggingInit(log_buffer, sizeof(log_buffer)) != MV_STATUS_OKAY) {
                        return;
                    }
                }
                """);
        linter = new Linter(Catalog::bundled, Optional.of(new ResultCache(kept, "1")));
    }

    private LintResult lint() {
        return lint(linter);
    }

    private LintResult lint(Linter with) {
        return with.lint(
                new LintRequest(
                        List.of(source.getParent()),
                        Optional.empty(),
                        Map.of(),
                        LintRequest.Depth.FULL,
                        1),
                CancelToken.NEVER);
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> list = Files.list(kept)) {
            return list.toList();
        }
    }

    @Test
    void theSecondAnswerEqualsTheFirst() throws IOException {
        LintResult first = lint();
        assertThat(first.findings()).isNotEmpty();
        assertThat(entries()).hasSize(1);
        assertThat(lint()).isEqualTo(first).isEqualTo(lint(new Linter(Catalog.bundled())));
    }

    @Test
    void anEditedHeaderMakesAResultUseless() throws IOException {
        assertThat(lint().findings()).isNotEmpty();
        Files.writeString(header, "#define ALIGN __attribute__((aligned(512)))\n");
        assertThat(lint().findings()).isEqualTo(lint(new Linter(Catalog.bundled())).findings());
    }

    @Test
    void aHeaderThatAppearsMakesAResultUseless() throws IOException {
        LintResult first = lint();
        Files.writeString(source.resolveSibling("absent.h"), "\n");
        assertThat(lint().problems().size()).isLessThan(first.problems().size());
    }

    @Test
    void whereNothingCanBeWrittenALintSaysSoAndGoesOn() throws IOException {
        LintResult kept = lint();
        for (Path folder : List.of(header, header.resolve("below/a/file"))) {
            Linter other = new Linter(Catalog::bundled, Optional.of(new ResultCache(folder, "1")));
            for (LintResult each : List.of(lint(other), lint(other))) {
                assertThat(each.findings()).isEqualTo(kept.findings());
                assertThat(each.problems())
                        .filteredOn(p -> p.where().equals(folder))
                        .singleElement()
                        .matches(p -> !p.fatal() && p.what().contains("cannot be kept"));
            }
        }
        assertThat(kept.problems()).noneMatch(p -> p.what().contains("kept"));
    }

    @Test
    void aDamagedResultIsForgotten() throws IOException {
        LintResult first = lint();
        Path entry = entries().get(0);
        byte[] bytes = Files.readAllBytes(entry);
        bytes[bytes.length / 2] ^= 1;
        Files.write(entry, bytes);
        assertThat(lint()).isEqualTo(first);
    }

    @Test
    void aFileUntouchedSinceIsNotReadAgainAndOneThatWasIsWhateverItsTimesSay() throws IOException {
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(header, longAgo);
        assertThat(FileStamp.of(header)).as("its status changed just now").isEmpty();
        assertThat(lint().findings()).isNotEmpty();
        String other = "#define ALIGN __attribute__((aligned(512)))\n";
        Files.writeString(header, other);
        Files.setLastModifiedTime(header, longAgo);
        assertThat(lint().findings()).isEqualTo(lint(new Linter(Catalog.bundled())).findings());
    }

    @Test
    void aStampIsTheSameUntilTheFileIsWritten() throws IOException {
        Path settled = Path.of(System.getProperty("java.home"), "release");
        String stamp = FileStamp.of(settled);
        assertThat(stamp).isNotEmpty();
        assertThat(FileStamp.of(settled)).isEqualTo(stamp);
        assertThat(FileStamp.of(header)).as("written a moment ago").isEmpty();
        assertThat(FileStamp.of(folder.resolve("absent"))).isEmpty();
    }
}
