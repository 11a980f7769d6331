package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterTest {
    /** With 200 letters each, a warning a file. */
    private static final int FILES_THAT_FILL_A_PIPE = 400;

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
    void sinceReadsWhatGitHasToSayBesidesItsAnswer() throws Exception {
        git("init", "-q");
        git("config", "core.autocrlf", "input");
        cli.write("main.c", "fine\n");
        for (int i = 0; i < FILES_THAT_FILL_A_PIPE; i++) {
            cli.write(longName(i), "int x;\n");
        }
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "x");
        for (int i = 0; i < FILES_THAT_FILL_A_PIPE; i++) {
            cli.write(longName(i), "int y;\r\n");
        }
        cli.write("main.c", "BAD\n");
        // Git warns about the line ends of each of them, which is more than a pipe holds.
        CommandLineFixture.Result result =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(60),
                        () -> cli.run("lint", "--since", "HEAD", "-f", "concise", "main.c"));
        assertThat(result.out()).startsWith("main.c:1:1");
    }

    private static String longName(int i) {
        return "a".repeat(200) + i + ".h";
    }

    @Test
    void aRevisionThatAShallowCloneLacksIsToldWithTheWayToGetIt() throws Exception {
        git("init", "-q", "whole");
        Path whole = temp.resolve("whole");
        cli.write("whole/main.c", "fine\n");
        gitIn(whole, "add", ".");
        for (String message : List.of("one", "two")) {
            gitIn(whole, "config", "user.name", "t");
            gitIn(whole, "config", "user.email", "t@t");
            gitIn(whole, "commit", "-q", "--allow-empty", "-m", message);
        }
        git("clone", "-q", "--depth", "1", whole.toUri().toString(), "part");
        CommandLineFixture part = new CommandLineFixture(temp.resolve("part"));
        CommandLineFixture.Result shallow = part.run("lint", "--since", "HEAD~1");
        assertThat(shallow.code()).isEqualTo(2);
        assertThat(shallow.err()).contains("no commit 'HEAD~1'").contains("--unshallow");
        CommandLineFixture.Result absent =
                new CommandLineFixture(whole).run("lint", "--since", "origin/main");
        assertThat(absent.err()).contains("no commit 'origin/main'").doesNotContain("unshallow");
    }

    @Test
    void sinceOutsideAWorkTreeSaysWhatToDo() {
        assumeGit();
        CommandLineFixture.Result result = cli.run("lint", "--since", "HEAD");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("git work tree");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        gitIn(temp, arguments);
    }

    private static void gitIn(Path where, String... arguments)
            throws IOException, InterruptedException {
        assumeGit();
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(where.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor()).isZero();
    }

    private static void assumeGit() {
        boolean present =
                List.of(System.getenv("PATH").split(java.io.File.pathSeparator)).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "git")));
        assumeTrue(present, "git not found: apt-get install git");
    }
}
