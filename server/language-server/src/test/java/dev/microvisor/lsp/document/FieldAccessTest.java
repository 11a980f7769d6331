package dev.microvisor.lsp.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.text.SourceText;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FieldAccessTest {
    @Test
    void aMemberOfADeclaredVariable() {
        check("struct MvHttpRequest req; req.time$0out_ms = 1;", "MvHttpRequest", "timeout_ms");
        check("void f(const struct MvHttpRequest *r) { r->ur$0l; }", "MvHttpRequest", "url");
        check(
                "struct MvOpenChannelParams p = {0}; p.v1.send_$0buffer",
                "MvOpenChannelParams", "v1.send_buffer");
    }

    @Test
    void theNearestDeclarationCounts() {
        check("struct MvHttpHeader a; struct MvHttpRequest a; a.ur$0l", "MvHttpRequest", "url");
    }

    @Test
    void aDesignatorBelongsToTheStructureAroundIt() {
        check(
                "struct MvHttpRequest r = { .url = x, .time$0out_ms = 1 };",
                "MvHttpRequest",
                "timeout_ms");
        check(
                "struct MvOpenChannelParams p = { .version = 1, .v1 = { .a = b, .send_$0buffer = t } };",
                "MvOpenChannelParams",
                "v1.send_buffer");
        check("f(&(struct MvHttpHeader){ .da$0ta = x });", "MvHttpHeader", "data");
        check("struct MvHttpHeader h[] = { { .da$0ta = x } };", "MvHttpHeader", "data");
    }

    @Test
    void withoutADeclarationInSightNothingIsClaimed() {
        check("q.time$0out_ms = 1;", null, "timeout_ms");
        check("x = { .da$0ta = y };", null, "data");
    }

    @Test
    void aPlainNameIsNoField() {
        assertThat(at("time$0out_ms = 1;")).isEmpty();
        assertThat(at("$0x")).isEmpty();
    }

    private static void check(String marked, String struct, String path) {
        assertThat(at(marked))
                .as(marked)
                .contains(new FieldAccess(Optional.ofNullable(struct), path));
    }

    private static Optional<FieldAccess> at(String marked) {
        int cursor = marked.indexOf("$0");
        SourceText text = SourceText.of(marked.replace("$0", ""));
        return FieldAccess.at(text, Word.at(text, cursor).orElseThrow());
    }
}
