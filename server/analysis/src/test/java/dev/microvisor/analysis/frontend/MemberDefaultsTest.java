package dev.microvisor.analysis.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.Lints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that C++ classes give their members where they declare them. */
class MemberDefaultsTest {
    @TempDir Path folder;

    @Test
    void holdUnlessAnObjectSaysOtherwise() throws IOException {
        Path file = folder.resolve("objects.cpp");
        Files.writeString(
                file,
                """
                #include "mv_syscalls.h"
                static uint8_t buffer[2048] __attribute__((aligned(512)));
                struct Good { uint32_t size = 1024; uint32_t other; };
                struct Bad { uint32_t other; uint32_t size{1000}; };
                struct Both { Good good; Bad bad; Good two[2]; Bad many[99]; };
                enum MvStatus good_1() { Good c; return mvServerLoggingInit(buffer, c.size); }
                enum MvStatus good_2() { Good c{}; return mvServerLoggingInit(buffer, c.size); }
                enum MvStatus good_3() { Good c = {.other = 3}; return mvServerLoggingInit(buffer, c.size); }
                enum MvStatus good_4() { Bad c{1, 1024}; return mvServerLoggingInit(buffer, c.size); }
                enum MvStatus good_5() { Both c{}; return mvServerLoggingInit(buffer, c.good.size); }
                enum MvStatus good_6() { Both c{}; return mvServerLoggingInit(buffer, c.two[1].size); }
                enum MvStatus good_7() { Both c{}; return mvServerLoggingInit(buffer, c.many[1].size); }
                enum MvStatus good_8() { Good c[2] = {{512}}; return mvServerLoggingInit(buffer, c[1].size); }
                static Good good;
                enum MvStatus good_9() { return mvServerLoggingInit(buffer, good.size); }
                static Good goods[2];
                enum MvStatus good_10() { return mvServerLoggingInit(buffer, goods[1].size); }
                enum MvStatus bad_1() { Bad c; return mvServerLoggingInit(buffer, c.size); }
                enum MvStatus bad_2() { Bad c{}; return mvServerLoggingInit(buffer, c.size); }
                enum MvStatus bad_3() { Both c; return mvServerLoggingInit(buffer, c.bad.size); }
                enum MvStatus bad_4() { Good c = {1000, 2}; return mvServerLoggingInit(buffer, c.size); }
                enum MvStatus bad_5() { Bad c[2]; return mvServerLoggingInit(buffer, c[1].size); }
                static Bad bad;
                enum MvStatus bad_6() { return mvServerLoggingInit(buffer, bad.size); }
                """);
        assertThat(Lints.full(file).findings())
                .filteredOn(f -> f.rule().equals("buffer-size"))
                .extracting(f -> f.function())
                .containsExactly("bad_1", "bad_2", "bad_3", "bad_4", "bad_5", "bad_6");
    }
}
