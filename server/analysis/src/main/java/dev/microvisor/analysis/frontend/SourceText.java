package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The text of a file with the starts of its lines. Immutable but for the shared array. */
public final class SourceText {
    private final Path path;
    private final char[] chars;
    private volatile int[] lineStarts;
    private final boolean utf8;
    private volatile MacroText macros;

    SourceText(Path path, char[] chars, boolean utf8) {
        this.path = path;
        this.chars = chars;
        this.utf8 = utf8;
    }

    /** Found when somebody asks: of most headers nobody does. */
    private int[] lineStarts() {
        int[] known = lineStarts;
        if (known == null) {
            known = dev.microvisor.analysis.text.SourceText.lineStarts(CharBuffer.wrap(chars));
            lineStarts = known;
        }
        return known;
    }

    /** What it defines and mentions; found once, however many units include it. */
    MacroText macros() {
        MacroText known = macros;
        if (known == null) {
            known = new MacroText(path.getFileName().toString(), content());
            macros = known;
        }
        return known;
    }

    char[] chars() {
        return chars;
    }

    /** False when the bytes are no UTF-8 and were read as Latin-1. */
    boolean utf8() {
        return utf8;
    }

    public Path path() {
        return path;
    }

    public int lineCount() {
        return lineStarts().length;
    }

    /** 0-based line of an offset. */
    public int line(int offset) {
        int found = Arrays.binarySearch(lineStarts(), offset);
        return found >= 0 ? found : -found - 2;
    }

    /** True when a pattern is somewhere in the text. */
    public boolean has(Pattern pattern) {
        return pattern.matcher(CharBuffer.wrap(chars)).find();
    }

    boolean startsWith(String text) {
        return chars.length >= text.length()
                && text.contentEquals(CharBuffer.wrap(chars, 0, text.length()));
    }

    /** True when the text has these characters somewhere. */
    public boolean mentions(String word) {
        for (int i = 0; i + word.length() <= chars.length; i++) {
            int j = 0;
            while (j < word.length() && chars[i + j] == word.charAt(j)) {
                j++;
            }
            if (j == word.length()) {
                return true;
            }
        }
        return false;
    }

    /** The whole text. */
    public String content() {
        return new String(chars);
    }

    /** Text of a 0-based line without its end. */
    public String lineText(int line) {
        int start = lineStarts()[line];
        int end = line + 1 < lineStarts().length ? lineStarts()[line + 1] : chars.length;
        return new String(chars, start, end - start).stripTrailing();
    }

    public SourceRange range(int offset, int length) {
        int start = Math.min(Math.max(0, offset), chars.length);
        int end = Math.min(Math.max(start, offset + length), chars.length);
        int startLine = line(start);
        int endLine = line(end);
        return new SourceRange(
                path,
                startLine,
                start - lineStarts()[startLine],
                endLine,
                end - lineStarts()[endLine]);
    }

    /** The text of a range of this file. */
    public String text(SourceRange range) {
        int start = offset(range.startLine(), range.startColumn());
        int end = offset(range.endLine(), range.endColumn());
        return new String(chars, start, Math.max(0, end - start));
    }

    private int offset(int line, int column) {
        return Math.min(
                lineStarts()[Math.min(line, lineStarts().length - 1)] + column, chars.length);
    }
}
