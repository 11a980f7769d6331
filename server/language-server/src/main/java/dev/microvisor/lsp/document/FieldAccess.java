package dev.microvisor.lsp.document;

import dev.microvisor.analysis.text.SourceText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field of a structure as it stands in a text: {@code params.v1.send_buffer}, {@code
 * request->timeout_ms}, or {@code .v1 = { .send_buffer = …} } in an initialiser.
 *
 * <p>Read from the text alone, because a hover must not wait for an analysis. When the structure's
 * declaration is not in sight nothing is claimed.
 *
 * @param struct name of the structure, when its declaration is in this text
 * @param path from the structure to the field, with dots
 */
public record FieldAccess(Optional<String> struct, String path) {
    /** The access that ends in {@code word}; empty when the word is no field at all. */
    public static Optional<FieldAccess> at(SourceText text, Word word) {
        String content = text.content();
        Deque<String> path = new ArrayDeque<>();
        path.addFirst(word.name());
        int at = word.start();
        while (true) {
            int before = back(content, at);
            if (before >= 0 && content.charAt(before) == '.') {
                at = before;
            } else if (before > 0
                    && content.charAt(before) == '>'
                    && content.charAt(before - 1) == '-') {
                at = before - 1;
            } else {
                return path.size() == 1
                        ? Optional.empty()
                        : Optional.of(ofVariable(content, at, path));
            }
            int end = back(content, at) + 1;
            int start = end;
            while (start > 0 && Character.isJavaIdentifierPart(content.charAt(start - 1))) {
                start--;
            }
            if (start == end) {
                return Optional.of(ofInitialiser(content, at, path));
            }
            path.addFirst(content.substring(start, end));
            at = start;
        }
    }

    /** Offset of the last character before {@code at} that is no white space. */
    private static int back(String content, int at) {
        int i = at - 1;
        while (i >= 0 && Character.isWhitespace(content.charAt(i))) {
            i--;
        }
        return i;
    }

    private static FieldAccess ofVariable(String content, int at, Deque<String> path) {
        String variable = path.removeFirst();
        Pattern declaration =
                Pattern.compile(
                        "\\b(?:struct\\s+)?(Mv\\w+)[\\s*&]+(?:(?:volatile|const)\\s+)?"
                                + Pattern.quote(variable)
                                + "\\b(?!\\s*\\()");
        Matcher matcher = declaration.matcher(content).region(0, at);
        Optional<String> struct = Optional.empty();
        while (matcher.find()) {
            // The nearest declaration above is the one in scope, but for shadowing in other blocks.
            struct = Optional.of(matcher.group(1));
        }
        return new FieldAccess(struct, String.join(".", path));
    }

    private static FieldAccess ofInitialiser(String content, int at, Deque<String> path) {
        Optional<Initialiser> around = Initialiser.around(content, at);
        around.map(Initialiser::path).filter(p -> !p.isEmpty()).ifPresent(path::addFirst);
        return new FieldAccess(around.flatMap(Initialiser::struct), String.join(".", path));
    }
}
