package dev.microvisor.analysis.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.project.ProjectModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        ProjectModel model =
                ProjectModel.of(
                        new LintRequest(
                                List.of(file),
                                Optional.empty(),
                                Map.of(),
                                LintRequest.Depth.FULL,
                                1),
                        CancelToken.NEVER);
        FrontEnd frontEnd =
                new FrontEnd(
                        new SourceCache(Map.of(), () -> "", Memory.ofOneLint()),
                        LintRequest.Depth.FULL,
                        f -> f.startsWith(folder),
                        Map.of(),
                        (read, of) -> {});
        List<Function> functions =
                frontEnd.read(model.units(), 1, CancelToken.NEVER).get(0).functions();
        assertThat(functions.get(0).stores().map(Instr.Store::place))
                .hasSize(1)
                .allMatch(place -> place.type().isVolatile());
    }
}
