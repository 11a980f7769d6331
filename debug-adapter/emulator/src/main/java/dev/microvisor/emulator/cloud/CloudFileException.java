package dev.microvisor.emulator.cloud;

import java.util.List;
import java.util.stream.Collectors;

/** A cloud file cannot be used. The message is for the person who wrote the file. */
public final class CloudFileException extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final List<Problem> problems;

    CloudFileException(List<Problem> problems) {
        super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    /**
     * What is wrong at one place.
     *
     * @param line from 1; 0 when it is about the whole file
     * @param column from 1
     * @param message what is wrong and what to try
     */
    public record Problem(String file, int line, int column, String message) {
        public String text() {
            return file + (line > 0 ? ":" + line + ":" + column : "") + ": " + message;
        }
    }
}
