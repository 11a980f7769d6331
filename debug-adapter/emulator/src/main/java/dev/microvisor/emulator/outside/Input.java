package dev.microvisor.emulator.outside;

/**
 * Something that came from outside.
 *
 * @param instruction number of the instruction at which it came in
 * @param kind whether the machine had asked
 * @param source who said it, such as {@code http}
 * @param question what was asked, in words; empty for arrivals
 * @param content what was said, a JSON text of the source's own making
 */
public record Input(long instruction, Kind kind, String source, String question, String content) {

    /** How it came. */
    public enum Kind {
        /** The machine stood still at an instruction until it knew this. */
        ANSWER,
        /** It came unasked, between two instructions. */
        ARRIVAL
    }

    boolean answers(long at, String asked, String inWords) {
        return kind == Kind.ANSWER
                && instruction == at
                && source.equals(asked)
                && question.equals(inWords);
    }
}
