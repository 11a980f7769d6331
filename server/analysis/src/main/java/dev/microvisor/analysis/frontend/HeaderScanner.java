package dev.microvisor.analysis.frontend;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one {@link HeaderScan}; used once. */
final class HeaderScanner {
    /** Deeper conditions than this make a file opaque. */
    private static final int MAX_CONDITIONS = 200;

    private static final Pattern DEFINED =
            Pattern.compile("\\(*\\s*defined\\s*\\(?\\s*([A-Za-z_]\\w*)\\s*\\)*");

    private final char[] text;
    private final NameTable names;
    private final boolean whole;
    private final boolean cpp;
    private final HeaderScan scan;
    private final List<BitSet> conditions = new ArrayList<>();

    private int at;
    private int braces;
    private boolean inline;
    private boolean type;
    private char last;

    /**
     * @param whole true when the file's own macros are to be kept, so that all names in it count
     * @param cpp true when C++ may read it: there the body of a function can matter to its callers
     */
    HeaderScanner(char[] text, NameTable names, boolean whole, boolean cpp) {
        this.text = text;
        this.names = names;
        this.whole = whole;
        this.cpp = cpp;
        this.scan = new HeaderScan(text);
    }

    HeaderScan scan() {
        boolean lineStart = true;
        while (at < text.length) {
            char c = text[at];
            if (c == '\n') {
                lineStart = true;
                at++;
            } else if (c <= ' ') {
                blank(c);
            } else if (isComment()) {
                comment();
            } else if (c == '#' && lineStart) {
                directive();
            } else {
                lineStart = false;
                token(c);
            }
        }
        return scan;
    }

    private void blank(char c) {
        if (c == '\r' && !(at + 1 < text.length && text[at + 1] == '\n')) {
            scan.opaque(); // Lines of an old Macintosh.
        }
        at++;
    }

    private void token(char c) {
        if (isNameStart(c)) {
            int start = at;
            skipName();
            named(start);
            last = 'a';
        } else if (c >= '0' && c <= '9') {
            number();
        } else if (c == '"' || c == '\'') {
            literal(c);
        } else {
            at++;
            punctuation(c);
        }
    }

    private void named(int start) {
        int id = names.id(text, start, at);
        scan.names().set(id);
        if (at == start + 1 && text[start] == 'R' && at < text.length && text[at] == '"') {
            scan.opaque(); // A raw string has rules of its own.
        }
        if (braces == 0) {
            inline |= names.saysInline(id);
            type |= names.startsType(id);
        }
    }

    private void punctuation(char c) {
        char before = last;
        last = c;
        if (c == '{') {
            if (before == '"') {
                return; // extern "C"
            }
            if (braces == 0 && before == ')' && inline && !type && !whole && !cpp) {
                body();
                return;
            }
            braces++;
        } else if (c == '}') {
            braces = Math.max(0, braces - 1);
            endOfStatement();
        } else if (c == ';') {
            endOfStatement();
        }
    }

    private void endOfStatement() {
        if (braces == 0) {
            inline = false;
            type = false;
        }
    }

    /** The body of an inline function: another file can see that it is there, and no more. */
    private void body() {
        int start = at;
        int depth = 1;
        boolean lineStart = false;
        while (at < text.length && depth > 0) {
            char c = text[at];
            if (isComment()) {
                skipComment();
            } else if (c == '"' || c == '\'') {
                literal(c);
            } else if (c == '#' && lineStart) {
                break;
            } else {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                lineStart = c == '\n' || (lineStart && c <= ' ');
                at++;
            }
        }
        if (depth == 0) {
            scan.filler(start, at - 1);
            last = '}';
            endOfStatement();
        } else {
            // It holds conditions, or never ends: read it like everything else.
            at = start;
            braces++;
            scan.fillersFrom(start);
        }
    }

    private void number() {
        while (at < text.length && (isName(text[at]) || text[at] == '.')) {
            at++;
        }
        last = '0';
    }

    /** A string or a character; it ends with its line at the latest. */
    private void literal(char quote) {
        at++;
        while (at < text.length && text[at] != quote && text[at] != '\n') {
            at += text[at] == '\\' ? 2 : 1;
        }
        at = Math.min(text.length, at);
        if (at < text.length && text[at] == quote) {
            at++;
        }
        last = '"';
    }

    private boolean isComment() {
        return text[at] == '/'
                && at + 1 < text.length
                && (text[at + 1] == '*' || text[at + 1] == '/');
    }

    /** Passes a comment, and notes it when nothing follows it on its line. */
    private void comment() {
        int start = at;
        skipComment();
        int after = at;
        while (after < text.length && text[after] != '\n' && text[after] <= ' ') {
            after++;
        }
        if (!whole && (after == text.length || text[after] == '\n')) {
            scan.filler(start, at);
        }
    }

    private void skipComment() {
        boolean block = text[at + 1] == '*';
        at += 2;
        if (block) {
            while (at + 1 < text.length && !(text[at] == '*' && text[at + 1] == '/')) {
                at++;
            }
            at = Math.min(text.length, at + 2);
        } else {
            while (at < text.length && text[at] != '\n') {
                at += isContinued(at) ? 2 : 1;
            }
            at = Math.min(text.length, at);
        }
    }

    /** True at the backslash of a backslash and a newline. */
    private boolean isContinued(int i) {
        return text[i] == '\\'
                && i + 1 < text.length
                && (text[i + 1] == '\n'
                        || (text[i + 1] == '\r' && i + 2 < text.length && text[i + 2] == '\n'));
    }

    private void directive() {
        int start = at;
        at++;
        skipBlanks();
        int word = at;
        skipName();
        String keyword = new String(text, word, at - word);
        switch (keyword) {
            case "define" -> define(start);
            case "include", "include_next", "import" -> include();
            case "ifdef" -> condition(definedName());
            case "ifndef" -> condition(new BitSet());
            case "if" -> condition(needs());
            case "elif" -> {
                endCondition();
                condition(needs());
            }
            case "else" -> {
                endCondition();
                condition(new BitSet());
            }
            case "endif" -> endCondition();
            default -> {}
        }
        restOfLine();
    }

    private void define(int start) {
        skipBlanks();
        int name = at;
        skipName();
        if (at == name) {
            return;
        }
        int id = names.id(text, name, at);
        int body = at;
        if (whole) {
            scan.names().set(id);
            scan.defines().add(new HeaderScan.Define(id, start, body, body));
            return;
        }
        skipLine();
        scan.defines().add(new HeaderScan.Define(id, start, body, at));
    }

    private void include() {
        skipBlanks();
        if (at < text.length && (text[at] == '"' || text[at] == '<')) {
            char close = text[at] == '"' ? '"' : '>';
            int start = ++at;
            while (at < text.length && text[at] != close && text[at] != '\n') {
                at++;
            }
            String name = new String(text, start, at - start).strip();
            at = Math.min(text.length, at + 1);
            scan.includes().add(new HeaderScan.Include(name, close == '"', needed()));
        } else {
            scan.includes().add(new HeaderScan.Include("", false, needed()));
        }
    }

    private List<BitSet> needed() {
        return conditions.stream().filter(c -> !c.isEmpty()).toList();
    }

    private void condition(BitSet needs) {
        if (conditions.size() >= MAX_CONDITIONS) {
            scan.opaque();
        }
        conditions.add(needs);
    }

    private void endCondition() {
        if (!conditions.isEmpty()) {
            conditions.remove(conditions.size() - 1);
        }
    }

    private BitSet definedName() {
        int before = at;
        skipBlanks();
        int start = at;
        skipName();
        BitSet name = new BitSet();
        if (at > start) {
            name.set(names.id(text, start, at));
        }
        at = before;
        return name;
    }

    /** Of {@code defined(A) || defined(B)} the names; of anything else none. */
    private BitSet needs() {
        int start = at;
        int end = at;
        while (end < text.length && text[end] != '\n') {
            end += isContinued(end) ? 2 : 1;
        }
        String line =
                new String(text, start, Math.min(end, text.length) - start)
                        .replaceAll("/\\*.*?\\*/|//.*", " ");
        BitSet found = new BitSet();
        for (String part : line.split("\\|\\|", -1)) {
            Matcher name = DEFINED.matcher(part.strip());
            if (!name.matches()) {
                return new BitSet();
            }
            found.set(names.id(name.group(1)));
        }
        return found;
    }

    /** Names of the rest of a directive. */
    private void restOfLine() {
        while (at < text.length && text[at] != '\n') {
            if (isContinued(at)) {
                spliced(at);
                at = text[at + 1] == '\n' ? at + 2 : at + 3;
            } else if (isComment()) {
                comment();
            } else if (isNameStart(text[at])) {
                int start = at;
                skipName();
                scan.names().set(names.id(text, start, at));
            } else if (text[at] == '"' || text[at] == '\'') {
                literal(text[at]);
            } else if (text[at] >= '0' && text[at] <= '9') {
                number();
            } else {
                blank(text[at]);
            }
        }
        last = '#';
    }

    /** To the end of a definition, over its continued lines and comments. */
    private void skipLine() {
        while (at < text.length && text[at] != '\n') {
            char c = text[at];
            if (c == '\\') {
                spliced(at);
                at += isContinued(at) ? (text[at + 1] == '\n' ? 2 : 3) : 2;
            } else if (c == '/' && isComment()) {
                comment();
            } else if (c == '"' || c == '\'') {
                literal(c);
            } else {
                blank(c);
            }
        }
        at = Math.min(text.length, at);
    }

    /** A name that goes on in the next line is more than this reader understands. */
    private void spliced(int backslash) {
        if (isContinued(backslash) && backslash > 0 && isName(text[backslash - 1])) {
            int next = backslash + (text[backslash + 1] == '\n' ? 2 : 3);
            if (next < text.length && isName(text[next])) {
                scan.opaque();
            }
        }
    }

    private void skipBlanks() {
        while (at < text.length && text[at] != '\n' && text[at] <= ' ') {
            at++;
        }
    }

    private void skipName() {
        while (at < text.length && isName(text[at])) {
            at++;
        }
    }

    static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c >= 128;
    }

    static boolean isName(char c) {
        return isNameStart(c) || (c >= '0' && c <= '9');
    }
}
