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

/** What the parser cannot read may do anything: no finding may rest on its doing nothing. */
class UnreadTextTest {
    @TempDir Path folder;

    @Test
    void withoutSyntaxErrorsTheHandleIsCertainlyZero() throws IOException {
        assertThat(lint("(void)request;").findings())
                .extracting(Finding::rule)
                .contains("invalid-handle-use");
    }

    @Test
    void aStatementThatDoesNotParseMayOpenTheChannel() throws IOException {
        LintResult result = lint("channel = = open_it();");
        assertThat(result.problems()).anyMatch(p -> p.what().startsWith("syntax error"));
        assertThat(result.findings())
                .extracting(Finding::rule)
                .doesNotContain("invalid-handle-use");
    }

    private LintResult lint(String statement) throws IOException {
        Path file = folder.resolve("main.c");
        Files.writeString(
                file,
                """
                #include "mv_syscalls.h"
                static MvChannelHandle channel;
                enum MvStatus send(const struct MvHttpRequest *request) {
                    %s
                    return mvSendHttpRequest(channel, request);
                }
                """
                        .formatted(statement));
        return Lints.full(file);
    }
}
