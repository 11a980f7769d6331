package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintObserver;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    @TempDir Path temp;
    private CommandLineFixture cli;

    @BeforeEach
    void makeFolder() {
        cli = new CommandLineFixture(temp);
    }

    @Test
    void cleanSourcesExitZeroAndSaySo() {
        cli.write("src/main.c", "int main(void) { return 0; }\n");
        CommandLineFixture.Result result = cli.run("lint", "src");
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("No findings in 1 file.\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void theTextReportUnderlinesThePlaceBehindTabs() {
        cli.write("main.c", "int x;\n\tuse(\"\u00e4\",\tBAD);\n");
        CommandLineFixture.Result result = cli.run("lint", "main.c");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .isEqualTo(
                        """
                        main.c:2:11: error[buffer-alignment]: 'BAD' is bad
                          |
                        2 |     use("\u00e4",    BAD);
                          |                 ^^^

                        1 finding in 1 file: 1 error.
                        """);
    }

    @Test
    void whyHelpAndTheStepsOfThePathFollowAndNoLineIsQuotedTwiceInARow() {
        Path file = cli.write("main.c", "static char tx[512];\nopen(tx);\n");
        cli.analysis =
                (request, cancel) ->
                        new LintResult(
                                CommandLineFixture.files(request),
                                List.of(
                                        new Finding(
                                                "buffer-alignment",
                                                Severity.WARNING,
                                                new SourceRange(file, 1, 5, 1, 7),
                                                "main",
                                                "'tx' is aligned to 1 byte",
                                                "the channel is refused",
                                                "align it to 512",
                                                List.of(
                                                        new Note(
                                                                new SourceRange(file, 0, 12, 0, 14),
                                                                "defined here"),
                                                        new Note(
                                                                new SourceRange(file, 0, 12, 0, 14),
                                                                "and not aligned")),
                                                List.of())),
                                List.of());
        assertThat(cli.run("lint").out())
                .isEqualTo(
                        """
                        main.c:2:6: warning[buffer-alignment]: 'tx' is aligned to 1 byte
                          |
                        2 | open(tx);
                          |      ^^
                          = why: the channel is refused
                          = help: align it to 512
                          -> main.c:1:13: note 1: defined here
                          |
                        1 | static char tx[512];
                          |             ^^
                          -> main.c:1:13: note 2: and not aligned

                        1 finding in 1 file: 1 warning.
                        """);
    }

    @Test
    void aPathThatDoesNotExistIsNamedAndTheOthersAreStillChecked() {
        cli.write("main.c", "BAD\n");
        CommandLineFixture.Result result = cli.run("lint", "main.c", "absent.c");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).contains("main.c:1:1: error[buffer-alignment]");
        assertThat(result.err())
                .isEqualTo("absent.c: error: no such file or folder; check the path\n");
    }

    @Test
    void aFatalProblemExitsTwoAndGoesToStandardError() {
        Path file = cli.write("main.c", "x\n");
        cli.analysis =
                (request, cancel) ->
                        new LintResult(
                                List.of(),
                                List.of(),
                                List.of(
                                        new Problem(
                                                file,
                                                Optional.of(6),
                                                "cannot be parsed",
                                                "correct it",
                                                true)));
        CommandLineFixture.Result result = cli.run("lint", "--format", "json");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("main.c:7: error: cannot be parsed; correct it\n");
        assertThat(json(result).getAsJsonArray("problems")).hasSize(1);
    }

    @Test
    void exitZeroAndMaxWarningsChangeTheExitCodeOnly() {
        cli.write("main.c", "BAD\n");
        assertThat(cli.run("lint", "--exit-zero").code()).isZero();
        cli.write("microvisor.toml", "[severity]\nbuffer-alignment = \"warning\"\n");
        assertThat(cli.run("lint", "--max-warnings", "1").code()).isZero();
        assertThat(cli.run("lint", "--max-warnings", "0").code()).isEqualTo(1);
    }

    @Test
    void selectAndIgnoreChooseRules() {
        cli.write("main.c", "BAD\n");
        assertThat(cli.run("lint", "--ignore", "buffer-alignment").code()).isZero();
        assertThat(cli.run("lint", "--select", "buffer-size").code()).isZero();
        assertThat(cli.run("lint", "--select", "buffer-size,buffer-alignment").code()).isEqualTo(1);
    }

    @Test
    void aHintIsSilentUnlessNamedOrPedantic() {
        cli.write("main.c", "BAD\n");
        cli.write("microvisor.toml", "[severity]\nbuffer-alignment = \"hint\"\n");
        assertThat(cli.run("lint").code()).isZero();
        assertThat(cli.run("lint", "--pedantic").code()).isEqualTo(1);
        assertThat(cli.run("lint", "--select", "buffer-alignment").code()).isEqualTo(1);
    }

    @Test
    void programsReadHintsThatDoNotCount() {
        cli.write("main.c", "BAD\n");
        cli.write("microvisor.toml", "[severity]\nbuffer-alignment = \"hint\"\n");
        for (String format : List.of("json", "jsonl", "sarif")) {
            CommandLineFixture.Result result = cli.run("lint", "-f", format);
            assertThat(result.code()).as(format).isZero();
            assertThat(result.out()).as(format).contains("main.c");
            assertThat(cli.run("lint", "--max-warnings", "0", "-f", format).code()).isZero();
            assertThat(cli.run("lint", "--pedantic", "-f", format).code()).isEqualTo(1);
            assertThat(cli.run("lint", "--no-pedantic", "-f", format).out())
                    .as(format)
                    .doesNotContain("\"startLine\"", "\"range\"");
        }
        for (String format : List.of("text", "concise", "github", "gitlab", "checkstyle")) {
            assertThat(cli.run("lint", "-f", format).out()).as(format).doesNotContain("main.c");
        }
    }

    @Test
    void jsonHasTheDocumentedShape() {
        cli.write("main.c", "x BAD\n");
        JsonObject report = json(cli.run("lint", "--format", "json"));
        assertThat(report.get("version").getAsInt()).isEqualTo(1);
        assertThat(report.getAsJsonArray("files").get(0).getAsString()).isEqualTo("main.c");
        JsonObject finding = report.getAsJsonArray("findings").get(0).getAsJsonObject();
        assertThat(finding.get("fingerprint").getAsString()).hasSize(16);
        finding.remove("fingerprint");
        assertThat(finding)
                .isEqualTo(
                        JsonParser.parseString(
                                """
                                {"rule": "buffer-alignment", "severity": "error", "file": "main.c",
                                 "range": {"start": {"line": 1, "column": 3},
                                           "end": {"line": 1, "column": 6}},
                                 "function": "main", "message": "'BAD' is bad", "why": "",
                                 "help": "", "path": [], "fixes": []}
                                """));
        assertThat(report.getAsJsonObject("summary").get("error").getAsInt()).isEqualTo(1);
    }

    @Test
    void coloursFollowTheTerminalAndNoColor() {
        cli.write("main.c", "BAD\n");
        assertThat(cli.run("lint").out()).doesNotContain("\u001b");
        cli.terminal = true;
        assertThat(cli.run("lint").out()).contains("\u001b[1;31merror");
        cli.environment.put("NO_COLOR", "1");
        assertThat(cli.run("lint").out()).doesNotContain("\u001b");
        assertThat(cli.run("lint", "--color", "always").out()).contains("\u001b[");
    }

    @Test
    void aMistypedOptionIsOneLineWithTheNearestName() {
        CommandLineFixture.Result result = cli.run("lint", "--formt", "json");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Unknown option").contains("--format");
        assertThat(cli.run("lint", "--format", "yaml").err())
                .contains("text, concise, json, jsonl");
    }

    @Test
    void anInternalErrorIsASentenceAndNotAStackTrace() {
        cli.write("main.c", "BAD\n");
        cli.analysis =
                (request, cancel) -> {
                    throw new IllegalStateException("slot 7");
                };
        CommandLineFixture.Result result = cli.run("lint");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("internal error")
                .contains("slot 7")
                .doesNotContain("at ");
    }

    @Test
    void helpAndVersionAreReadable() {
        CommandLineFixture.Result help = cli.run("lint", "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("--format").contains("Exit codes:");
        assertThat(cli.run("--version").out()).isEqualTo("microvisor development\n");
        assertThat(cli.run().code()).isEqualTo(2);
    }

    private static JsonObject json(CommandLineFixture.Result result) {
        return JsonParser.parseString(result.out()).getAsJsonObject();
    }

    @Test
    void whatCannotBeMeantIsRefusedWithWhatToTry() {
        cli.write("main.c", "BAD\n");
        assertRefused("--prune", "--baseline FILE --prune");
        assertRefused("--unsafe-fixes", "--diff --unsafe-fixes");
        assertRefused("--max-warnings=-1", "--max-warnings 0");
        assertRefused("-j0", "-j 1 or more");
        assertRefused("--format=sarf", "did you mean 'sarif'?");
        assertRefused("--format=yaml", "only text, concise, json");
        assertRefused("--select=microvisor-buffer_size", "did you mean 'buffer-size'?");
        assertRefused("--ignore=BUFFER-SIZE", "did you mean 'buffer-size'?");
        assertRefused("--baseline=no/folder/base.json", "its folder does not exist");
        assertRefused("--fromat=json", "lint --help");
    }

    private void assertRefused(String option, String advice) {
        CommandLineFixture.Result result = cli.run("lint", option);
        assertThat(result.code()).as(option).isEqualTo(2);
        assertThat(result.out()).as(option).isEmpty();
        assertThat(result.err()).as(option).startsWith("microvisor: error: ").contains(advice);
    }

    @Test
    void hintsThatAreNotShownAreCounted() {
        cli.write("main.c", "BAD\nBAD\n");
        cli.write("microvisor.toml", "[severity]\nbuffer-alignment = \"hint\"\n");
        CommandLineFixture.Result result = cli.run("lint");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEqualTo("2 hints are not shown; --pedantic shows them\n");
        assertThat(cli.run("lint", "-f", "json").err()).isEmpty();
        assertThat(cli.run("lint", "--pedantic").err()).isEmpty();
    }

    @Test
    void progressIsALineOnATerminalThatIsGoneAtTheEnd() {
        StringWriter terminal = new StringWriter();
        ProgressLine line = new ProgressLine(new PrintWriter(terminal));
        line.parsed(1, 2);
        line.spent(LintObserver.Phase.PARSING, 1);
        line.spent(LintObserver.Phase.RULES, 1);
        assertThat(terminal.toString())
                .isEqualTo("\r\u001b[Kread 1 of 2 files\r\u001b[Kfollowing the paths\r\u001b[K");
    }

    @Test
    void progressIsForTerminalsOnly() {
        assertThat(progress(true, true, Map.of())).isTrue();
        assertThat(progress(false, true, Map.of())).isFalse();
        assertThat(progress(true, false, Map.of())).isFalse();
        assertThat(progress(true, true, Map.of("TERM", "dumb"))).isFalse();
    }

    private static boolean progress(
            boolean terminal, boolean errTerminal, Map<String, String> environment) {
        return new Console(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        environment,
                        Path.of("").toAbsolutePath(),
                        terminal,
                        errTerminal)
                .wantsProgress();
    }

    @Test
    void theProfileAddsUpByPhaseAndByRule() {
        Profile profile = new Profile();
        profile.spent(LintObserver.Phase.PARSING, 30_000_000);
        profile.spent(LintObserver.Phase.PARSING, 30_000_000);
        profile.spentIn("buffer-size", 1_000_000);
        profile.spentIn("buffer-alignment", 3_000_000);
        StringWriter text = new StringWriter();
        profile.write(100, new PrintWriter(text));
        assertThat(text.toString())
                .isEqualTo(
                        """
                        | phase                           |    ms |  part |
                        |---------------------------------|------:|------:|
                        | reading sources and headers     |  60.0 |  60 % |
                        | launcher, start of Java, output |  40.0 |  40 % |
                        | together                        | 100.0 | 100 % |

                        | rule             |  ms |  part |
                        |------------------|----:|------:|
                        | buffer-alignment | 3.0 |  75 % |
                        | buffer-size      | 1.0 |  25 % |
                        | all rules        | 4.0 | 100 % |
                        """);
    }
}
