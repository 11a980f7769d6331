package dev.microvisor.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stripped programs and their debug information in files of its own, as objcopy makes them. */
class DebugLinkIT {
    @TempDir Path folder;

    private Path whole;
    private Path stripped;
    private Path debug;

    @BeforeEach
    void strip() {
        whole = Toolchain.compile("flow.c", "-g", "-O0");
        stripped = folder.resolve("flow.elf");
        debug = folder.resolve("flow.debug");
        objcopy("--only-keep-debug", whole.toString(), debug.toString());
        objcopy("--strip-all", whole.toString(), stripped.toString());
        objcopy("--add-gnu-debuglink=" + debug, stripped.toString());
    }

    private static void objcopy(String... arguments) {
        List<String> command = new ArrayList<>(List.of("arm-none-eabi-objcopy"));
        command.addAll(List.of(arguments));
        Toolchain.run(command);
    }

    private void isLikeTheWholeProgram() throws IOException {
        Program expected = Program.open(whole);
        Program program = Program.open(stripped);
        assertThat(program.problems()).isEmpty();
        assertThat(program.hasDebugInformation()).isTrue();
        assertThat(program.name()).isEqualTo(stripped.toString());
        assertThat(program.functionNames()).isEqualTo(expected.functionNames());
        assertThat(program.startsOfFunction("blend")).isNotEmpty();
        assertThat(program.startsOfFunction("blend").toString())
                .isEqualTo(expected.startsOfFunction("blend").toString());
        long entry = expected.entryPoint();
        assertThat(program.storedBytes(entry & ~1L, 8))
                .isEqualTo(expected.storedBytes(entry & ~1L, 8));
    }

    @Test
    void itIsFoundBesideTheProgram() throws IOException {
        isLikeTheWholeProgram();
    }

    @Test
    void itIsFoundInTheFolderForIt() throws IOException {
        Files.createDirectory(folder.resolve(".debug"));
        Files.move(debug, folder.resolve(".debug/flow.debug"));
        isLikeTheWholeProgram();
    }

    @Test
    void oneThatIsNotThereIsNamed() throws IOException {
        Files.delete(debug);
        Program program = Program.open(stripped);
        assertThat(program.hasDebugInformation()).isFalse();
        assertThat(program.problems())
                .singleElement()
                .asString()
                .contains("is stripped", "in flow.debug, which is neither in " + folder);
    }

    @Test
    void oneOfAnotherBuildIsRefused() throws IOException {
        objcopy("--strip-debug", debug.toString());
        Program program = Program.open(stripped);
        assertThat(program.hasDebugInformation()).isFalse();
        assertThat(program.problems())
                .singleElement()
                .asString()
                .contains(debug + " belongs to another build");
    }

    @Test
    void oneThatIsNoElfFileIsRefused() throws IOException {
        Files.writeString(debug, "nothing");
        assertThat(Program.open(stripped).problems())
                .singleElement()
                .asString()
                .contains("is not an ELF file");
    }
}
