package dev.microvisor.analysis.frontend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one text defines, and what it mentions outside of definitions. Immutable. */
final class MacroText {
    private static final Pattern DEFINE =
            Pattern.compile(
                    "(?m)^[ \\t]*#[ \\t]*define[ \\t]+(\\w+)(\\(([^)\\n]*)\\))?((?:\\\\\\r?\\n|[^\\n])*)");

    private static final Pattern TOKEN =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'|\\w+|[^\\s\\w]");

    private final String file;
    private final String text;
    private final List<Definition> definitions = new ArrayList<>();
    private Map<String, Integer> mentions;
    private List<String> tokens;

    /**
     * A macro's definition.
     *
     * @param call true when it has parameters, perhaps none, in parentheses
     */
    record Definition(String name, List<String> parameters, boolean call, List<String> body) {}

    /**
     * @param file how people call it
     */
    MacroText(String file, String text) {
        this.file = file;
        this.text = text;
        Matcher match = DEFINE.matcher(text);
        while (match.find()) {
            boolean call = match.group(2) != null;
            List<String> parameters = new ArrayList<>();
            if (call) {
                for (String name : match.group(3).split(",")) {
                    String plain = name.strip();
                    parameters.add(plain.endsWith("...") ? "__VA_ARGS__" : plain);
                }
            }
            definitions.add(
                    new Definition(match.group(1), parameters, call, tokens(match.group(4))));
        }
    }

    List<Definition> definitions() {
        return definitions;
    }

    /** File and line of a macro's definition. */
    Optional<String> place(String name) {
        Matcher match = DEFINE.matcher(text);
        while (match.find()) {
            if (match.group(1).equals(name)) {
                long line = text.substring(0, match.start(1)).lines().count();
                return Optional.of(file + ":" + line);
            }
        }
        return Optional.empty();
    }

    /** How often a name stands in the text, definitions and comments included. */
    synchronized int mentions(String name) {
        if (mentions == null) {
            mentions = new HashMap<>();
            for (int i = 0; i < text.length(); i++) {
                int start = i;
                while (i < text.length() && Character.isJavaIdentifierPart(text.charAt(i))) {
                    i++;
                }
                if (i > start) {
                    mentions.merge(text.substring(start, i), 1, Integer::sum);
                }
            }
        }
        return mentions.getOrDefault(name, 0);
    }

    /** All that is no definition. */
    synchronized List<String> tokens() {
        if (tokens == null) {
            tokens = tokens(DEFINE.matcher(text).replaceAll(""));
        }
        return tokens;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher match = TOKEN.matcher(text);
        while (match.find()) {
            tokens.add(match.group());
        }
        return tokens;
    }
}
