package dev.microvisor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever one file holds, the other files are still linted and nothing is thrown. */
@Timeout(300) // A hang lasts for ever; a slow machine does not.
class BadInputTest {
    private static final String GOOD =
            "#include \"mv_syscalls.h\"\nvoid f(MvChannelHandle *c) { mvSendHttpRequest(*c, 0); }\n";

    @TempDir Path folder;

    @BeforeEach
    void writeTheFileThatIsAllRight() throws IOException {
        Files.writeString(folder.resolve("good.c"), GOOD);
    }

    private LintResult lint() {
        LintResult result = Lints.full(folder);
        assertThat(result.findings())
                .as("findings of the file that is all right")
                .anyMatch(
                        f ->
                                f.range().file().endsWith("good.c")
                                        && f.rule().equals("unchecked-status"));
        return result;
    }

    private LintResult quick(String file) {
        return Lints.quick(folder.resolve(file));
    }

    private void bad(String text) throws IOException {
        Files.writeString(folder.resolve("bad.c"), text);
    }

    @Test
    void deeplyNestedExpressions() throws IOException {
        bad("int x = " + "(".repeat(5000) + "1" + ")".repeat(5000) + ";\n");
        lint();
        bad("int g(int a) { return " + "a + ".repeat(5000) + "1; }\n");
        lint();
        bad("void g(int a) { " + "if (a) { ".repeat(1500) + "}".repeat(1500) + " }\n");
        lint();
    }

    /** Each is looked at for being constant first: work that must not double with every level. */
    @Test
    void choicesWithinTestsWithinChoices() throws IOException {
        bad("int g(int a) { return " + "(".repeat(60) + "a" + " && a) == 1".repeat(60) + "; }\n");
        lint();
        bad("int g(int a) { return " + "(".repeat(60) + "a" + " ? a : 2)".repeat(60) + "; }\n");
        lint();
        bad(
                "int g(int a) { return "
                        + "({ while (".repeat(40)
                        + "a"
                        + ") a--; a; })".repeat(40)
                        + "; }\n");
        lint();
    }

    @Test
    void textThatIsNoC() throws IOException {
        bad("int f( { ) ]] struct enum = 7;\n\"open string\n#if 1\n");
        assertThat(lint().problems()).isNotEmpty();
    }

    @Test
    void circularIncludes() throws IOException {
        Files.writeString(folder.resolve("a.h"), "#include \"b.h\"\nint a;\n");
        Files.writeString(folder.resolve("b.h"), "#include \"a.h\"\nint b;\n");
        bad("#include \"a.h\"\n#include \"bad.c\"\nint c;\n");
        lint();
    }

    @Test
    void bytesThatAreNoText() throws IOException {
        Files.write(folder.resolve("bad.c"), "int x;\n".getBytes(StandardCharsets.UTF_16));
        Files.write(folder.resolve("nul.c"), new byte[2000]);
        Files.write(
                folder.resolve("latin.c"),
                "/* \u00e9 */ int y;\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(lint().problems()).anyMatch(p -> p.what().contains("Latin-1"));
    }

    @Test
    void aFolderNamedAsASource() throws IOException {
        Files.createDirectories(folder.resolve("folder.c"));
        lint();
    }

    @Test
    void macrosThatDoubleFortyTimes() throws IOException {
        StringBuilder text = new StringBuilder("#define A0 1 +\n");
        for (int i = 1; i <= 40; i++) {
            text.append("#define A").append(i).append(" A").append(i - 1).append(" A");
            text.append(i - 1).append('\n');
        }
        bad(text + "int g(void) { return A40 1; }\n");
        assertThat(lint().problems())
                .anyMatch(p -> p.fatal() && p.what().contains("macro 'A40' would expand"));
        // Defined and never used they harm nobody.
        bad(text + "int g(void) { return A3 1; }\n");
        assertThat(lint().problems()).noneMatch(p -> p.what().contains("would expand"));
    }

    @Test
    void macrosThatDoubleTheirArguments() throws IOException {
        String nested = "D(".repeat(40) + "1 +" + ")".repeat(40);
        bad("#define D(x) x x\nint g(void) { return " + nested + " 1; }\n");
        assertThat(lint().problems()).anyMatch(p -> p.what().contains("macro 'D' would expand"));
        Files.writeString(
                folder.resolve("grow.h"),
                "#define E0(x) x x\n#define E1(x) E0(E0(E0(x)))\n#define E2(x) E1(E1(E1(x)))\n"
                        + "#define E3(x) E2(E2(E2(x)))\n");
        bad("#include \"grow.h\"\nint g(void) { return E3(1 +) 1; }\n");
        assertThat(lint().problems()).anyMatch(p -> p.what().contains("macro 'E3' would expand"));
    }

    @Test
    void macrosThatNameThemselves() throws IOException {
        bad("#define A B\n#define B A\n#define F(x) F(F(x))\nint A = F(F(F(F(1))));\n");
        lint();
    }

    @Test
    void fiftyThousandGeneratedLines() throws IOException {
        StringBuilder text = new StringBuilder("#include \"mv_syscalls.h\"\n");
        for (int i = 0; i < 10_000; i++) {
            text.append("int f").append(i).append("(int a) {\n    if (a > ").append(i);
            text.append(") {\n        return a;\n    }\n    return f").append(Math.max(0, i - 1));
            text.append("(a); }\n");
        }
        bad(text.toString());
        lint();
    }

    @Test
    void aTableOfFiftyThousandNumbers() throws IOException {
        bad("const int table[] = {\n" + "    1,\n".repeat(50_000) + "};\n");
        lint();
    }

    @Test
    void conditionalsAndIncludesThatLeadNowhere() throws IOException {
        bad(
                "#include \"absent.h\"\n#include <>\n#include \"\"\n#include MACRO\n#if (1\n#elif\n"
                        + "#else\n#else\n#endif\n#endif\n#error \"no\"\n#define\n#define 1 2\nint x;\n");
        assertThat(lint().problems()).anyMatch(p -> p.what().contains("absent.h"));
    }

    @Test
    void aLinkThatLeadsToItself() throws IOException {
        try {
            Files.createSymbolicLink(folder.resolve("loop.c"), folder.resolve("loop.c"));
        } catch (UnsupportedOperationException e) {
            org.junit.jupiter.api.Assumptions.abort("no symbolic links in this file system");
        }
        assertThat(Lints.full(folder.resolve("loop.c"), folder.resolve("good.c")).problems())
                .anyMatch(p -> p.where().endsWith("loop.c"));
        lint();
    }

    @Test
    void deeplyNestedInitialisersAndBlocks() throws IOException {
        bad("int x = " + "{".repeat(3000) + "1" + "}".repeat(3000) + ";\n");
        lint();
        bad("void g(void) " + "{".repeat(3000) + "}".repeat(3000) + "\n");
        lint();
        bad("int " + "*".repeat(5000) + "p;\nint q" + "[2]".repeat(2000) + ";\n");
        lint();
    }

    @Test
    void headersThatAreMissingAreNamedWithTheirLine() throws IOException {
        bad("#include \"mv_syscalls.h\"\n#include \"board/pins.h\"\nvoid g(pin_t p) { set(p); }\n");
        assertThat(lint().problems())
                .anyMatch(
                        p ->
                                p.where().endsWith("bad.c")
                                        && p.line().filter(l -> l == 1).isPresent()
                                        && p.what().contains("board/pins.h")
                                        && !p.advice().isEmpty());
    }

    @Test
    void macrosWithoutEndInAVendorsHeader() throws IOException {
        Path vendor = Files.createDirectories(folder.resolve("vendor"));
        Files.writeString(folder.resolve(".gitmodules"), "[submodule \"v\"]\n\tpath = vendor\n");
        StringBuilder text = new StringBuilder("#define V0(x) x x\n");
        for (int i = 1; i <= 30; i++) {
            text.append("#define V%d(x) V%d(V%d(x))\n".formatted(i, i - 1, i - 1));
        }
        Files.writeString(vendor.resolve("grow.h"), text.toString());
        bad("#include \"vendor/grow.h\"\nint g(void) { return V30(1 +) 1; }\n");
        assertThat(lint().problems())
                .anyMatch(p -> p.fatal() && p.what().contains("macro 'V30' would expand"));

        Files.writeString(
                vendor.resolve("grow.h"),
                text + "static inline int h(void) { return V30(1 +) 1; }\n");
        bad("#include \"vendor/grow.h\"\nint g(void) { return 1; }\n");
        // Bodies of a vendor's inline functions are left out, so nothing is expanded.
        assertThat(lint().problems()).noneMatch(p -> p.fatal());
    }

    @Test
    void macrosWithoutEndInHeadersThatIncludeFoldersLeadTo() throws IOException {
        Path include = Files.createDirectories(folder.resolve("lib/include/lib"));
        StringBuilder text = new StringBuilder("#define V0(x) x x\n");
        for (int i = 1; i <= 30; i++) {
            text.append("#define V%d(x) V%d(V%d(x))\n".formatted(i, i - 1, i - 1));
        }
        Files.writeString(include.resolve("inner.h"), text.toString());
        Files.writeString(include.resolve("outer.h"), "#include <lib/inner.h>\n");
        Files.writeString(
                folder.resolve("compile_commands.json"),
                """
                [{"directory": "%1$s", "file": "bad.c", "command": "cc -Ilib/include -c bad.c"},
                 {"directory": "%1$s", "file": "good.c", "command": "cc -Ilib/include -c good.c"}]
                """
                        .formatted(folder));
        bad("#include <lib/outer.h>\nint g(void) { return V30(1 +) 1; }\n");
        assertThat(lint().problems())
                .anyMatch(
                        p ->
                                p.fatal()
                                        && p.where().endsWith("bad.c")
                                        && p.what().contains("macro 'V30' would expand")
                                        && p.advice().contains("inner.h:31"));
        assertThat(quick("bad.c").problems())
                .as("while somebody types")
                .anyMatch(p -> p.what().contains("macro 'V30' would expand"));

        Files.writeString(include.resolve("inner.h"), text + "enum { N = V30(1 +) 1 };\n");
        bad("#include <lib/outer.h>\nint g(void) { return 1; }\n");
        assertThat(lint().problems()).anyMatch(p -> p.what().contains("macro 'V30' would expand"));
    }

    @Test
    void macrosWithoutEndFromTheCommandLine() throws IOException {
        StringBuilder flags = new StringBuilder("-DA0=1+");
        for (int i = 1; i <= 40; i++) {
            flags.append(" '-DA%d=A%d A%d'".formatted(i, i - 1, i - 1));
        }
        Files.writeString(
                folder.resolve("compile_commands.json"),
                """
                [{"directory": "%1$s", "file": "bad.c", "command": "cc %2$s -c bad.c"},
                 {"directory": "%1$s", "file": "good.c", "command": "cc -c good.c"}]
                """
                        .formatted(folder, flags));
        bad("int g(void) { return A40 1; }\n");
        assertThat(lint().problems()).anyMatch(p -> p.what().contains("macro 'A40' would expand"));
    }

    @Test
    void macrosThatGrowOnlyByWhatALaterHeaderDefines() throws IOException {
        StringBuilder first = new StringBuilder();
        for (int i = 40; i > 0; i--) {
            first.append("#define A%d A%d A%d\n".formatted(i, i - 1, i - 1));
        }
        // Ends at A20 until the second header goes on.
        Files.writeString(folder.resolve("a.h"), first.toString().replace("#define A20 ", "//"));
        Files.writeString(folder.resolve("b.h"), "#define A20 A19 A19\n#define A0 1+\n");
        bad("#include \"a.h\"\n#include \"b.h\"\nint g(void) { return A40 1; }\n");
        assertThat(lint().problems()).anyMatch(p -> p.what().contains("macro 'A40' would expand"));
        bad("#include \"a.h\"\n#include \"b.h\"\nint g(void) { return A4 1; }\n");
        assertThat(lint().problems()).noneMatch(p -> p.what().contains("would expand"));
    }

    @Test
    void headersThatIncludeEachOtherTwiceWithoutEnd() throws IOException {
        for (int i = 1; i <= 40; i++) {
            String next = "#include \"h%d.h\"\n".formatted(i + 1);
            Files.writeString(folder.resolve("h" + i + ".h"), i == 40 ? "" : next + next);
        }
        bad("#include \"h1.h\"\nint g(void) { return 1; }\n");
        assertThat(lint().problems())
                .anyMatch(p -> p.fatal() && p.what().contains("includes more than"));
    }

    @Test
    void textInUtf16AndWithNulsIsReadOrNamed() throws IOException {
        for (var encoding : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Files.write(
                    folder.resolve("bad.c"),
                    ("\uFEFF" + GOOD.replace("f(", "g(")).getBytes(encoding));
            LintResult result = lint();
            assertThat(result.problems())
                    .as(encoding.name())
                    .anyMatch(p -> p.where().endsWith("bad.c") && p.what().contains("UTF-16"));
            Files.write(folder.resolve("bad.c"), GOOD.replace("f(", "g(").getBytes(encoding));
            assertThat(lint().problems())
                    .as(encoding.name() + " without a mark")
                    .anyMatch(p -> p.where().endsWith("bad.c") && p.what().contains("UTF-16"));
        }
        bad("int a;\0\0\0\nint b;\0\n" + GOOD.replace("f(", "g("));
        assertThat(lint().problems()).anyMatch(p -> p.what().contains("NUL characters"));
    }

    /** Whoever runs this, root too: the kernel refuses to read its own memory's first page. */
    @Test
    void aFileThatCannotBeReadToItsEndIsNamed() throws IOException {
        Path memory = Path.of("/proc/self/mem");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.exists(memory), memory + " not found: run on Linux");
        Path link = Files.createSymbolicLink(folder.resolve("bad.c"), memory);
        LintResult result = lint();
        Files.delete(link);
        assertThat(result.problems())
                .anyMatch(
                        p ->
                                p.fatal()
                                        && p.where().endsWith("bad.c")
                                        && p.what().contains("cannot be read"));
    }

    /** For root, too, whom no permission binds: no system call takes a path above 4,095 bytes. */
    @Test
    void aFolderThatCannotBeListedIsNamed() throws IOException {
        bad(GOOD);
        Path upper = folder;
        Path lower = folder.resolve("lower");
        Path moved = lower;
        for (int i = 0; i < 10; i++) {
            upper = upper.resolve("u".repeat(220));
            moved = moved.resolve("l".repeat(220));
        }
        Files.createDirectories(upper);
        Files.createDirectories(moved);
        Path tooDeep = upper.resolve("lower");
        Files.move(lower, tooDeep);
        try {
            LintResult result = lint();
            assertThat(result.problems())
                    .anyMatch(p -> p.where().startsWith(tooDeep) && p.what().contains("listed"));
            assertThat(result.files()).contains(folder.resolve("bad.c"));
        } finally {
            Files.move(tooDeep, lower);
        }
    }

    @Test
    void foldersLinkedInACircle() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("inner"));
        try {
            Files.createSymbolicLink(inner.resolve("up"), folder);
            Files.createSymbolicLink(folder.resolve("gone.c"), folder.resolve("nowhere.c"));
        } catch (UnsupportedOperationException e) {
            org.junit.jupiter.api.Assumptions.abort("no symbolic links in this file system");
        }
        assertThat(lint().findings())
                .filteredOn(f -> f.rule().equals("unchecked-status"))
                .hasSize(1);
    }
}
