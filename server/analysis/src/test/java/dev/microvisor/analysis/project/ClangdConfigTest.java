package dev.microvisor.analysis.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.LintRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flags from {@code compile_flags.txt} and {@code .clangd}, as clangd reads them. */
class ClangdConfigTest {
    @TempDir Path folder;
    private Path main;

    @BeforeEach
    void writeASource() throws IOException {
        main = write("app/src/main.c", "int main(void) { return 0; }\n");
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void database(String name, String flags) throws IOException {
        write(
                name,
                "[{\"directory\": \"%s\", \"file\": \"%s\", \"command\": \"cc %s -c main.c\"}]"
                        .formatted(folder, main, flags));
    }

    private ProjectModel model() {
        return ProjectModel.of(
                new LintRequest(
                        List.of(main), Optional.empty(), Map.of(), LintRequest.Depth.FULL, 1),
                CancelToken.NEVER);
    }

    private CompilerFlags flags() {
        return model().units().get(main);
    }

    @Test
    void fixedFlagsAreThoseOfEveryFile() throws IOException {
        write("compile_flags.txt", "-Iinclude\n\n  -DFIXED=2 \n-I\n/opt/sdk\n");
        assertThat(flags().includes())
                .containsExactly(folder.resolve("include"), Path.of("/opt/sdk"));
        assertThat(flags().macros()).containsEntry("FIXED", "2");
        assertThat(model().problems()).isEmpty();
    }

    @Test
    void aDatabaseInTheSameFolderComesBeforeFixedFlags() throws IOException {
        write("app/compile_flags.txt", "-DNEAR\n");
        database("compile_commands.json", "-DFAR");
        assertThat(flags().macros()).containsOnlyKeys("NEAR");
        database("app/compile_commands.json", "-DDATABASE");
        assertThat(flags().macros()).containsOnlyKeys("DATABASE");
    }

    @Test
    void flagsAreAddedAndRemoved() throws IOException {
        database("compile_commands.json", "-DA=1 -D B -Iinc -I other -include x.h -Wall");
        write(".clangd", "CompileFlags:\n  Add: [-DADDED, -isystem, /opt/sdk]\n  Remove: -DA=1\n");
        assertThat(flags().macros()).containsOnlyKeys("B", "ADDED");
        assertThat(flags().systemIncludes()).containsExactly(Path.of("/opt/sdk"));
        write(".clangd", "CompileFlags:\n  Remove: [-I, '-D*', -include]\n");
        assertThat(flags().macros()).isEmpty();
        assertThat(flags().includes()).isEmpty();
        assertThat(flags().forcedIncludes()).isEmpty();
    }

    @Test
    void innerFilesAndLaterDocumentsRefineOuterOnes() throws IOException {
        database("compile_commands.json", "");
        write(
                ".clangd",
                """
                CompileFlags: {Add: -DOUTER=1}
                ---
                If: {PathMatch: app/.*\\.c, PathExclude: app/test/.*}
                CompileFlags: {Add: -DMATCHED}
                ---
                If: {PathMatch: [lib/.*]}
                CompileFlags: {Add: -DLIBRARY}
                """);
        write("app/.clangd", "CompileFlags:\n  Add: [-DOUTER=2]\n");
        assertThat(flags().macros()).isEqualTo(Map.of("OUTER", "2", "MATCHED", "1"));
    }

    @Test
    void theDatabaseMayBeElsewhere() throws IOException {
        database("out/debug/compile_commands.json", "-DDEBUG");
        write("app/.clangd", "CompileFlags: {CompilationDatabase: ../out/debug}\n");
        assertThat(flags().macros()).containsOnlyKeys("DEBUG");
        write("app/.clangd", "CompileFlags: {CompilationDatabase: ../gone}\n");
        assertThat(model().problems())
                .anyMatch(p -> p.where().equals(folder.resolve("gone/compile_commands.json")));
    }

    @Test
    void withoutADatabaseTheGuessGoesOn() throws IOException {
        write("app/.clangd", "CompileFlags: {Add: [-Iinc, -DONLY]}\n");
        assertThat(flags().macros()).containsOnlyKeys("ONLY");
        assertThat(flags().includes()).contains(main.getParent().resolve("inc"));
    }

    @Test
    void aBrokenOneIsNamedAndLeftAside() throws IOException {
        database("compile_commands.json", "-DA");
        for (String text :
                List.of(
                        "CompileFlags: [\n",
                        "If: {PathMatch: '('}\nCompileFlags: {Add: -DB}\n",
                        "a: &a [x]\nb: !!javax.script.ScriptEngineManager [*a]\n")) {
            write(".clangd", text);
            assertThat(flags().macros()).as(text).containsOnlyKeys("A");
            assertThat(model().problems())
                    .as(text)
                    .anyMatch(p -> p.where().endsWith(".clangd") && !p.fatal());
        }
        write(".clangd", "just words\n");
        assertThat(model().problems()).isEmpty();
    }

    @Test
    void wrappersOfTheCompilerAndPreprocessorFlagsAreSeenThrough() throws IOException {
        write(
                "compile_commands.json",
                "[{\"directory\": \"%s\", \"file\": \"%s\", \"arguments\": [\"/usr/bin/ccache\","
                                .formatted(folder, main)
                        + " \"arm-none-eabi-g++\", \"-Wp,-DP=1,-Iinc\", \"-Xpreprocessor\","
                        + " \"-DX\", \"-idirafterlast\", \"-MQ\", \"-Dno\"]}]");
        assertThat(flags().cpp()).isTrue();
        assertThat(flags().macros()).isEqualTo(Map.of("P", "1", "X", "1"));
        assertThat(flags().systemIncludes()).containsExactly(folder.resolve("last"));
    }

    @Test
    void backslashesOfWindowsArePartsOfPaths() {
        assertThat(ShellWords.split("C:\\gcc\\gcc.exe -IC:\\a \"-DT=\\\"x\\\"\" it's", true))
                .containsExactly("C:\\gcc\\gcc.exe", "-IC:\\a", "-DT=\"x\"", "it's");
        assertThat(ShellWords.split("gcc -Ia\\ b '-Dx=\"y\"'"))
                .containsExactly("gcc", "-Ia b", "-Dx=\"y\"");
    }
}
