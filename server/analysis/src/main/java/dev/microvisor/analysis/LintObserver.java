package dev.microvisor.analysis;

/**
 * Hears how a lint goes on and where its time goes. Called by the thread that asked for the lint.
 */
public interface LintObserver {
    /** Hears nothing. */
    LintObserver NONE = new LintObserver() {};

    /** The parts of a lint, in their order. */
    enum Phase {
        PROJECT("finding sources and flags"),
        KEPT("looking for a kept result"),
        PARSING("reading sources and headers"),
        RULES("following paths, rules"),
        SUPPRESSIONS("suppressions"),
        KEEPING("keeping the result");

        private final String words;

        Phase(String words) {
            this.words = words;
        }

        /** What a reader calls it. */
        public String words() {
            return words;
        }
    }

    /** So many of the files are read. */
    default void parsed(int files, int of) {}

    /** A phase is over; one may come several times. */
    default void spent(Phase phase, long nanoseconds) {}

    /**
     * Whether {@link #spentIn} is wanted: asking the clock around every question costs a little.
     */
    default boolean wantsRules() {
        return false;
    }

    /** A part of {@link Phase#RULES} that one rule took. */
    default void spentIn(String rule, long nanoseconds) {}
}
