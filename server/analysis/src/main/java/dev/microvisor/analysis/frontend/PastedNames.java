package dev.microvisor.analysis.frontend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that a macro may make with {@code ##}. */
final class PastedNames {
    /** The pattern of a name of which nothing is known. */
    static final String ANY = ".*";

    private static final Pattern PARAMETERS = Pattern.compile("^\\(([^)]*)\\)");
    private static final Pattern CHAIN = Pattern.compile("\\w+(?:\\s*##\\s*\\w*)+");

    private PastedNames() {}

    /**
     * Patterns of the names.
     *
     * @param definition what follows a macro's name: parameters, if any, and body
     */
    static List<Pattern> in(String definition) {
        String flat = definition.replaceAll("/\\*.*?\\*/|\\\\\r?\n", " ");
        List<String> parameters = new ArrayList<>(List.of("__VA_ARGS__", ""));
        Matcher list = PARAMETERS.matcher(flat);
        if (list.find()) {
            Arrays.stream(list.group(1).split(","))
                    .map(p -> p.replace("...", "").strip())
                    .forEach(parameters::add);
        }
        List<Pattern> patterns = new ArrayList<>();
        Matcher chain = CHAIN.matcher(flat);
        while (chain.find()) {
            StringBuilder pattern = new StringBuilder();
            for (String part : chain.group().split("\\s*##\\s*", -1)) {
                pattern.append(parameters.contains(part) ? ANY : Pattern.quote(part));
            }
            String merged = pattern.toString().replace(ANY + ANY, ANY);
            patterns.add(Pattern.compile(merged.replace(ANY + ANY, ANY)));
        }
        return patterns;
    }
}
