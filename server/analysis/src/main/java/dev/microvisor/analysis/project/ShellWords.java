package dev.microvisor.analysis.project;

import java.util.ArrayList;
import java.util.List;

/** Splits a command line as a shell would: quotes and backslashes, no expansions. */
final class ShellWords {
    private ShellWords() {}

    static List<String> split(String command) {
        return split(command, false);
    }

    /**
     * @param windows as programs on Windows do: only double quotes quote, and a backslash guards
     *     only them
     */
    static List<String> split(String command, boolean windows) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote == '\'') {
                if (c == '\'') {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\\' && i + 1 < command.length()) {
                char next = command.charAt(i + 1);
                // Between double quotes a backslash is literal unless it guards one of these.
                boolean literal =
                        windows ? next != '"' : quote == '"' && "\"\\$`".indexOf(next) < 0;
                if (literal) {
                    word.append(c);
                } else {
                    word.append(next);
                    i++;
                }
                inWord = true;
            } else if (quote == '"') {
                if (c == '"') {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || (c == '\'' && !windows)) {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
