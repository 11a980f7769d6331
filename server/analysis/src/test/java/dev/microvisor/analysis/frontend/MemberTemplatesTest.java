package dev.microvisor.analysis.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.ir.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Member functions that are templates are read, in plain classes and in templates. */
class MemberTemplatesTest {
    @Test
    void memberTemplatesAreFunctionsOfTheirClass(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("a.cpp"),
                        """
                        struct Plain {
                            template <typename Visit> void each(Visit &&visit) { visit(first); }
                            int first = 0;
                        };
                        template <unsigned Records> class Ring {
                        public:
                            template <typename Visit> void drain(Visit &&visit) {
                                visit(records[0]);
                                records[0] = 0;
                            }
                        private:
                            int records[Records] {};
                        };
                        """);
        assertThat(Functions.of(file)).extracting(Function::name).contains("each", "drain");
    }
}
