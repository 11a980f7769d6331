package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    @TempDir Path temp;
    private CommandLineFixture cli;

    @BeforeEach
    void makeFolder() {
        cli = new CommandLineFixture(temp);
    }

    @Test
    void aRuleHasItsPage() {
        assertThat(cli.run("explain", "buffer-alignment").out())
                .isEqualTo(
                        "# buffer-alignment\n\nA buffer is not aligned to 512 bytes.\n\nAlign it.\n");
        assertThat(cli.run("explain", "microvisor-buffer-size").out()).contains("Resize it.");
    }

    @Test
    void callsStatusesAndFieldsComeFromTheCatalog() {
        assertThat(cli.run("explain", "mvOpenChannel").out()).contains("mvOpenChannel");
        assertThat(cli.run("explain", "MV_STATUS_INVALIDHANDLE").out())
                .contains("MV_STATUS_INVALIDHANDLE");
        assertThat(cli.run("explain", "MvHttpRequest.timeout_ms").code()).isZero();
    }

    @Test
    void aMistypedNameGetsTheNearestOne() {
        CommandLineFixture.Result result = cli.run("explain", "mvOpenChanel");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo(
                        """
                        microvisor: error: nothing is known about 'mvOpenChanel'
                          try: did you mean 'mvOpenChannel'?
                        """);
    }

    @Test
    void rulesAreListedWithSeverityFixAndSummary() {
        assertThat(cli.run("rules").out())
                .startsWith(
                        "buffer-alignment  error    fix        A buffer is not aligned to 512 bytes.\n");
    }

    @Test
    void anUnknownRuleOnTheCommandLineIsRefused() {
        CommandLineFixture.Result result = cli.run("lint", "--select", "buffer-alinment");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("did you mean 'buffer-alignment'?");
    }

    @Test
    void showFilesAndShowSettingsTellWhatALintWouldDo() {
        cli.write("src/main.c", "BAD\n");
        cli.write("third_party/x.c", "BAD\n");
        cli.write("microvisor.toml", "exclude = [\"third_party\"]\nignore = [\"buffer-size\"]\n");
        assertThat(cli.run("lint", "--show-files").out()).isEqualTo("src/main.c\n");
        assertThat(cli.run("lint", "--show-settings").out())
                .contains("microvisor.toml")
                .contains("ignore = [buffer-size]");
        assertThat(cli.run("lint", "--show-files", "--isolated").out()).contains("third_party");
    }

    @Test
    void aBrokenSettingsFileIsNamedWithItsLineAndTheLintGoesOn() {
        cli.write("main.c", "BAD\n");
        cli.write("microvisor.toml", "\nignroe = [\"buffer-size\"]\n");
        CommandLineFixture.Result result = cli.run("lint", "-f", "concise");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).contains("main.c:1:1");
        assertThat(result.err())
                .isEqualTo(
                        "microvisor.toml:2: error: unknown key 'ignroe' at the top level; did you"
                                + " mean 'ignore'?\n");
    }
}
