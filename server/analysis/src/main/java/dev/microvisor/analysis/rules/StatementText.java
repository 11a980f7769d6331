package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.text.SourceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The statements of one source text as a person would mark them: where each begins and where its
 * semicolon is. Reads tokens only, so that it also works where macros hide what the parser saw.
 */
final class StatementText {
    /** Words at the beginning of a statement that ends in a body. */
    private static final Set<String> BEFORE_BODY =
            Set.of(
                    "struct",
                    "union",
                    "enum",
                    "class",
                    "namespace",
                    "extern",
                    "typedef",
                    "static",
                    "else",
                    "do",
                    "try",
                    "switch",
                    "if",
                    "for",
                    "while");

    private final Path file;
    private final String text;
    private final int[] lineStarts;

    /** Offsets at which a statement may begin, in order. */
    private final List<Integer> starts = new ArrayList<>();

    /** Offsets of semicolons outside of parentheses and initialisers, in order. */
    private final List<Integer> ends = new ArrayList<>();

    StatementText(Path file, String text) {
        this.file = file;
        this.text = text;
        this.lineStarts = SourceText.lineStarts(text);
        scan();
    }

    private void scan() {
        List<Character> open = new ArrayList<>();
        List<Boolean> called = new ArrayList<>();
        boolean afterCall = false;
        char last = ';';
        boolean fresh = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int skipped = skip(i);
            if (skipped > i) {
                if (c != '/' && c != '#') {
                    fresh = started(i, fresh, open);
                    last = c;
                }
                i = skipped - 1;
                continue;
            }
            if (Character.isWhitespace(c)) {
                continue;
            }
            boolean inside = open.stream().anyMatch(o -> o != '{');
            if (c != '}' && c != '{' && c != ';') {
                fresh = started(i, fresh, open);
            }
            switch (c) {
                case '(', '[' -> {
                    open.add(c);
                    called.add(c == '(' && followsName(i));
                }
                case '{' -> {
                    // After "=", in another initialiser and after a type in parentheses it opens
                    // an initialiser; after a name with parentheses a body.
                    boolean value =
                            inside
                                    || last == '='
                                    || last == ','
                                    || (last == ')' && !afterCall)
                                    || opensUniform(i);
                    open.add(value ? '=' : '{');
                    called.add(false);
                    fresh = !value;
                }
                case ')', ']', '}' -> {
                    boolean block = !open.isEmpty() && open.get(open.size() - 1) == '{';
                    if (!open.isEmpty()) {
                        open.remove(open.size() - 1);
                        afterCall = called.remove(called.size() - 1);
                    }
                    fresh |= c == '}' && block;
                }
                case ';' -> {
                    if (!inside) {
                        ends.add(i);
                        fresh = true;
                    }
                }
                default -> {}
            }
            last = c;
        }
    }

    /** True for a parenthesis after a name: of parameters, arguments or a test. */
    private boolean followsName(int at) {
        int end = at;
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        int begin = end;
        while (begin > 0 && Character.isJavaIdentifierPart(text.charAt(begin - 1))) {
            begin--;
        }
        return begin < end && !text.substring(begin, end).equals("return");
    }

    /** C++: {@code name{value}}. */
    private boolean opensUniform(int at) {
        boolean glued = at > 0 && Character.isJavaIdentifierPart(text.charAt(at - 1));
        if (!glued || starts.isEmpty()) {
            return false;
        }
        return !BEFORE_BODY.contains(word(starts.get(starts.size() - 1)));
    }

    private boolean started(int at, boolean fresh, List<Character> open) {
        if (fresh && open.stream().allMatch(o -> o == '{')) {
            starts.add(at);
            return false;
        }
        return fresh;
    }

    /** The offset after a comment, a directive, a string or a character that begins here. */
    private int skip(int at) {
        char c = text.charAt(at);
        if (text.startsWith("//", at)) {
            return endOfLine(at);
        }
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            return end < 0 ? text.length() : end + 2;
        }
        if (c == '#' && text.substring(lineStart(at), at).isBlank()) {
            int end = endOfLine(at);
            while (end > 0 && end < text.length() && text.charAt(end - 1) == '\\') {
                end = endOfLine(end + 1);
            }
            return end;
        }
        if (c == '"' || c == '\'') {
            for (int i = at + 1; i < text.length(); i++) {
                if (text.charAt(i) == '\\') {
                    i++;
                } else if (text.charAt(i) == c || text.charAt(i) == '\n') {
                    return i + 1;
                }
            }
            return text.length();
        }
        return at;
    }

    private int endOfLine(int at) {
        int end = text.indexOf('\n', Math.min(at, text.length()));
        return end < 0 ? text.length() : end;
    }

    private int lineStart(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return lineStarts[found >= 0 ? found : -found - 2];
    }

    int offset(int line, int column) {
        return Math.min(lineStarts[Math.min(line, lineStarts.length - 1)] + column, text.length());
    }

    SourceRange range(int start, int end) {
        int first = line(start);
        int last = line(end);
        return new SourceRange(
                file, first, start - lineStarts[first], last, end - lineStarts[last]);
    }

    private int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }

    /**
     * The place before the statement that holds an offset; empty where nothing may be put, such as
     * between {@code if} and its only statement.
     */
    Optional<Integer> before(int offset) {
        int start = -1;
        for (int candidate : starts) {
            if (candidate > offset) {
                break;
            }
            start = candidate;
        }
        if (start < 0) {
            return Optional.empty();
        }
        String word = word(start);
        boolean tail = word.equals("else") || word.equals("case") || word.equals("default");
        boolean doWhile = word.equals("while") && previous(start) == '}';
        boolean inner = word.equals("if") || word.equals("while") || word.equals("for");
        // The braceless body of a test runs only after it.
        boolean body = inner && offset > closing(start);
        return tail || doWhile || body ? Optional.empty() : Optional.of(start);
    }

    private String word(int at) {
        int end = at;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        return text.substring(at, end);
    }

    /** The last character before an offset that is no white space. */
    char previous(int offset) {
        int at = offset - 1;
        while (at >= 0 && Character.isWhitespace(text.charAt(at))) {
            at--;
        }
        return at < 0 ? ';' : text.charAt(at);
    }

    /** The offset of the parenthesis that closes the first one after an offset. */
    private int closing(int from) {
        int depth = 0;
        for (int i = text.indexOf('(', from); i >= 0 && i < text.length(); i++) {
            int skipped = skip(i);
            if (skipped > i) {
                i = skipped - 1;
            } else if (text.charAt(i) == '(') {
                depth++;
            } else if (text.charAt(i) == ')' && --depth == 0) {
                return i;
            }
        }
        return text.length();
    }

    /** The offset after the brace that follows the end of a test; empty when there is none. */
    Optional<Integer> bodyAfter(int offset) {
        for (int i = offset; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                return Optional.of(i + 1);
            }
            if (c != ')' && !Character.isWhitespace(c)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** True when a statement begins exactly here, so that it can be removed or preceded. */
    boolean isStart(int offset) {
        return starts.contains(offset);
    }

    /** The offset after the semicolon that ends the statement with an offset in it. */
    Optional<Integer> after(int offset) {
        return ends.stream().filter(e -> e >= offset).findFirst().map(e -> e + 1);
    }

    /** The white space at the beginning of the line with an offset. */
    String indent(int offset) {
        int start = lineStart(offset);
        int end = start;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return text.substring(start, end);
    }

    /** A stretch with the line it stands on, when nothing else stands there. */
    SourceRange withLine(int start, int end) {
        int first = lineStart(start);
        int last = endOfLine(end);
        boolean alone =
                text.substring(first, start).isBlank() && text.substring(end, last).isBlank();
        return alone && last < text.length() ? range(first, last + 1) : range(start, end);
    }

    int length() {
        return text.length();
    }

    String slice(int start, int end) {
        return text.substring(start, end);
    }

    /** The line end that this file uses. */
    String newline() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }
}
