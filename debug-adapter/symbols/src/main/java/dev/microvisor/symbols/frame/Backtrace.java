package dev.microvisor.symbols.frame;

import java.util.List;

/**
 * The frames of a stack, innermost first.
 *
 * @param end why there are no more, for a person
 */
public record Backtrace(List<Frame> frames, String end) {
    public Backtrace {
        frames = List.copyOf(frames);
    }
}
