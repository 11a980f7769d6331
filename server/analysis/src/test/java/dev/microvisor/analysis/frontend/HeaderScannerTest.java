package dev.microvisor.analysis.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of a header that a program reads. */
class HeaderScannerTest {
    private static String pruned(String header, String program) {
        NameTable names = new NameTable();
        HeaderScan scan = new HeaderScanner(header.toCharArray(), names, false, false).scan();
        HeaderScan own = new HeaderScanner(program.toCharArray(), names, true, false).scan();
        LiveNames live = new LiveNames(names);
        live.add(List.of(scan, own));
        return new String(scan.pruned(live.live()));
    }

    @Test
    void macrosThatNobodyMentionsGoAndLinesStay() {
        assertThat(
                        pruned(
                                "#define A B\n#define B \\\n 1\n#define C 2 /* c\n */\nint x;\n",
                                "int a = A;"))
                .isEqualTo("#define A B\n#define B \\\n 1\n\n\nint x;\n");
    }

    @Test
    void namesOfConditionsAreMentioned() {
        assertThat(pruned("#define A 1\n#define B\n#if A\n#endif\n", ""))
                .isEqualTo("#define A 1\n\n#if A\n#endif\n");
    }

    @Test
    void namesThatAMacroMayPasteStay() {
        assertThat(pruned("#define GET(x) PIN_##x\n#define PIN_A 1\n#define PORT 2\n", "GET(A)"))
                .isEqualTo("#define GET(x) PIN_##x\n#define PIN_A 1\n\n");
    }

    @Test
    void bodiesOfInlineFunctionsGoButThoseOfStructuresStay() {
        assertThat(
                        pruned(
                                "static inline int f(int a) {\n return a;\n}\n"
                                        + "struct __attribute__((packed)) { int a; } s;\n",
                                ""))
                .isEqualTo(
                        "static inline int f(int a) {\n\n}\n"
                                + "struct __attribute__((packed)) { int a; } s;\n");
    }
}
