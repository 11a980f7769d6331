package dev.microvisor.analysis.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A macro whose header is missing may be a statement without a semicolon. */
class MacroStatementsTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void f(void) {\n    CLOCK_ENABLE()\n\n    after();\n}\n",
                "void f(void) {\n    first();\n    CLOCK_ENABLE(A, (B))\n    int n = 1; after();\n}\n",
                "void f(int on) {\n    if (on) { first(); }\n    CLOCK_ENABLE()\n    if (on) after();\n}\n",
                "void f(void) {\n    after();\n    CLOCK_ENABLE()\n}\n",
                "void f(void) {\n    CLOCK_ENABLE();\n    after();\n}\n",
                "#define CLOCK_ENABLE() do { } while (0);\nvoid f(void) {\n    CLOCK_ENABLE()\n    after();\n}\n",
            })
    void whatFollowsIsRead(String text) throws IOException {
        for (String name : List.of("a.c", "a.cpp")) {
            List<Function> functions = read(name, text);
            assertThat(functions).hasSize(1);
            assertThat(functions.get(0).instructions()).noneMatch(Instr.Unread.class::isInstance);
            assertThat(functions.get(0).calls().map(Instr.Call::name)).contains("after");
        }
    }

    @Test
    void functionsOfOldAreNoStatements() throws IOException {
        List<Function> functions = read("a.c", "int x;\nF(n)\n    int n;\n{\n    return n;\n}\n");
        assertThat(functions.stream().map(Function::name)).containsExactly("F");
    }

    private List<Function> read(String name, String text) throws IOException {
        return Functions.of(Files.writeString(folder.resolve(name), text));
    }
}
