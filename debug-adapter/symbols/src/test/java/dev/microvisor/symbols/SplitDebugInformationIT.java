package dev.microvisor.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in files of its own is not read, and that is said with what to do. */
class SplitDebugInformationIT {
    @ParameterizedTest
    @ValueSource(strings = {"-gdwarf-4", "-gdwarf-5"})
    void itIsNamedAndTheRestOfTheProgramIsThere(String version) throws IOException {
        Program program =
                Program.open(Toolchain.compile("flow.c", "-g", "-O0", version, "-gsplit-dwarf"));
        assertThat(program.functionNames()).containsValue("blend");
        assertThat(program.problems())
                .as("once, whatever the number of units")
                .filteredOn(p -> p.contains(".dwo"))
                .singleElement()
                .matches(p -> p.contains("flow") && p.contains("build without -gsplit-dwarf"));
    }
}
