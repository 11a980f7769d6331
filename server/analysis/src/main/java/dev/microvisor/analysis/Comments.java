package dev.microvisor.analysis;

import dev.microvisor.analysis.frontend.SourceText;
import java.util.ArrayList;
import java.util.List;

/** The comments of a source text, line by line: a word in a string is none. */
final class Comments {
    private Comments() {}

    /**
     * The part of a comment that stands on one line.
     *
     * @param text with its {@code //} or what there is of {@code /*} and {@code the end mark}
     * @param alone true when nothing else stands on the line
     */
    record Line(int line, int startColumn, int endColumn, String text, boolean alone) {}

    static List<Line> of(SourceText source) {
        List<Line> found = new ArrayList<>();
        boolean block = false;
        for (int line = 0; line < source.lineCount(); line++) {
            String text = source.lineText(line);
            int from = block ? 0 : -1;
            boolean code = false;
            int at = 0;
            while (at < text.length()) {
                if (block) {
                    int end = text.indexOf("*/", at);
                    int stop = end < 0 ? text.length() : end + 2;
                    boolean rest = end >= 0 && !text.substring(stop).isBlank();
                    found.add(
                            new Line(line, from, stop, text.substring(from, stop), !code && !rest));
                    block = end < 0;
                    at = stop;
                } else if (text.startsWith("//", at)) {
                    found.add(new Line(line, at, text.length(), text.substring(at), !code));
                    at = text.length();
                } else if (text.startsWith("/*", at)) {
                    block = true;
                    from = at;
                    at += 2;
                    if (at >= text.length()) {
                        found.add(new Line(line, from, at, text.substring(from), !code));
                    }
                } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
                    code = true;
                    at = afterLiteral(text, at);
                } else {
                    code |= !Character.isWhitespace(text.charAt(at));
                    at++;
                }
            }
        }
        return found;
    }

    private static int afterLiteral(String text, int at) {
        for (int i = at + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == text.charAt(at)) {
                return i + 1;
            }
        }
        // Digit separators of C++ are single quotes without an end.
        return text.charAt(at) == '"' ? text.length() : at + 1;
    }
}
