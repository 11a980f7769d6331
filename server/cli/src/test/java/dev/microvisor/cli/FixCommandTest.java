package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.text.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixCommandTest {
    @TempDir Path temp;
    private CommandLineFixture cli;

    @BeforeEach
    void makeFindings() {
        cli = new CommandLineFixture(temp);
        cli.analysis = FixCommandTest::find;
    }

    @Test
    void safeFixesAreWrittenAndTheRestIsReported() {
        cli.write("main.c", "SAFE\r\nUNSAFE\r\n");
        CommandLineFixture.Result result = cli.run("lint", "--fix", "--format", "concise");
        assertThat(cli.read("main.c")).isEqualTo("good\r\nUNSAFE\r\n");
        assertThat(result.out()).contains("main.c:2:1").doesNotContain("main.c:1:1");
        assertThat(result.err()).contains("mended 1 finding in 1 file");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void aSecondTimeThereIsNothingToMend() {
        cli.run("lint", "--fix");
        assertThat(cli.run("lint", "--fix").err()).contains("nothing to mend");
    }

    @Test
    void unsafeFixesAreMadeOnRequest() {
        cli.write("main.c", "SAFE\nUNSAFE\n");
        assertThat(cli.run("lint", "--fix", "--unsafe-fixes").code()).isZero();
        assertThat(cli.read("main.c")).isEqualTo("good\ngood\n");
    }

    @Test
    void diffPrintsTheChangeAndChangesNothing() {
        cli.write("src/main.c", "a\nSAFE\nb\n");
        CommandLineFixture.Result result = cli.run("lint", "--diff");
        assertThat(result.out())
                .isEqualTo(
                        """
                        --- a/src/main.c
                        +++ b/src/main.c
                        @@ -1,3 +1,3 @@
                         a
                        -SAFE
                        +good
                         b
                        """);
        assertThat(result.code()).isEqualTo(1);
        assertThat(cli.read("src/main.c")).isEqualTo("a\nSAFE\nb\n");
        cli.write("src/main.c", "UNSAFE\n");
        assertThat(cli.run("lint", "--diff").code()).isZero();
    }

    @Test
    void aFileThatIsNotUtf8KeepsItsBytes() throws IOException {
        Path file = cli.write("main.c", "");
        Files.write(file, "// \u00e9\nSAFE\n".getBytes(StandardCharsets.ISO_8859_1));
        cli.run("lint", "--fix");
        assertThat(Files.readAllBytes(file))
                .isEqualTo("// \u00e9\ngood\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aFixThatDoesNotSilenceItsFindingEnds() {
        cli.write("main.c", "STUBBORN\n");
        assertThat(cli.run("lint", "--fix").code()).isEqualTo(1);
        assertThat(cli.read("main.c")).isEqualTo("STUBBORN".concat("!".repeat(10)) + "\n");
    }

    @Test
    void standardInputIsLintedUnderItsName() {
        cli.input = "SAFE\n";
        CommandLineFixture.Result result =
                cli.run("lint", "-", "--stdin-filename", "src/new.c", "-f", "concise");
        assertThat(result.out()).startsWith("src/new.c:1:1: ");
        assertThat(cli.run("lint", "-", "--fix").err()).contains("--diff");
        assertThat(cli.run("lint", "--stdin-filename", "x.c").code()).isEqualTo(2);
    }

    private static LintResult find(LintRequest request, CancelToken cancel) {
        List<Finding> findings = new ArrayList<>();
        for (Path file : CommandLineFixture.files(request)) {
            SourceText text = SourceText.of(CommandLineFixture.text(file, request));
            for (int line = 0; line < text.lineCount(); line++) {
                String content = text.line(line);
                SourceRange range = new SourceRange(file, line, 0, line, content.length());
                if (content.equals("SAFE") || content.equals("UNSAFE")) {
                    findings.add(finding(range, "good", content.equals("SAFE")));
                } else if (content.startsWith("STUBBORN")) {
                    findings.add(finding(range, content + "!", true));
                }
            }
        }
        return new LintResult(request.paths(), findings, List.of());
    }

    private static Finding finding(SourceRange range, String replacement, boolean safe) {
        return new Finding(
                "buffer-alignment",
                Severity.WARNING,
                range,
                "",
                "bad",
                "",
                "",
                List.of(),
                List.of(new Fix("Mend", safe, List.of(new TextEdit(range, replacement)))));
    }
}
