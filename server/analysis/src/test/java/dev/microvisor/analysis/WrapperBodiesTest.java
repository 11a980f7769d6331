package dev.microvisor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.settings.Wrapper;
import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code [[wrapper]]} says of a function holds at its calls. */
class WrapperBodiesTest {
    private static final String READS_OUT_PARAMETER =
            """
            static enum MvStatus last;
            void check(enum MvStatus status) { last = status; }
            void fail(void);
            uint32_t clock(void) {
                uint32_t hz;
                enum MvStatus status = mvGetHClk(&hz);
                %s
                return hz;
            }
            """;

    @TempDir Path folder;

    @Test
    void whatAcquiresThroughAPointerLeaks() throws IOException {
        String source =
                """
                enum MvStatus open_it(int kind, MvChannelHandle *handle);
                void run(void) {
                    MvChannelHandle handle = 0;
                    if (open_it(1, &handle) == MV_STATUS_OKAY) {
                        (void)mvSendHttpRequest(handle, 0);
                    }
                }
                """;
        assertThat(rules(source)).doesNotContain("channel-leak");
        assertThat(rules(source, acquires("open_it"))).contains("channel-leak");
    }

    @Test
    void whatAcquiresByItsResultLeaks() throws IOException {
        String source =
                """
                MvChannelHandle open_it(const char *host);
                void run(void) {
                    MvChannelHandle handle = open_it("x");
                    if (handle != 0) {
                        (void)mvSendHttpRequest(handle, 0);
                    }
                }
                """;
        assertThat(rules(source)).doesNotContain("channel-leak");
        assertThat(rules(source, acquires("open_it"))).contains("channel-leak");
        assertThat(
                        rules(
                                "bool close_it(MvChannelHandle handle);\n"
                                        + source.replace("0);\n    }", "0); close_it(handle);\n }"),
                                both()))
                .doesNotContain("channel-leak");
    }

    @Test
    void whatReleasesEndsTheHandle() throws IOException {
        String source =
                """
                bool close_it(MvChannelHandle handle);
                void run(MvChannelHandle handle, const struct MvHttpRequest *request) {
                    if (close_it(handle)) {
                        (void)mvSendHttpRequest(handle, request);
                    }
                }
                """;
        assertThat(rules(source)).doesNotContain("handle-use-after-close");
        assertThat(rules(source, releases())).contains("handle-use-after-close");
        assertThat(rules(source.replace("if (close", "if (!close"), releases()))
                .doesNotContain("handle-use-after-close");
    }

    @Test
    void whatChecksDealsWithTheStatus() throws IOException {
        String source = READS_OUT_PARAMETER.formatted("check(status);");
        assertThat(rules(source)).contains("uninit-out-param");
        assertThat(rules(source, new Wrapper("check", List.of(), List.of(), true, false)))
                .doesNotContain("uninit-out-param");
    }

    @Test
    void whatNeverReturnsEndsThePath() throws IOException {
        String source = READS_OUT_PARAMETER.formatted("if (status != MV_STATUS_OKAY) fail();");
        assertThat(rules(source)).contains("uninit-out-param");
        assertThat(rules(source, new Wrapper("fail", List.of(), List.of(), false, true)))
                .doesNotContain("uninit-out-param");
    }

    @Test
    void anUnknownResourceIsTold() throws IOException {
        Wrapper wrapper = new Wrapper("open_it", List.of("chanel"), List.of(), false, false);
        assertThat(lint("", wrapper).problems())
                .filteredOn(p -> p.what().contains("'chanel'"))
                .singleElement()
                .satisfies(p -> assertThat(p.advice()).contains("channel, "));
    }

    private static Wrapper acquires(String function) {
        return new Wrapper(function, List.of("channel"), List.of(), false, false);
    }

    private static Wrapper releases() {
        return new Wrapper("close_it", List.of(), List.of("channel"), false, false);
    }

    private static Wrapper[] both() {
        return new Wrapper[] {acquires("open_it"), releases()};
    }

    private List<String> rules(String source, Wrapper... wrappers) throws IOException {
        return lint(source, wrappers).findings().stream().map(Finding::rule).toList();
    }

    private LintResult lint(String source, Wrapper... wrappers) throws IOException {
        Path file = folder.resolve("app.c");
        Files.writeString(file, "#include <stdbool.h>\n#include \"mv_syscalls.h\"\n" + source);
        return new Linter(Catalog.bundled())
                .lint(
                        new LintRequest(
                                List.of(file),
                                Optional.empty(),
                                Map.of(),
                                LintRequest.Depth.FULL,
                                1,
                                f -> false,
                                List.of(wrappers),
                                List.of()),
                        CancelToken.NEVER);
    }
}
