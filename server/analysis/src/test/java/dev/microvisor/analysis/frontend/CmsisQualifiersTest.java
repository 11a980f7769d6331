package dev.microvisor.analysis.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the CMSIS calls volatile is volatile, whether its headers are among the sources or not. */
class CmsisQualifiersTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__IO int ticks;\nvoid tick(void) { ticks = 1; }\n",
                "static __IOM int ticks;\nvoid tick(void) { ticks = 1; }\n",
                "#define __IO volatile\n__IO int ticks;\nvoid tick(void) { ticks = 1; }\n",
            })
    void areVolatile(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("a.c"), text);
        List<Function> functions = Functions.of(file);
        assertThat(functions.get(0).stores().map(Instr.Store::place))
                .hasSize(1)
                .allMatch(place -> place.type().isVolatile());
    }
}
