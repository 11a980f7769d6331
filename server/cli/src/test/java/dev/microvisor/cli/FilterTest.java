package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterTest {
    @TempDir Path temp;
    private CommandLineFixture cli;

    @BeforeEach
    void makeFolder() {
        cli = new CommandLineFixture(temp);
    }

    @Test
    void aBaselineIsWrittenOnceAndThenHidesWhatItHolds() {
        cli.write("main.c", "BAD one\n");
        CommandLineFixture.Result first = cli.run("lint", "--baseline", "base.json");
        assertThat(first.code()).isZero();
        assertThat(first.err()).contains("1 accepted");
        cli.write("main.c", "\n\n  BAD  one\nBAD two\n");
        CommandLineFixture.Result second =
                cli.run("lint", "--baseline", "base.json", "-f", "concise");
        assertThat(second.out()).startsWith("main.c:4:1").hasLineCount(1);
        assertThat(second.code()).isEqualTo(1);
    }

    @Test
    void aSecondEqualLineIsNotHiddenByTheFirst() {
        cli.write("main.c", "BAD\n");
        cli.run("lint", "--baseline", "base.json");
        cli.write("main.c", "BAD\nBAD\n");
        assertThat(cli.run("lint", "--baseline", "base.json", "-f", "concise").out())
                .hasLineCount(1);
    }

    @Test
    void pruneForgetsWhatWasMendedInTheFilesLookedAt() {
        cli.write("a.c", "BAD\n");
        cli.write("b.c", "BAD\n");
        cli.run("lint", "--baseline", "base.json");
        cli.write("a.c", "fine\n");
        cli.write("b.c", "fine\n");
        cli.run("lint", "a.c", "--baseline", "base.json", "--prune");
        assertThat(cli.read("base.json")).contains("\"b.c\"").doesNotContain("\"a.c\"");
    }

    @Test
    void pruneForgetsFilesThatAreGone() throws IOException {
        cli.write("a.c", "BAD\n");
        cli.write("b.c", "BAD\n");
        cli.run("lint", "--baseline", "base.json");
        Files.delete(temp.resolve("a.c"));
        assertThat(cli.run("lint", "b.c", "--baseline", "base.json", "--prune").err())
                .contains("forgot 1 finding of");
        assertThat(cli.read("base.json")).contains("\"b.c\"").doesNotContain("\"a.c\"");
    }

    @Test
    void aBrokenBaselineIsNamed() {
        cli.write("main.c", "BAD\n");
        for (String broken : List.of("{", "[]", "{\"version\": 9}", "{\"version\": 1}")) {
            cli.write("base.json", broken);
            CommandLineFixture.Result result = cli.run("lint", "--baseline", "base.json");
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).contains("base.json").contains("try:");
        }
    }

    @Test
    void sinceShowsChangedLinesAndNewFilesOnly() throws Exception {
        git("init", "-q");
        cli.write("main.c", "BAD old\n\n\n");
        git("add", "main.c");
        git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "x");
        cli.write("main.c", "BAD old\n\nBAD new\n");
        cli.write("new file.c", "BAD\n");
        assertThat(cli.run("lint", "--since", "HEAD", "-f", "concise").out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("main.c:3:1"),
                        line -> assertThat(line).startsWith("new file.c:1:1"));
        CommandLineFixture.Result unknown = cli.run("lint", "--since", "--output=x");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(Files.exists(temp.resolve("x"))).isFalse();
    }

    @Test
    void sinceOutsideAWorkTreeSaysWhatToDo() {
        assumeGit();
        CommandLineFixture.Result result = cli.run("lint", "--since", "HEAD");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("git work tree");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        assumeGit();
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(temp.toFile()).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    private static void assumeGit() {
        boolean present =
                List.of(System.getenv("PATH").split(java.io.File.pathSeparator)).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "git")));
        assumeTrue(present, "git not found: apt-get install git");
    }
}
