package dev.microvisor.lsp.document;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.text.SourceText;
import java.nio.file.Path;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/** Turns the server's places into the client's, and back. */
public final class Places {
    private final Documents documents;

    public Places(Documents documents) {
        this.documents = documents;
    }

    /** A range of an analysed text, in the client's counting. */
    public Range range(SourceRange range, SourceText text) {
        return new Range(
                position(text, range.startLine(), range.startColumn()),
                position(text, range.endLine(), range.endColumn()));
    }

    public Location location(SourceRange range) {
        return new Location(uri(range.file()), range(range, documents.textOf(range.file())));
    }

    /** A file's address, as the client wrote it where it has the file open. */
    public String uri(Path file) {
        return documents.of(file).map(Document::uri).orElse(Uris.uri(file));
    }

    public Position position(SourceText text, int line, int column) {
        if (documents.encoding() == PositionEncoding.UTF_16) {
            return new Position(line, Math.max(0, column));
        }
        return new Position(line, documents.encoding().character(text.line(line), column));
    }

    public Position position(SourceText text, int offset) {
        return position(text, text.lineAt(offset), text.columnAt(offset));
    }

    public Range range(SourceText text, int startOffset, int endOffset) {
        return new Range(position(text, startOffset), position(text, endOffset));
    }

    public int offset(SourceText text, Position position) {
        String line = text.line(position.getLine());
        return text.offset(
                position.getLine(), documents.encoding().column(line, position.getCharacter()));
    }
}
