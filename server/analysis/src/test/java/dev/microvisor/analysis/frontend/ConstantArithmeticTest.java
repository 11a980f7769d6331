package dev.microvisor.analysis.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.microvisor.analysis.Lints;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constants have the values that the compiler gives them. */
class ConstantArithmeticTest {
    @TempDir Path folder;

    /** Sizes tell of types: what is wider than 32 bits does not wrap at 32. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "~0u | 4294967295",
                "~0 | -1",
                "~0ull | -1",
                "0u - 1 | 4294967295",
                "0 - 1 | -1",
                "1u << 31 | 2147483648",
                "1ull << 32 | 4294967296",
                "0xFFFFFFFF + 1 | 0",
                "4294967295 + 1 | 4294967296",
                "2147483648 - 1 | 2147483647",
                "-2147483648 | -2147483648",
                "-1 < 1u | 0",
                "-1 < 1 | 1",
                "-1 < 1ll | 1",
                "-1 > 1ull | 1",
                "-1 == 0xFFFFFFFF | 1",
                "(unsigned char)300 | 44",
                "(signed char)200 | -56",
                "(unsigned short)-1 | 65535",
                "(unsigned short)-1 + 1 | 65536",
                "~(unsigned char)0 | -1",
                "(unsigned char)~0 | 255",
                "(unsigned)-5 / 2 | 2147483645",
                "-5 / 2 | -2",
                "-7 % 3 | -1",
                "(unsigned)-8 >> 1 | 2147483644",
                "-8 >> 1 | -4",
                "60u * 60 * 1000 * 1000 * 2 | 2905032704",
                "60ull * 60 * 1000 * 1000 * 2 | 7200000000",
                "sizeof(int) - 5 | 4294967295",
                "sizeof(int) > -1 | 0",
                "(_Bool)512 | 1",
                "0x80000000 | 2147483648",
                "010 + 0b11 | 11",
                "(1 ? -1 : 0u) > 0 | 1",
            })
    void isWhatTheCompilerComputes(String expression, long value) throws Exception {
        Path file = folder.resolve("constant.c");
        Files.writeString(file, "long long f(void) { return " + expression + "; }\n");
        assertThat(returned(file)).isEqualTo(value);
    }

    @Test
    void theCompilerAgrees() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/arm-none-eabi-gcc")),
                "arm-none-eabi-gcc not found: apt-get install gcc-arm-none-eabi");
        StringBuilder checks = new StringBuilder();
        for (String row : rows()) {
            String[] parts = row.split(" \\| ", 2);
            checks.append(
                    "_Static_assert((long long)(%s) == %sll, \"\");\n"
                            .formatted(parts[0], parts[1]));
        }
        Path file = folder.resolve("checks.c");
        Files.writeString(file, checks);
        Process compiler =
                new ProcessBuilder(
                                "arm-none-eabi-gcc",
                                "-mcpu=cortex-m33",
                                "-w",
                                "-fsyntax-only",
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        assertThat(compiler.inputReader().lines()).isEmpty();
        assertThat(compiler.waitFor()).isZero();
    }

    private static List<String> rows() throws NoSuchMethodException {
        return List.of(
                ConstantArithmeticTest.class
                        .getDeclaredMethod("isWhatTheCompilerComputes", String.class, long.class)
                        .getAnnotation(CsvSource.class)
                        .value());
    }

    /** Undefined or not computed: whoever asks must not take it for a number. */
    @ParameterizedTest
    @CsvSource({"2147483647 + 1", "1 / 0", "1 << 32", "1u << -1", "0x7FFFFFFF * 2"})
    void whatCLeavesOpenIsNoNumber(String expression) throws Exception {
        Path file = folder.resolve("open.c");
        Files.writeString(file, "long long f(void) { return " + expression + "; }\n");
        assertThat(returned(file)).isNull();
    }

    private static Long returned(Path file) {
        Block.Exit exit = Functions.of(file).get(0).blocks().get(0).exit();
        Expr value = ((Block.Exit.Return) exit).value().orElseThrow();
        return value instanceof Expr.Num number ? number.value() : null;
    }

    /** What paths compute: through variables, members and conversions that nobody writes. */
    @Test
    void variablesHoldWhatTheirTypesCan() throws IOException {
        Path file = folder.resolve("paths.c");
        Files.writeString(
                file,
                """
                #include "mv_syscalls.h"
                static uint8_t buffer[2048] __attribute__((aligned(512)));
                enum MvStatus narrow(void) {
                    uint8_t size = 1024 + 200;
                    return mvServerLoggingInit(buffer, size);
                }
                enum MvStatus wide(void) {
                    uint32_t size = 0u - 4294966272u;
                    return mvServerLoggingInit(buffer, size);
                }
                enum MvStatus compared(void) {
                    uint32_t none = -1;
                    uint32_t size = 1024;
                    if (none < 1) {
                        size = 7;
                    }
                    return mvServerLoggingInit(buffer, size);
                }
                enum MvStatus chosen(int large) {
                    uint32_t size = large ? (uint8_t)0 : 1024;
                    return large ? MV_STATUS_OKAY : mvServerLoggingInit(buffer, size);
                }
                enum MvStatus counted(uint8_t count) {
                    uint8_t last = 0;
                    last--;
                    uint32_t size = last == 255 ? 1024 : 7;
                    (void)count;
                    return mvServerLoggingInit(buffer, size);
                }
                """);
        assertThat(Lints.full(file).findings())
                .extracting(f -> f.function() + " " + f.rule())
                .contains("narrow buffer-size")
                .noneMatch(f -> !f.startsWith("narrow"));
    }
}
