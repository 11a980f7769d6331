package dev.microvisor.dap.console;

import java.util.List;

/**
 * A command.
 *
 * @param words what it begins with, such as {@code mv net down}
 * @param parameters how its arguments are written; empty when it takes none
 * @param help what it does, in a few words
 */
record Command(
        String words, String parameters, String help, Action action, Suggestions suggestions) {

    /** Does a command. */
    @FunctionalInterface
    interface Action {
        /**
         * @param arguments the words after the command's own; quotes held some together
         */
        Answer run(List<String> arguments) throws BadCommand;
    }

    /** What may stand in the place of an argument. */
    @FunctionalInterface
    interface Suggestions {
        Suggestions NONE = index -> List.of();

        List<String> at(int index);
    }

    static Command plain(String words, String help, Action action) {
        return new Command(words, "", help, action, Suggestions.NONE);
    }

    String usage() {
        return parameters.isEmpty() ? words : words + " " + parameters;
    }

    int wordCount() {
        return words.split(" ").length;
    }

    /** True when a line of words begins with this command. */
    boolean begins(List<String> line) {
        int count = wordCount();
        return line.size() >= count && String.join(" ", line.subList(0, count)).equals(words);
    }

    BadCommand misused(String problem) {
        return new BadCommand(problem + ". Write: " + usage());
    }
}
