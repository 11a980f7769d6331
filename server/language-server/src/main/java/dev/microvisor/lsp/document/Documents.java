package dev.microvisor.lsp.document;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.text.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentItem;

/** The open documents. Changed by the thread that reads the protocol, read by all. */
public final class Documents {
    private final Map<String, Document> open = new ConcurrentHashMap<>();
    private volatile PositionEncoding encoding = PositionEncoding.UTF_16;

    public void setEncoding(PositionEncoding encoding) {
        this.encoding = encoding;
    }

    public PositionEncoding encoding() {
        return encoding;
    }

    public Document open(TextDocumentItem item) {
        String uri = item.getUri();
        Document document =
                new Document(uri, Uris.path(uri), item.getVersion(), SourceText.of(item.getText()));
        open.put(uri, document);
        return document;
    }

    public Optional<Document> close(String uri) {
        return Optional.ofNullable(open.remove(uri));
    }

    public Optional<Document> get(String uri) {
        return Optional.ofNullable(open.get(uri));
    }

    public Collection<Document> all() {
        return List.copyOf(open.values());
    }

    /** The unsaved contents of all documents that have a place on disk. */
    public Map<Path, String> overlays() {
        Map<Path, String> overlays = new HashMap<>();
        for (Document document : open.values()) {
            document.path().ifPresent(p -> overlays.put(p, document.text().content()));
        }
        return overlays;
    }

    /** The text of a file: the editor's where it is open, else that on disk, else nothing. */
    public SourceText textOf(Path file) {
        for (Document document : open.values()) {
            if (document.path().filter(file::equals).isPresent()) {
                return document.text();
            }
        }
        try {
            return SourceText.read(file);
        } catch (IOException e) {
            return SourceText.of("");
        }
    }

    /** The open document of a file. */
    public Optional<Document> of(Path file) {
        return open.values().stream()
                .filter(d -> d.path().filter(file::equals).isPresent())
                .findFirst();
    }

    /** What a change did. */
    public record Changed(Document document, List<LineChange> lines) {
        public Changed {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Applies changes in their order. Empty when the document is not open: a client that is out of
     * step gets no answer instead of a crash.
     */
    public Optional<Changed> change(
            String uri, int version, List<TextDocumentContentChangeEvent> changes) {
        Document before = open.get(uri);
        if (before == null) {
            return Optional.empty();
        }
        SourceText text = before.text();
        List<LineChange> lines = new ArrayList<>();
        for (TextDocumentContentChangeEvent change : changes) {
            if (change.getRange() == null) {
                SourceText replaced = SourceText.of(change.getText());
                lines.add(whole(text, replaced));
                text = replaced;
            } else {
                SourceRange range = range(text, change);
                SourceText edited = text.with(List.of(new TextEdit(range, change.getText())));
                lines.add(
                        new LineChange(
                                range.startLine(),
                                range.endLine(),
                                edited.lineCount() - text.lineCount()));
                text = edited;
            }
        }
        Document after = new Document(uri, before.path(), version, text);
        open.put(uri, after);
        return Optional.of(new Changed(after, lines));
    }

    /** The lines that differ between two whole texts: what is equal at both ends stayed. */
    private static LineChange whole(SourceText before, SourceText after) {
        int same = Math.min(before.lineCount(), after.lineCount());
        int first = 0;
        while (first < same && before.line(first).equals(after.line(first))) {
            first++;
        }
        int delta = after.lineCount() - before.lineCount();
        int last = before.lineCount() - 1;
        while (last > first
                && last + delta > first
                && before.line(last).equals(after.line(last + delta))) {
            last--;
        }
        return new LineChange(first, Math.max(first, last), delta);
    }

    private SourceRange range(SourceText text, TextDocumentContentChangeEvent change) {
        Position start = change.getRange().getStart();
        Position end = change.getRange().getEnd();
        return new SourceRange(
                Path.of(""),
                start.getLine(),
                encoding.column(text.line(start.getLine()), start.getCharacter()),
                end.getLine(),
                encoding.column(text.line(end.getLine()), end.getCharacter()));
    }
}
