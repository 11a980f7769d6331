package dev.microvisor.analysis.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludeGuessTest {
    @TempDir Path tree;

    private Path file(String name) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }

    private List<Path> guess(Path source, Path... requested) throws IOException {
        return new IncludeGuess(List.of(requested), CancelToken.NEVER).foldersFor(source);
    }

    @Test
    void headersAnywhereInTheCheckoutAreFoundHoweverDeepTheSourceLies() throws IOException {
        Files.createDirectories(tree.resolve(".git"));
        Path source = file("a/b/c/d/e/main.c");
        file("a/sdk/mv_syscalls.h");
        assertThat(guess(source, source)).contains(tree.resolve("a/sdk"));
    }

    @Test
    void nearerFolderComesFirst() throws IOException {
        Files.createDirectories(tree.resolve(".git"));
        Path source = file("samples/one/main.c");
        file("aaa/config.h");
        file("samples/one/config.h");
        file("samples/two/config.h");
        List<Path> folders = guess(source, source);
        assertThat(folders.get(0)).isEqualTo(tree.resolve("samples/one"));
        assertThat(folders.indexOf(tree.resolve("samples/two")))
                .isLessThan(folders.indexOf(tree.resolve("aaa")));
    }

    @Test
    void withoutACheckoutTheNamedFolderIsTheTree() throws IOException {
        Path source = file("src/deep/down/here/main.c");
        file("include/x.h");
        assertThat(guess(source, tree)).contains(tree.resolve("include"));
        assertThat(guess(source, source)).doesNotContain(tree.resolve("include"));
    }

    @Test
    void buildFileMakesATreeUpToThreeParentsAway() throws IOException {
        Path source = file("app/src/main.c");
        file("CMakeLists.txt");
        file("include/x.h");
        assertThat(guess(source, source)).contains(tree.resolve("include"));
    }
}
