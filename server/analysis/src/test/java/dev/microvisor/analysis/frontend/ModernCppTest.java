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
                        "int g(int z) { if (z) for (int i = 0; int x : {1, 2}) z += x + i; else z = 1; return z; }\n")) {
            Path file = Files.writeString(folder.resolve("a.cpp"), text);
            assertThat(lint(file).problems())
                    .as(text)
                    .anyMatch(p -> p.what().startsWith("syntax error"));
        }
    }

    /** In C++17 these are names like any other. */
    @Test
    void requiresAndConceptMayBeNames(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("a.cpp"),
                        """
                        struct part { int requires; int concept; };
                        int sum(int requires, int concept) { return requires + concept; }
                        template <int N> int concept_of(part p) { return p.requires * N + p.concept; }
                        int f(part p) { int requires = p.requires; return sum(requires, 2) < concept_of<3>(p); }
                        int a[3]; bool g(int i) { return a[i] < i && i > 2; }
                        """);
        assertThat(lint(file).problems()).noneMatch(p -> p.what().contains("syntax"));
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
