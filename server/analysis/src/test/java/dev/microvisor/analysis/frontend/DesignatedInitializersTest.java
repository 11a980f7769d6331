package dev.microvisor.analysis.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Lints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C++20's designated initialisers are read wherever they may stand, and where they stand. */
class DesignatedInitializersTest {
    private static final String HEAD =
            """
            #include "mv_syscalls.h"
            #include <stdint.h>
            static const MvHttpHeader none[1] = {};
            static inline void check(MvStatus s) { if (s != MV_STATUS_OKAY) { for (;;) {} } }
            """;
    private static final String FIELDS =
            ".method = {.data = (const uint8_t *)\"GET\", .length = 3}, .url{.data = (const uint8_t *)"
                    + "\"https://a.b\", .length = 11}, .num_headers = 0, .headers = none,"
                    + " .body = {.data = nullptr, .length = 0}, .timeout_ms = 15000";

    @TempDir Path folder;

    private LintResult lint(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("main.cpp"), text);
        return Lints.full(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MvHttpRequest r = {LIST};",
                "MvHttpRequest r{LIST};",
                "const struct MvHttpRequest r{LIST};",
                "const auto r = MvHttpRequest{LIST};",
                "MvHttpRequest r = (MvHttpRequest){LIST};",
                "MvHttpRequest r; r = {LIST};",
                "MvHttpRequest r; r = MvHttpRequest{LIST};",
                "MvHttpRequest a[2] = {{.timeout_ms = 5000}, {LIST}}; MvHttpRequest &r = a[1];",
                "MvHttpRequest a[]{{.timeout_ms = 5000}, {LIST}}; MvHttpRequest &r = a[1];",
                "struct Both { int n; MvHttpRequest r; } b{.n = 1, .r = {LIST}}; auto &r = b.r;",
                "MvHttpRequest r = c != 0 ? MvHttpRequest{LIST} : MvHttpRequest{LIST};",
                "static const MvHttpRequest r{LIST};",
            })
    void inABody(String statements) throws IOException {
        String body = statements.replace("LIST", FIELDS);
        isUnderstood(
                "void f(MvChannelHandle c) { " + body + " check(mvSendHttpRequest(c, &r)); }\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static MvHttpRequest make() { return {LIST}; }\n"
                        + "void f(MvChannelHandle c) { auto r = make(); check(mvSendHttpRequest(c, &r)); }",
                "static MvHttpRequest make() { return MvHttpRequest{LIST}; }\n"
                        + "void f(MvChannelHandle c) { auto r = make(); check(mvSendHttpRequest(c, &r)); }",
                "static MvStatus send(MvChannelHandle c, const MvHttpRequest &r) {\n"
                        + "    return mvSendHttpRequest(c, &r);\n}\n"
                        + "void f(MvChannelHandle c) { check(send(c, {LIST})); }",
                "static MvStatus send(MvChannelHandle c, const MvHttpRequest &r) {\n"
                        + "    return mvSendHttpRequest(c, &r);\n}\n"
                        + "void f(MvChannelHandle c) { check(send(c, MvHttpRequest{LIST})); }",
                "void f(MvChannelHandle c) {\n"
                        + "    if (MvHttpRequest r{LIST}; mvSendHttpRequest(c, &r) != MV_STATUS_OKAY) {\n"
                        + "        for (;;) {}\n    }\n}",
                "void f(MvChannelHandle c) {\n"
                        + "    auto go = [c](int) { MvHttpRequest r{LIST}; check(mvSendHttpRequest(c, &r)); };\n"
                        + "    go(1);\n}",
                "static constexpr MvHttpRequest r{LIST};\n"
                        + "void f(MvChannelHandle c) { check(mvSendHttpRequest(c, &r)); }",
            })
    void acrossFunctions(String source) throws IOException {
        isUnderstood(source.replace("LIST", FIELDS) + "\n");
    }

    private void isUnderstood(String source) throws IOException {
        LintResult result = lint(HEAD + source);
        assertThat(result.problems()).noneMatch(p -> p.what().contains("syntax error"));
        assertThat(result.findings()).extracting(Finding::rule).contains("timeout-range");
    }

    /** These are read; what becomes of members of objects is another matter. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct A { MvHttpRequest r{LIST}; };",
                "struct A { A() : r{LIST}, n{1} {} MvHttpRequest r; int n; };",
                "MvHttpRequest *make() { return new MvHttpRequest{LIST}; }",
                "template <class T> T made() { return T{LIST}; }\nvoid f() { made<MvHttpRequest>(); }",
            })
    void withoutASyntaxError(String source) throws IOException {
        assertThat(lint(HEAD + source.replace("LIST", FIELDS)).problems())
                .noneMatch(p -> p.what().contains("syntax error"));
    }

    @Test
    void whatFollowsStaysWhereItIs() throws IOException {
        String source =
                HEAD
                        + "static int sum(MvHttpRequest) { return 0; }\n"
                        + "void f(MvChannelHandle c) {\n"
                        + "    int a = sum(MvHttpRequest{.timeout_ms = 1}); mvSendHttpRequest(c, nullptr);\n"
                        + "}\n";
        Finding unchecked =
                lint(source).findings().stream()
                        .filter(f -> f.rule().equals("unchecked-status"))
                        .findFirst()
                        .orElseThrow();
        assertThat(unchecked.range().startLine()).isEqualTo(6);
        assertThat(unchecked.range().startColumn())
                .isEqualTo(source.lines().toList().get(6).indexOf("mvSend"));
    }

    @Test
    void bracesAtTheEndOfAFileAndOfAConditionAreLeftAlone() throws IOException {
        assertThat(
                        lint("#ifdef __cplusplus\nnamespace a {\n#endif\nint x = 1;\n#ifdef __cplusplus\n}\n#endif\n"
                                        + "void f() { int y{}; (void)y; }\n")
                                .problems())
                .noneMatch(p -> p.what().contains("syntax error"));
        assertThat(lint("struct A {").findings()).isEmpty();
    }
}
