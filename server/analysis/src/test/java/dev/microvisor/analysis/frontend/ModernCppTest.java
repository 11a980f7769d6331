package dev.microvisor.analysis.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Lints;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** C++ as embedded teams write it today, with one mistake in each file. */
class ModernCppTest {
    private static final String EXPECT = "// expect: ";

    static List<Path> files() throws IOException, URISyntaxException {
        Path folder =
                Path.of(
                        Objects.requireNonNull(ModernCppTest.class.getResource("/modern-cpp"))
                                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static LintResult lint(Path file) {
        return Lints.full(file);
    }

    @ParameterizedTest
    @MethodSource("files")
    void isReadAndTheMistakeIsFound(Path file, @TempDir Path folder) throws IOException {
        // Alone: its neighbours here are other programs.
        Path alone = Files.copy(file, folder.resolve(file.getFileName().toString()));
        List<String> lines = Files.readAllLines(alone);
        int line =
                IntStream.range(0, lines.size())
                        .filter(i -> lines.get(i).contains(EXPECT))
                        .findFirst()
                        .orElseThrow();
        String rule = lines.get(line).substring(lines.get(line).indexOf(EXPECT) + EXPECT.length());
        LintResult result = lint(alone);
        assertThat(result.problems())
                .noneMatch(p -> p.what().contains("syntax") || p.what().contains("not found"));
        assertThat(result.findings())
                .filteredOn(f -> f.range().startLine() == line)
                .extracting(Finding::rule)
                .contains(rule);
    }

    /** Told, so that nobody takes silence for praise; see the README. */
    @Test
    void whatIsNotReadIsNamed(@TempDir Path folder) throws IOException {
        for (String text :
                List.of(
                        "template <typename T> concept Open = requires(T t) { t.close(); };\n",
                        "template <typename T> requires (sizeof(T) == 4) void g(T t);\n",
                        "int f() { return [](auto a) { return a; }(1) + []<class T>(T t) { return t; }(2); }\n",
                        "int g() { int z = 0; for (int i = 0; int x : {1, 2}) { z += x + i; } return z; }\n")) {
            Path file = Files.writeString(folder.resolve("a.cpp"), text);
            assertThat(lint(file).problems())
                    .as(text)
                    .anyMatch(p -> p.what().startsWith("syntax error"));
        }
    }

    @Test
    void constantsOfCpp20(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("a.cpp"),
                        "consteval int f() { return 1; }\nconstinit int x = f();\n");
        assertThat(lint(file).problems()).noneMatch(p -> p.what().contains("syntax"));
    }
}
