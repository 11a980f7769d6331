package dev.microvisor.analysis.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Lints;
import dev.microvisor.analysis.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a compile_commands.json holds, it is named when it is broken, and the file is linted.
 */
class BadDatabaseTest {
    private static final String SOURCE =
            "#include \"mv_syscalls.h\"\nvoid f(MvChannelHandle *c) { mvSendHttpRequest(*c, 0); }\n";

    @TempDir Path folder;

    @BeforeEach
    void writeTheSource() throws IOException {
        Files.writeString(folder.resolve("main.c"), SOURCE);
    }

    private ListAssert<Problem> problemsWith(String database) throws IOException {
        return problemsWith(database.getBytes(StandardCharsets.UTF_8));
    }

    private ListAssert<Problem> problemsWith(byte[] database) throws IOException {
        Files.write(folder.resolve(CompileDatabase.NAME), database);
        LintResult result = Lints.full(folder.resolve("main.c"));
        assertThat(result.findings()).anyMatch(f -> f.rule().equals("unchecked-status"));
        return assertThat(result.problems());
    }

    private String entry(String command) {
        return "[{\"directory\": \"%s\", \"file\": \"main.c\", \"command\": \"%s\"}]"
                .formatted(folder, command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[{\"directory\": \"/x\", \"file\": \"main.c\", \"comm",
                "[{\"file\": \"main.c\"",
                "\u0000\u0001\u0002"
            })
    void aTruncatedOneIsNamed(String text) throws IOException {
        problemsWith(text).anyMatch(BadDatabaseTest::namesTheDatabase);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "null",
                "{\"file\": \"main.c\"}",
                "[1, \"two\", null, [3]]",
                "[{\"file\": 7, \"directory\": [], \"command\": {}}]",
                "[{\"file\": \"main.c\", \"arguments\": [null, {}, [1, 2]]}]",
                "[{\"file\": [\"a\", \"b\"], \"command\": \"gcc -c a\"}]",
                "[{\"file\": \"\\u0000.c\", \"command\": \"gcc\"}]",
                "[{\"command\": \"gcc -c main.c\"}]"
            })
    void wrongTypesAreNamed(String text) throws IOException {
        problemsWith(text).anyMatch(BadDatabaseTest::namesTheDatabase);
    }

    @Test
    void nobodyIsToldThatABrokenOneIsAbsent() throws IOException {
        problemsWith("[").noneMatch(p -> p.what().contains("no compile_commands.json found"));
        problemsWith("[]")
                .anyMatch(p -> !p.fatal() && p.what().contains("has no entries"))
                .noneMatch(p -> p.what().contains("no compile_commands.json found"));
    }

    @Test
    void aDeviceIsNoResponseFile() throws IOException {
        problemsWith(entry("gcc @/dev/zero -c main.c"))
                .noneMatch(BadDatabaseTest::namesTheDatabase);
    }

    @Test
    void textInAnotherEncodingIsNamed() throws IOException {
        problemsWith(entry("gcc -c main.c").getBytes(StandardCharsets.UTF_16))
                .anyMatch(BadDatabaseTest::namesTheDatabase);
    }

    @Test
    void bracketsAHundredThousandDeepAreNamed() throws IOException {
        problemsWith("[".repeat(100_000)).anyMatch(BadDatabaseTest::namesTheDatabase);
        problemsWith("[".repeat(100_000) + "]".repeat(100_000))
                .anyMatch(BadDatabaseTest::namesTheDatabase);
    }

    @Test
    void fiftyThousandEntriesOfFilesThatAreGoneHarmNobody() throws IOException {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < 50_000; i++) {
            text.append("{\"directory\": \"/gone\", \"file\": \"gone").append(i);
            text.append(".c\", \"command\": \"gcc -c gone").append(i).append(".c\"},\n");
        }
        text.append(entry("gcc -c main.c").substring(1));

        problemsWith(text.toString()).noneMatch(BadDatabaseTest::namesTheDatabase);
    }

    @Test
    void foldersThatAreGoneHarmNobody() throws IOException {
        problemsWith(entry("/gone/gcc -I/gone/include -isystem /gone -include /gone/x.h -c main.c"))
                .noneMatch(BadDatabaseTest::namesTheDatabase);
    }

    @Test
    void responseFilesInACircleEnd() throws IOException {
        Files.writeString(folder.resolve("a.rsp"), "@b.rsp -DA");
        Files.writeString(folder.resolve("b.rsp"), "@a.rsp @b.rsp @gone.rsp -DB");

        problemsWith(entry("gcc @a.rsp @a.rsp -c main.c"))
                .noneMatch(BadDatabaseTest::namesTheDatabase);
    }

    @Test
    void commandsThatNoShellWouldTakeHarmNobody() throws IOException {
        problemsWith(entry("gcc -I -D -D= -DX( -isystem -c 'open \\\\\\\" -o"))
                .noneMatch(BadDatabaseTest::namesTheDatabase);
        problemsWith("[{\"file\": \"main.c\", \"command\": \"\"}]").isNotNull();
        problemsWith("[{\"file\": \"main.c\", \"arguments\": []}]").isNotNull();
    }

    private static boolean namesTheDatabase(Problem problem) {
        return problem.where().endsWith(CompileDatabase.NAME)
                && problem.fatal()
                && !problem.advice().isEmpty();
    }
}
