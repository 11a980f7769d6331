package dev.microvisor.lsp.document;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The braces around a place in an initialiser, up to the structure that they initialise.
 *
 * @param struct name of the structure, when its declaration is in sight
 * @param path members between the structure and the innermost braces, such as {@code v1}
 * @param open offset of the innermost opening brace
 */
public record Initialiser(Optional<String> struct, String path, int open) {
    /** How far back an opening brace is looked for. */
    private static final int MAX_BACK = 20_000;

    /** Characters in front of a brace that can tell what it belongs to. */
    private static final int HEAD = 200;

    private static final Pattern VARIABLE_OR_LITERAL =
            Pattern.compile(
                    "(?:struct\\s+)?(Mv\\w+)\\s*(?:\\w+\\s*(?:\\[[^\\]]*\\]\\s*)?=|\\))\\s*$");
    private static final Pattern MEMBER = Pattern.compile("\\.\\s*(\\w+)\\s*=\\s*$");

    /** Walks out of the braces around {@code offset}; empty when there are none. */
    public static Optional<Initialiser> around(String content, int offset) {
        Deque<String> path = new ArrayDeque<>();
        int innermost = -1;
        int depth = 0;
        for (int i = offset - 1; i >= 0 && offset - i < MAX_BACK; i--) {
            char c = content.charAt(i);
            if (c == ';' && depth == 0) {
                break;
            } else if (c == '}') {
                depth++;
            } else if (c == '{' && depth > 0) {
                depth--;
            } else if (c == '{') {
                innermost = innermost < 0 ? i : innermost;
                String head = content.substring(Math.max(0, i - HEAD), i);
                Matcher member = MEMBER.matcher(head);
                Matcher struct = VARIABLE_OR_LITERAL.matcher(head);
                if (member.find()) {
                    path.addFirst(member.group(1));
                } else if (struct.find()) {
                    return found(Optional.of(struct.group(1)), path, innermost);
                } else if (!isElement(head)) {
                    break;
                }
            }
        }
        return innermost < 0 ? Optional.empty() : found(Optional.empty(), path, innermost);
    }

    /** Braces directly inside braces initialise an element of an array. */
    private static boolean isElement(String head) {
        String before = head.stripTrailing();
        return before.endsWith("{") || before.endsWith(",");
    }

    private static Optional<Initialiser> found(
            Optional<String> struct, Deque<String> path, int open) {
        return Optional.of(new Initialiser(struct, String.join(".", path), open));
    }
}
