package dev.microvisor.analysis.text;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The text of one source file, addressed by 0-based line and column in UTF-16 units. Immutable.
 *
 * <p>A position outside the text is moved to the nearest place inside it: positions come from
 * editors and from analyses of an older text, and neither may crash the reader.
 */
public final class SourceText {
    private final String content;
    private final Charset charset;
    private final int[] lineStarts;

    private SourceText(String content, Charset charset) {
        this.content = content;
        this.charset = charset;
        this.lineStarts = lineStarts(content);
    }

    public static SourceText of(String content) {
        return new SourceText(content, StandardCharsets.UTF_8);
    }

    /**
     * Reads a file as UTF-8, or as ISO 8859-1 when it is not valid UTF-8: every byte sequence has a
     * reading, and {@link #bytes()} of unchanged text gives the same bytes back.
     */
    public static SourceText read(Path file) throws IOException {
        return decode(Files.readAllBytes(file));
    }

    /** The same for bytes that do not come from a file. */
    public static SourceText decode(byte[] bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new SourceText(text, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return new SourceText(
                    new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        }
    }

    /** Offsets at which lines begin; CR, LF and CR LF end one. */
    public static int[] lineStarts(CharSequence text) {
        int[] starts = new int[64];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends =
                    c == '\n'
                            || (c == '\r'
                                    && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (ends) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }

    public String content() {
        return content;
    }

    /** The text in the encoding in which it was read. */
    public byte[] bytes() {
        return content.getBytes(charset);
    }

    public int lineCount() {
        return lineStarts.length;
    }

    /** A line without its line end; empty outside the text. */
    public String line(int line) {
        if (line < 0 || line >= lineStarts.length) {
            return "";
        }
        return content.substring(lineStarts[line], lineEnd(line));
    }

    private int lineEnd(int line) {
        int end = line + 1 < lineStarts.length ? lineStarts[line + 1] : content.length();
        while (end > lineStarts[line] && isLineEnd(content.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    public int offset(int line, int column) {
        if (line < 0) {
            return 0;
        }
        if (line >= lineStarts.length) {
            return content.length();
        }
        return Math.min(lineStarts[line] + Math.max(0, column), lineEnd(line));
    }

    /** The line of an offset. */
    public int lineAt(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }

    /** The column of an offset, in UTF-16 units. */
    public int columnAt(int offset) {
        return offset - lineStarts[lineAt(offset)];
    }

    public String slice(SourceRange range) {
        int start = offset(range.startLine(), range.startColumn());
        return content.substring(
                start, Math.max(start, offset(range.endLine(), range.endColumn())));
    }

    /** The line end that this file uses, for text that is inserted as a line of its own. */
    public String lineSeparator() {
        return content.contains("\r\n") ? "\r\n" : "\n";
    }

    /**
     * This text with {@code edits} made; they must not overlap. Their file names are not looked at.
     */
    public SourceText with(List<TextEdit> edits) {
        List<TextEdit> ordered = new ArrayList<>(edits);
        ordered.sort(
                Comparator.comparingInt(
                        e -> offset(e.range().startLine(), e.range().startColumn())));
        StringBuilder text = new StringBuilder();
        int done = 0;
        for (TextEdit edit : ordered) {
            int start = offset(edit.range().startLine(), edit.range().startColumn());
            if (start < done) {
                throw new IllegalArgumentException("edits overlap at line " + lineAt(start));
            }
            text.append(content, done, start).append(edit.newText());
            done = Math.max(start, offset(edit.range().endLine(), edit.range().endColumn()));
        }
        text.append(content, done, content.length());
        return new SourceText(text.toString(), charsetFor(text));
    }

    private Charset charsetFor(CharSequence text) {
        return charset.newEncoder().canEncode(text) ? charset : StandardCharsets.UTF_8;
    }
}
