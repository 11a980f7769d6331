package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Line coverage is read by lcov's own tools, which show the lines of the sample's source. */
class GenhtmlIT {
    private static final Path GENHTML = Path.of("/usr/bin/genhtml");

    @TempDir Path folder;

    @Test
    void genhtmlShowsWhichLinesOfTheSampleRan() throws Exception {
        assumeTrue(Files.isExecutable(GENHTML), "genhtml not found: apt-get install lcov");
        Path coverage = folder.resolve("coverage.info");
        Path sample = Path.of(StartedRun.sample("http-request")).toAbsolutePath().normalize();
        JsonRun.of("", sample.toString(), "--coverage", coverage.toString());
        String said = genhtml(sample.getParent(), coverage);
        assertThat(said).contains("Overall coverage rate", "lines......: ", "functions..: ");
        assertThat(said).doesNotContain("ERROR");
        String average = page("average.c.gcov.html");
        assertThat(average).contains("average.c", "lineCov");
        assertThat(page("http.c.gcov.html")).contains("mvSendHttpRequest");
    }

    private String genhtml(Path sources, Path coverage) throws Exception {
        Process process =
                new ProcessBuilder(
                                GENHTML.toString(),
                                "--output-directory",
                                folder.resolve("html").toString(),
                                coverage.toString())
                        .directory(sources.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private String page(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("html"))) {
            Path page = files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
            return Files.readString(page);
        }
    }
}
