package dev.microvisor.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.microvisor.symbols.scope.Variable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares names and sizes of types with gdb. */
class TypeComparisonIT {
    @ParameterizedTest
    @CsvSource({
        "types.c,-gdwarf-4",
        "types.c,-gdwarf-5",
        "classes.cpp,-gdwarf-4",
        "classes.cpp,-gdwarf-5",
        "types.c,-fdebug-types-section",
        "types.c,-gz",
    })
    void namesAndSizesAreThoseOfGdb(String source, String flag) throws IOException {
        Toolchain.need("gdb-multiarch", "gdb-multiarch");
        Path elf = Toolchain.compile(source, "-g", flag, "-O0");
        Program program = Program.open(elf);
        List<String> command = new ArrayList<>(List.of("gdb-multiarch", "-batch", "-nx"));
        command.add(elf.toString());
        List<Variable> globals =
                program.globals().stream()
                        .filter(variable -> !variable.name().startsWith("__dso"))
                        .filter(variable -> !variable.name().contains("anonymous"))
                        .toList();
        for (Variable variable : globals) {
            String name = variable.name();
            command.addAll(List.of("-ex", "whatis " + name, "-ex", "print sizeof(" + name + ")"));
        }
        List<String> answers =
                Toolchain.run(command)
                        .lines()
                        .filter(line -> line.matches("type = .*|\\$\\d+ = .*"))
                        .toList();
        assertEquals(2 * globals.size(), answers.size(), answers::toString);
        for (int i = 0; i < globals.size(); i++) {
            String expected = answers.get(2 * i).substring("type = ".length());
            String size = answers.get(2 * i + 1).replaceAll(".* = ", "");
            Variable variable = globals.get(i);
            String ours = variable.type().toString();
            assertEquals(normalised(expected), normalised(ours), variable.name());
            assertEquals(size, String.valueOf(variable.type().sizeBytes()), variable.name());
        }
        assertTrue(globals.size() >= 4, "compared " + globals.size() + " types");
        assertEquals(List.of(), program.problems());
    }

    /** gdb shortens base types inside template arguments, and is of two minds about spaces. */
    private static String normalised(String type) {
        return type.replace("short int", "short").replace(" [", "[");
    }
}
