package dev.microvisor.catalog.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The prebuilt firmware of the samples is what their sources give. */
class SampleFirmwareIT {
    private static final Path FIRMWARE =
            Path.of(System.getProperty("microvisor.root"), "samples", "firmware");
    private static final Pattern COMPILER = Pattern.compile("GCC: (\\([^)]+\\) \\S+ \\S+)");

    @TempDir Path build;

    @BeforeEach
    void toolsAreInstalled() {
        ArmCompiler.requireGcc();
        ArmCompiler.requireInstalled("cmake", "apt-get install cmake");
        ArmCompiler.requireInstalled("ninja", "apt-get install ninja-build");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config-fetch", "http-request", "mistakes"})
    void prebuiltElfIsWhatTheSourcesGive(String name) throws Exception {
        Path source = FIRMWARE.resolve(name);
        ArmCompiler.run(
                build,
                List.of(
                        "cmake",
                        "-G",
                        "Ninja",
                        "-S",
                        source.toString(),
                        "-B",
                        build.toString(),
                        "-DCMAKE_TOOLCHAIN_FILE=" + FIRMWARE.resolve("sdk/arm-none-eabi.cmake")));
        String output = ArmCompiler.run(build, List.of("cmake", "--build", build.toString()));
        assertThat(output).doesNotContain("warning:");
        Path built = build.resolve(name + ".elf");
        Path prebuilt = source.resolve(name + ".elf");
        if ("update".equals(System.getProperty("golden"))) {
            Files.copy(built, prebuilt, StandardCopyOption.REPLACE_EXISTING);
        }
        String theirs = compilerOf(built);
        String ours = compilerOf(prebuilt);
        assumeTrue(
                theirs.equals(ours),
                () -> "%s was built with gcc %s, here is %s".formatted(prebuilt, ours, theirs));
        assertThat(Arrays.equals(Files.readAllBytes(built), Files.readAllBytes(prebuilt)))
                .as("%s is out of date: rebuild it with -Dgolden=update", prebuilt)
                .isTrue();
    }

    /** The compiler's name for itself, which it leaves in section .comment. */
    private static String compilerOf(Path elf) throws IOException {
        String text = new String(Files.readAllBytes(elf), StandardCharsets.ISO_8859_1);
        Matcher matcher = COMPILER.matcher(text);
        assertThat(matcher.find()).as("%s names its compiler", elf).isTrue();
        return matcher.group(1);
    }
}
