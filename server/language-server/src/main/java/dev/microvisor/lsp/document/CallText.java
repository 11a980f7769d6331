package dev.microvisor.lsp.document;

import dev.microvisor.analysis.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call as it is written.
 *
 * @param start offset of the name
 * @param arguments their texts, stripped
 */
public record CallText(String name, int start, List<String> arguments) {
    private static final Pattern CALL = Pattern.compile("\\b(mv\\w+)\\s*\\(");

    /** Calls that a file may hold before the rest is left alone. */
    private static final int MAX_CALLS = 2000;

    public CallText {
        arguments = List.copyOf(arguments);
    }

    /** All calls in code, in order, of functions that {@code wanted} accepts. */
    public static List<CallText> all(SourceText text, Predicate<String> wanted) {
        String content = CodeScan.blank(text.content());
        List<CallText> calls = new ArrayList<>();
        Matcher matcher = CALL.matcher(content);
        while (matcher.find() && calls.size() < MAX_CALLS) {
            if (wanted.test(matcher.group(1))) {
                calls.add(
                        new CallText(
                                matcher.group(1),
                                matcher.start(1),
                                arguments(content, matcher.end())));
            }
        }
        return calls;
    }

    private static List<String> arguments(String content, int from) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int start = from;
        for (int i = from; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c == '(' || c == '{' || c == '[') {
                depth++;
            } else if (depth > 0 && (c == ')' || c == '}' || c == ']')) {
                depth--;
            } else if (c == ')' || (c == ',' && depth == 0)) {
                arguments.add(content.substring(start, i).strip());
                start = i + 1;
            }
            if ((c == ')' && depth == 0 && start == i + 1) || c == ';') {
                break;
            }
        }
        return arguments;
    }
}
