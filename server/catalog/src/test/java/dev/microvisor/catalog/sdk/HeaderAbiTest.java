package dev.microvisor.catalog.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arm-none-eabi-gcc makes of the generated header, against the catalog. */
class HeaderAbiTest {
    @TempDir Path folder;

    @BeforeEach
    void compilerIsInstalled() {
        ArmCompiler.requireGcc();
    }

    @Test
    void layoutsWidthsValuesAndPrototypesAreThoseOfTheCatalog() throws Exception {
        compileProbe(AbiProbe.of(Catalog.bundled(), true), "-fshort-enums");
    }

    @Test
    void layoutsHoldWithFourByteEnumsToo() throws Exception {
        compileProbe(AbiProbe.of(Catalog.bundled(), false), "-fno-short-enums");
    }

    @Test
    void theProbeNoticesAWrongOffset() throws IOException {
        String probe =
                AbiProbe.of(Catalog.bundled(), true)
                        .replace("v1.send_buffer) == 24", "v1.send_buffer) == 28");
        assertThatThrownBy(() -> compileProbe(probe, "-fshort-enums"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("offsetof(struct MvOpenChannelParams, v1.send_buffer) == 28");
    }

    @Test
    void cPlusPlusAcceptsTheHeaderWithoutWarning() throws Exception {
        ArmCompiler.requireInstalled("arm-none-eabi-g++", "apt-get install gcc-arm-none-eabi");
        Files.writeString(folder.resolve("probe.cpp"), "int main() { return mvNoOp(); }\n");
        ArmCompiler.run(
                folder,
                List.of(
                        "arm-none-eabi-g++",
                        "-std=c++17",
                        "-mcpu=cortex-m33",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-ffreestanding",
                        "-fsyntax-only",
                        "-include",
                        header().toString(),
                        "probe.cpp"));
    }

    @Test
    void deprecatedNamesWarnOnRequestOnly() throws Exception {
        Files.writeString(
                folder.resolve("probe.c"),
                "enum MvStatus f(MvChannelHandle h) { return mvReadChannelComplete(h, MV_CHANNELTYPE_OPAQUEBYTES); }\n");
        compile("probe.c", "-Werror");
        String warnings = compile("probe.c", "-DMV_WARN_DEPRECATED");
        assertThat(warnings).contains("'mvReadChannelComplete' is deprecated");
        assertThat(warnings).contains("'MV_CHANNELTYPE_OPAQUEBYTES' is deprecated");
    }

    private void compileProbe(String probe, String option)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("probe.c"), probe);
        compile("probe.c", option);
    }

    private String compile(String file, String option) throws IOException, InterruptedException {
        return ArmCompiler.run(
                folder,
                List.of(
                        "arm-none-eabi-gcc",
                        "-std=c11",
                        "-mcpu=cortex-m33",
                        "-mthumb",
                        "-Wall",
                        "-ffreestanding",
                        "-fsyntax-only",
                        option,
                        "-include",
                        header().toString(),
                        file));
    }

    private static Path header() {
        return SdkFilesTest.SDK.resolve("mv_syscalls.h");
    }
}
