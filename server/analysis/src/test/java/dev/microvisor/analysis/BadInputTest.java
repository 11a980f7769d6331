package dev.microvisor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever one file holds, the other files are still linted and nothing is thrown. */
@Timeout(60)
class BadInputTest {
    private static final String GOOD =
            "#include \"mv_syscalls.h\"\nvoid f(MvChannelHandle *c) { mvSendHttpRequest(*c, 0); }\n";

    @TempDir Path folder;

    @BeforeEach
    void writeTheFileThatIsAllRight() throws IOException {
        Files.writeString(folder.resolve("good.c"), GOOD);
    }

    private LintResult lint() {
        LintResult result =
                new Linter(Catalog.bundled())
                        .lint(
                                new LintRequest(
                                        List.of(folder),
                                        Optional.empty(),
                                        Map.of(),
                                        LintRequest.Depth.FULL,
                                        1),
                                CancelToken.NEVER);
        assertThat(result.findings())
                .as("findings of the file that is all right")
                .anyMatch(
                        f ->
                                f.range().file().endsWith("good.c")
                                        && f.rule().equals("unchecked-status"));
        return result;
    }

    private void bad(String text) throws IOException {
        Files.writeString(folder.resolve("bad.c"), text);
    }

    @Test
    void deeplyNestedExpressions() throws IOException {
        bad("int x = " + "(".repeat(5000) + "1" + ")".repeat(5000) + ";\n");
        lint();
        bad("int g(int a) { return " + "a + ".repeat(5000) + "1; }\n");
        lint();
        bad("void g(int a) { " + "if (a) { ".repeat(1500) + "}".repeat(1500) + " }\n");
        lint();
    }

    @Test
    void textThatIsNoC() throws IOException {
        bad("int f( { ) ]] struct enum = 7;\n\"open string\n#if 1\n");
        assertThat(lint().problems()).isNotEmpty();
    }

    @Test
    void circularIncludes() throws IOException {
        Files.writeString(folder.resolve("a.h"), "#include \"b.h\"\nint a;\n");
        Files.writeString(folder.resolve("b.h"), "#include \"a.h\"\nint b;\n");
        bad("#include \"a.h\"\n#include \"bad.c\"\nint c;\n");
        lint();
    }

    @Test
    void bytesThatAreNoText() throws IOException {
        Files.write(folder.resolve("bad.c"), "int x;\n".getBytes(StandardCharsets.UTF_16));
        Files.write(folder.resolve("nul.c"), new byte[2000]);
        Files.write(
                folder.resolve("latin.c"),
                "/* \u00e9 */ int y;\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(lint().problems()).anyMatch(p -> p.what().contains("Latin-1"));
    }

    @Test
    void aFolderNamedAsASource() throws IOException {
        Files.createDirectories(folder.resolve("folder.c"));
        lint();
    }
}
