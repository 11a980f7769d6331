package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.Linter;
import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's validator of SARIF beside the schema: it also asks for what the prose demands. */
class SarifMultitoolTest {
    /** Asks for the address of a home page, which this program does not have. */
    private static final String NO_HOME_PAGE = "SARIF2005";

    @TempDir Path temp;

    @Test
    void aReportOfEveryKindOfFindingIsValid() throws Exception {
        Path report = temp.resolve("report.sarif");
        int code =
                new Main(console(), () -> new Linter(Catalog.bundled())::lint, RuleBook::bundled)
                        .run("lint", "--pedantic", "-f", "sarif", "-o", report.toString());
        assertThat(code).isEqualTo(1);
        assertThat(complaints(report)).isEmpty();
    }

    @Test
    void theValidatorSeesWhatIsWrong() throws Exception {
        Path report = temp.resolve("report.sarif");
        Files.writeString(
                report,
                """
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [
                  {"ruleId": "r", "ruleIndex": 7, "message": {"text": "Broken."}}]}]}
                """);
        assertThat(complaints(report)).isNotEmpty();
    }

    private Console console() {
        return new Console(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                Map.of(),
                Programs.ROOT.resolve("samples/firmware/mistakes"));
    }

    private List<String> complaints(Path report) throws IOException, InterruptedException {
        Path tool = Programs.assumeTool("@microsoft/sarif-multitool-linux/Sarif.Multitool");
        Programs.Ended ended =
                Programs.run(
                        temp,
                        Map.of("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"),
                        tool.toString(),
                        "validate",
                        report.toString());
        assertThat(ended.output()).contains("1 files scanned");
        return ended.output()
                .lines()
                .filter(line -> line.contains(": error ") || line.contains(": warning "))
                .filter(line -> !line.contains(NO_HOME_PAGE))
                .toList();
    }
}
