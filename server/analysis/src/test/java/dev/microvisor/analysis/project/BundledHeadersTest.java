package dev.microvisor.analysis.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Lints;
import dev.microvisor.analysis.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The C and C++ library's headers for machines without a toolchain. */
class BundledHeadersTest {
    private static final Path FOLDER =
            Path.of("src/main/resources/dev/microvisor/analysis/toolchain/include");

    @TempDir Path folder;

    @Test
    void eachIsReadWithoutComplaint() throws IOException {
        StringBuilder cpp = new StringBuilder();
        StringBuilder c = new StringBuilder();
        for (String header : headers()) {
            String include = "#include <" + header + ">\n";
            cpp.append(include);
            c.append(header.endsWith(".h") ? include : "");
        }
        assertThat(problems("all.cpp", cpp.toString())).isEmpty();
        assertThat(problems("all.c", c.toString())).isEmpty();
    }

    @Test
    void theCompilerAcceptsEach() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/arm-none-eabi-g++")),
                "arm-none-eabi-g++ not found: apt-get install gcc-arm-none-eabi");
        for (String header : headers()) {
            Path cpp = folder.resolve("one.cpp");
            Files.writeString(cpp, "#include <" + header + ">\n");
            assertThat(compile("arm-none-eabi-g++", "-std=gnu++17", cpp)).as(header).isEmpty();
            if (header.endsWith(".h")) {
                Path c = folder.resolve("one.c");
                Files.writeString(c, "#include <" + header + ">\n");
                assertThat(compile("arm-none-eabi-gcc", "-std=gnu11", c)).as(header).isEmpty();
            }
        }
    }

    private static List<String> headers() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> FOLDER.relativize(f).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private String compile(String compiler, String language, Path source)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                compiler,
                                language,
                                "-fsyntax-only",
                                "-nostdinc",
                                "-mcpu=cortex-m33"));
        command.addAll(List.of("-isystem", FOLDER.toAbsolutePath().toString(), source.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private List<Problem> problems(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        Files.writeString(
                folder.resolve("compile_commands.json"),
                "[{\"directory\": \"%s\", \"file\": \"%s\", \"arguments\": [\"cc\", \"%s\"]}]"
                        .formatted(folder, name, name));
        LintResult result = Lints.full(file);
        return result.problems();
    }
}
