package dev.microvisor.analysis.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.microvisor.analysis.Lints;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of structures and unions without a name belong to the structure around them. */
class AnonymousMembersTest {
    private static final String TYPES =
            """
            struct Link {
                char tag;
                union { struct { unsigned channel; unsigned count; }; unsigned long long both; };
                struct { short size; };
            };
            struct Frame { union { unsigned char bytes[512]; unsigned words[128]; }; char end; };
            struct Deep { char a; union { char b; struct { int c; union { int d; char e[9]; }; }; }; };
            struct __attribute__((packed)) Tight { char a; union { int b; char c[6]; }; short d; };
            """;

    /** Type, its size, a member, and the member's offset. */
    private static final List<String> FACTS =
            List.of(
                    "Link 24 size 16",
                    "Link 24 count 12",
                    "Link 24 both 8",
                    "Frame 516 words 0",
                    "Frame 516 end 512",
                    "Deep 20 e 8",
                    "Deep 20 c 4",
                    "Tight 11 c 1",
                    "Tight 11 d 9");

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"c", "cpp"})
    void haveTheirPlacesInTheStructureAround(String extension) throws Exception {
        StringBuilder text = new StringBuilder(TYPES);
        for (String fact : FACTS) {
            String[] words = fact.split(" ", 4);
            text.append(
                    "unsigned f%d(struct %s *p) { p->%s; return sizeof(*p); }\n"
                            .formatted(FACTS.indexOf(fact), words[0], words[2]));
        }
        Path file = Files.writeString(folder.resolve("types." + extension), text);
        List<Function> functions = Functions.of(file);
        for (String fact : FACTS) {
            String[] words = fact.split(" ", 4);
            Function function = functions.get(FACTS.indexOf(fact));
            Expr size = ((Block.Exit.Return) function.entry().exit()).value().orElseThrow();
            assertThat(((Expr.Num) size).value()).as(fact).isEqualTo(Long.parseLong(words[1]));
            assertThat(
                            function.parameters()
                                    .get(0)
                                    .type()
                                    .target()
                                    .orElseThrow()
                                    .struct()
                                    .orElseThrow()
                                    .member(words[2])
                                    .orElseThrow()
                                    .offset())
                    .as(fact)
                    .isEqualTo(Long.parseLong(words[3]));
        }
    }

    /** What is stored to one member is not what was stored to another before. */
    @Test
    void shareTheirMemory() throws Exception {
        Path file = folder.resolve("shared.c");
        Files.writeString(
                file,
                """
                #include "mv_syscalls.h"
                static uint8_t buffer[2048] __attribute__((aligned(512)));
                struct size { union { uint32_t word; uint8_t bytes[4]; }; uint32_t other; };
                union named { uint32_t word; uint8_t bytes[4]; };
                enum MvStatus nameless(void) {
                    struct size s;
                    s.word = 1000;
                    s.bytes[0] = 0;
                    return mvServerLoggingInit(buffer, s.word);
                }
                enum MvStatus named(void) {
                    union named n;
                    n.word = 1000;
                    n.bytes[0] = 0;
                    return mvServerLoggingInit(buffer, n.word);
                }
                enum MvStatus apart(void) {
                    struct size s;
                    s.word = 1000;
                    s.other = 0;
                    return mvServerLoggingInit(buffer, s.word);
                }
                """);
        assertThat(Lints.full(file).findings())
                .extracting(f -> f.function() + " " + f.rule())
                .containsExactly("apart buffer-size");
    }

    @Test
    void theCompilerAgrees() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/arm-none-eabi-gcc")),
                "arm-none-eabi-gcc not found: apt-get install gcc-arm-none-eabi");
        StringBuilder text = new StringBuilder(TYPES);
        for (String fact : FACTS) {
            String[] words = fact.split(" ", 4);
            text.append(
                    "_Static_assert(sizeof(struct %s) == %s && __builtin_offsetof(struct %s, %s) == %s, \"\");\n"
                            .formatted(words[0], words[1], words[0], words[2], words[3]));
        }
        Path file = Files.writeString(folder.resolve("types.c"), text);
        Process compiler =
                new ProcessBuilder("arm-none-eabi-gcc", "-fsyntax-only", file.toString())
                        .redirectErrorStream(true)
                        .start();
        assertThat(compiler.inputReader().lines()).isEmpty();
        assertThat(compiler.waitFor()).isZero();
    }
}
