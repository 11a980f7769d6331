package dev.microvisor.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
    private static final String INITIALIZE =
            message(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\","
                            + "\"params\":{\"capabilities\":{}}}");
    private static final String HOVER_NOWHERE =
            message(
                    "{\"jsonrpc\":\"2.0\",\"id\":99,\"method\":\"textDocument/hover\",\"params\":"
                            + "{\"textDocument\":{\"uri\":\"file:///absent.c\"},"
                            + "\"position\":{\"line\":5,\"character\":5}}}");

    @TempDir Path folder;

    @Test
    void shutdownAndExitEndWithZero() {
        EditorFixture editor = new EditorFixture();
        editor.initialize(new ClientCapabilities());
        EditorFixture.get(editor.server.shutdown());
        editor.server.exit();
        assertThat(EditorFixture.get(editor.exitCode)).isZero();
    }

    @Test
    void anEditorThatDiesTakesTheServerAlong() {
        EditorFixture editor = new EditorFixture();
        editor.initialize(new ClientCapabilities());
        editor.hangUp();
        assertThat(EditorFixture.get(editor.exitCode)).isEqualTo(1);
    }

    @Test
    void anUnknownMethodIsAnErrorResponseAndTheServerStaysUp() {
        String out =
                talk(INITIALIZE + message("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x/y\"}"));
        assertThat(out).contains("\"id\":7").contains("-32601").contains("\"id\":99");
    }

    @Test
    void brokenJsonIsAnErrorResponseAndTheServerStaysUp() {
        String out = talk(INITIALIZE + message("{\"jsonrpc\":\"2.0\",\"id\":7,\"meth"));
        assertThat(out).contains("-32700").contains("\"id\":99");
    }

    @Test
    void paramsOfTheWrongTypeAreAnErrorResponseAndTheServerStaysUp() {
        String out =
                talk(
                        INITIALIZE
                                + message(
                                        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":"
                                                + "\"textDocument/hover\",\"params\":[1,2]}"));
        assertThat(out).contains("\"error\"").contains("\"id\":99");
    }

    @Test
    void aRequestTakenBackTooLateIsNotWorthALine() {
        Logger endpoint = Logger.getLogger(RemoteEndpoint.class.getName());
        List<String> lines = new ArrayList<>();
        Handler handler = new StreamHandler();
        handler.setFilter(entry -> lines.add(entry.getMessage()) && false);
        endpoint.addHandler(handler);
        try {
            String cancel = "{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":";
            assertThat(talk(INITIALIZE + message(cancel + "{\"id\":1}}"))).contains("\"id\":99");
        } finally {
            endpoint.removeHandler(handler);
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void aHeaderWithoutALengthIsPassedOver() {
        assertThat(talk("Content-Type: x\r\n\r\n" + INITIALIZE)).contains("\"id\":99");
    }

    @Test
    void aMessageThatIsTooLongIsPassedOverWithoutBeingStored() {
        String head = "Content-Length: " + Integer.MAX_VALUE + "\r\n\r\n{";
        assertThat(talkRaw(INITIALIZE + head)).contains("\"id\":1");
    }

    @Test
    void halfAMessageEndsTheSessionInOrder() {
        assertThat(talkRaw(INITIALIZE + "Content-Length: 500\r\n\r\n{\"jsonrpc\""))
                .contains("\"id\":1");
    }

    @Test
    void aFileThatIsTooLargeIsNotAnalysedAndTheServerSaysSo() {
        try (EditorFixture editor = new EditorFixture()) {
            editor.initialize(new ClientCapabilities());
            Path file = folder.resolve("huge.c");
            editor.open(file, "x".repeat(5 << 20));
            editor.idle();
            assertThat(editor.requests).isEmpty();
            assertThat(editor.log.toString()).contains("too large");
        }
    }

    @Test
    void aDocumentWithoutAPlaceOnDiskIsLeftAlone() {
        String open =
                message(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":"
                                + "{\"textDocument\":{\"uri\":\"untitled:a b\",\"languageId\":\"c\","
                                + "\"version\":1,\"text\":\"BAD\"}}}");
        assertThat(talk(INITIALIZE + open)).contains("\"id\":99").doesNotContain("'BAD'");
    }

    @Test
    void aBugInTheAnalysisIsLoggedAndTheServerStaysUp() {
        try (EditorFixture editor =
                new EditorFixture(
                        (request, cancel) -> {
                            if (request.overlays().containsValue("BUG")) {
                                throw new IllegalStateException("slot 7");
                            }
                            return EditorFixture.findBad(request, cancel);
                        })) {
            editor.initialize(new ClientCapabilities());
            Path file = folder.resolve("main.c");
            editor.open(file, "BUG");
            editor.idle();
            assertThat(editor.log.toString()).contains("slot 7");
            editor.replace(file, 2, "BAD");
            editor.idle();
            assertThat(editor.diagnostics(file)).hasSize(1);
        }
    }

    @Test
    void whatIsStillBeingTypedIsNotLogged() {
        try (EditorFixture editor =
                new EditorFixture(
                        (request, cancel) ->
                                new LintResult(
                                        request.paths(),
                                        List.of(),
                                        List.of(syntaxError(request.overlays().toString()))))) {
            editor.initialize(new ClientCapabilities());
            Path file = folder.resolve("main.c");
            editor.open(file, "half");
            editor.clock.advance(0);
            editor.replace(file, 2, "whole");
            editor.idle();
            assertThat(editor.log.toString()).contains("=whole").doesNotContain("=half");
        }
    }

    private Problem syntaxError(String text) {
        return new Problem(folder.resolve("main.c"), Optional.empty(), text, "", false);
    }

    /** What the server writes when it reads these bytes and one more request. */
    private static String talk(String bytes) {
        return talkRaw(bytes + HOVER_NOWHERE);
    }

    private static String talkRaw(String bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LanguageServerMain.run(
                new ByteArrayInputStream(bytes.getBytes(StandardCharsets.UTF_8)),
                out,
                "test",
                (request, cancel) -> new LintResult(List.of(), List.of(), List.of()),
                new ManualScheduler());
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String message(String json) {
        return "Content-Length: "
                + json.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n"
                + json;
    }
}
