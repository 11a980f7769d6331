package dev.microvisor.analysis.frontend;

import java.nio.file.Path;

/** A file that no preprocessor would come to the end of; says what to do about it. */
final class EndlessInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String advice;

    private EndlessInput(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    /**
     * @param where file and line of the macro's definition
     */
    static EndlessInput macro(String name, String where) {
        return new EndlessInput(
                "macro '"
                        + name
                        + "' would expand to more than "
                        + (long) MacroGrowth.MAX_TOKENS
                        + " tokens; the file is not read",
                "see what the macro is meant to be (" + where + "), or exclude the file");
    }

    static EndlessInput includes(int files, long chars, Path last) {
        return new EndlessInput(
                "includes more than "
                        + files
                        + " headers or "
                        + (chars >> 20)
                        + " MB of them, the last one "
                        + last.getFileName()
                        + "; the file is not read",
                "give headers that include each other include guards, or exclude the file");
    }

    String advice() {
        return advice;
    }
}
