package dev.microvisor.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.CompletionCapabilities;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemCapabilities;
import org.eclipse.lsp4j.CompletionItemInsertTextModeSupportCapabilities;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.InsertTextMode;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
    private static final String[] CLOSE_CHANNEL = {
        "MV_STATUS_OKAY",
        "MV_STATUS_PARAMETERFAULT",
        "MV_STATUS_INVALIDHANDLE",
        "MV_STATUS_CHANNELCLOSED"
    };

    @TempDir Path folder;
    private EditorFixture editor;
    private Path main;

    @BeforeEach
    void start() {
        editor = new EditorFixture();
        main = folder.resolve("main.c");
        editor.initialize(new ClientCapabilities());
    }

    @AfterEach
    void stop() {
        editor.close();
    }

    @Test
    void aComparisonOffersTheStatusesOfTheCall() {
        check("s = mvCloseChannel(&h);\nif (s == $0", CLOSE_CHANNEL);
        check("if (mvCloseChannel(&h) != MV_$0", CLOSE_CHANNEL);
        check("s = mvCloseChannel(&h); switch (s) { case X: break; case $0", CLOSE_CHANNEL);
        check("switch (mvCloseChannel(&h)) { case $0", CLOSE_CHANNEL);
    }

    @Test
    void anInitialiserOffersTheFieldsItLacks() {
        check("struct MvHttpHeader h = { .data = x, .$0 };", ".length");
        check("struct MvOpenChannelParams p = { $0", ".version", ".v1");
    }

    @Test
    void aNewStructureIsFilledInWithItsVersion() {
        List<CompletionItem> items = complete("  struct MvOpenChannelParams p = $0");
        assertThat(items).hasSize(1);
        assertThat(items.get(0).getTextEdit().getLeft().getNewText())
                .startsWith("{\n      .version = 1,\n      .v1 = {\n          .")
                .endsWith("\n      },\n  }");
    }

    @Test
    void aClientThatIndentsItselfGetsNoIndentationAndIsTold() {
        ClientCapabilities capabilities = new ClientCapabilities();
        CompletionItemCapabilities item = new CompletionItemCapabilities(true);
        item.setInsertTextModeSupport(
                new CompletionItemInsertTextModeSupportCapabilities(
                        List.of(InsertTextMode.AsIs, InsertTextMode.AdjustIndentation)));
        TextDocumentClientCapabilities text = new TextDocumentClientCapabilities();
        text.setCompletion(new CompletionCapabilities(item));
        capabilities.setTextDocument(text);
        editor.close();
        editor = new EditorFixture();
        editor.initialize(capabilities);
        CompletionItem filled = complete("\tstruct MvOpenChannelParams p = $0").get(0);
        assertThat(filled.getInsertTextMode()).isEqualTo(InsertTextMode.AdjustIndentation);
        assertThat(filled.getTextEdit().getLeft().getNewText())
                .startsWith(
                        "{\n    .version = 1,\n    .v1 = {\n        .notification_handle = ${2:0}")
                .endsWith("\n    },\n}");
    }

    @Test
    void elsewhereNothingIsOffered() {
        check("$0");
        check("mv$0");
        check("int x = $0");
        check("if (a == $0");
        check("foo($0");
        check("// if (mvCloseChannel(&h) == $0");
        check("struct other o = { $0");
    }

    @Test
    void lensesTellUsesAndClosingOfWhatIsOpened() {
        editor.open(
                main,
                "s = mvOpenChannel(&p, &c.h);\n"
                        + "mvSendHttpRequest(c.h, &r); // mvCloseChannel(&c.h)\n"
                        + "mvCloseChannel(&c.h);\n");
        assertThat(lenses()).isEmpty();
        settings("{\"codeLens\": true}");
        assertThat(lenses().stream().map(l -> l.getCommand().getTitle()))
                .containsExactly("channel c.h: 1 use, closed in line 3");
    }

    @Test
    void hintsDecodeConstantsWhenAskedFor() {
        editor.open(main, "if (s == MV_STATUS_PARAMETERFAULT) \"MV_STATUS_OKAY\";\n");
        assertThat(hints()).isEmpty();
        settings("{\"microvisor\": {\"inlayHints\": true}}");
        assertThat(hints().stream().map(h -> h.getLabel().getLeft()))
                .hasSize(1)
                .allMatch(label -> label.startsWith(" = 0x"));
    }

    private void settings(String json) {
        editor.server
                .getWorkspaceService()
                .didChangeConfiguration(
                        new DidChangeConfigurationParams(JsonParser.parseString(json)));
        editor.sync();
    }

    private List<? extends CodeLens> lenses() {
        return EditorFixture.get(
                editor.server.getTextDocumentService().codeLens(new CodeLensParams(document())));
    }

    private List<InlayHint> hints() {
        Range all = new Range(new Position(0, 0), new Position(9, 0));
        return EditorFixture.get(
                editor.server
                        .getTextDocumentService()
                        .inlayHint(new InlayHintParams(document(), all)));
    }

    private TextDocumentIdentifier document() {
        return new TextDocumentIdentifier(EditorFixture.uri(main));
    }

    private void check(String marked, String... labels) {
        assertThat(complete(marked).stream().map(CompletionItem::getLabel))
                .as(marked)
                .containsExactly(labels);
    }

    private List<CompletionItem> complete(String marked) {
        String before = marked.substring(0, marked.indexOf("$0"));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        int character = before.length() - before.lastIndexOf('\n') - 1;
        editor.open(main, marked.replace("$0", ""));
        return EditorFixture.get(
                        editor.server
                                .getTextDocumentService()
                                .completion(
                                        new CompletionParams(
                                                document(), new Position(line, character))))
                .getLeft();
    }
}
