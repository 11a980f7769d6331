package dev.microvisor.lsp.document;

/** Tells code from comments and literals, by reading the text from its start as C does. */
public final class CodeScan {
    private static final char NONE = 0;

    private CodeScan() {}

    public static boolean isCode(String text, int offset) {
        char open = NONE;
        for (int i = 0; i < offset; i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : NONE;
            if (open == NONE) {
                if (c == '"' || c == '\'') {
                    open = c;
                } else if (c == '/' && (next == '/' || next == '*')) {
                    open = next;
                    i++;
                }
            } else if (open == '*') {
                if (c == '*' && next == '/') {
                    open = NONE;
                    i++;
                }
            } else if (c == '\\') {
                i++;
            } else if (c == open || c == '\n') {
                // A literal ends at its quote, or, when half typed, with its line, as // does.
                open = open == '/' && c == '/' ? open : NONE;
            }
        }
        return open == NONE;
    }
}
