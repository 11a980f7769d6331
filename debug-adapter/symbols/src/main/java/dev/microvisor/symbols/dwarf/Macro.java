package dev.microvisor.symbols.dwarf;

import java.util.List;
import java.util.Optional;

/**
 * A macro of the preprocessor.
 *
 * @param parameters absent for one that is written without parentheses; the last may be {@code ...}
 * @param body what it stands for, as it was defined
 */
public record Macro(String name, Optional<List<String>> parameters, String body) {
    /** From {@code NAME text} or {@code NAME(a,b) text}, as debug information has it. */
    static Macro of(String definition) {
        int end = 0;
        while (end < definition.length()
                && definition.charAt(end) != ' '
                && definition.charAt(end) != '(') {
            end++;
        }
        String name = definition.substring(0, end);
        int close = definition.indexOf(')', end);
        if (end == definition.length() || definition.charAt(end) == ' ' || close < 0) {
            return new Macro(name, Optional.empty(), definition.substring(end).strip());
        }
        String inside = definition.substring(end + 1, close).strip();
        List<String> parameters = inside.isEmpty() ? List.of() : List.of(inside.split("\\s*,\\s*"));
        return new Macro(name, Optional.of(parameters), definition.substring(close + 1).strip());
    }

    /** How it is written: {@code NAME} or {@code NAME(a, b)}. */
    public String usage() {
        return name + parameters.map(all -> "(" + String.join(", ", all) + ")").orElse("");
    }
}
