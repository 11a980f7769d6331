package dev.microvisor.lsp.document;

import dev.microvisor.analysis.text.SourceText;
import java.util.Optional;

/**
 * A C identifier in a text, outside comments and literals.
 *
 * @param start offset of its first character
 * @param end offset behind its last
 */
public record Word(String name, int start, int end) {
    /** The identifier at an offset, or just before it. */
    public static Optional<Word> at(SourceText text, int offset) {
        String content = text.content();
        int start = offset;
        while (start > 0 && Character.isJavaIdentifierPart(content.charAt(start - 1))) {
            start--;
        }
        int end = offset;
        while (end < content.length() && Character.isJavaIdentifierPart(content.charAt(end))) {
            end++;
        }
        boolean isName = start < end && Character.isJavaIdentifierStart(content.charAt(start));
        return isName && CodeScan.isCode(content, start)
                ? Optional.of(new Word(content.substring(start, end), start, end))
                : Optional.empty();
    }
}
