package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.CannotRun;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a run may take at most.
 *
 * @param instructions number of the instruction before which it ends
 * @param text as the person wrote it
 */
public record RunLimit(long instructions, String text) {
    /** A run without any limit would never end on firmware that loops. */
    public static final String DEFAULT_TIME = "10m";

    /** For each run of an exploration, of which there are many. */
    public static final String EXPLORATION_TIME = "2m";

    private static final Pattern DURATION =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(ms|s|m|h)?");

    /**
     * @param option that gave the time, for messages
     * @param time virtual time such as {@code 500ms}, {@code 30s}, {@code 10m}; plain numbers are
     *     seconds
     */
    public static RunLimit ofTime(String option, String time, int clockHz) throws CannotRun {
        Matcher duration = DURATION.matcher(time.strip());
        if (!duration.matches()) {
            throw new CannotRun(
                    option
                            + " "
                            + time
                            + " is not understood: write a number with ms, s, m or h, such as 30s");
        }
        String unit = duration.group(2) == null ? "s" : duration.group(2);
        double seconds = Double.parseDouble(duration.group(1));
        seconds *=
                switch (unit) {
                    case "ms" -> 1e-3;
                    case "m" -> 60;
                    case "h" -> 3600;
                    default -> 1;
                };
        return new RunLimit(
                (long) (seconds * clockHz), duration.group(1) + unit + " of virtual time");
    }

    public static RunLimit ofInstructions(long instructions) throws CannotRun {
        if (instructions <= 0) {
            throw new CannotRun("--max-instructions " + instructions + " must be more than 0");
        }
        return new RunLimit(instructions, String.format("%,d instructions", instructions));
    }

    /** The one that comes first. */
    public RunLimit orEarlier(RunLimit other) {
        return other.instructions < instructions ? other : this;
    }
}
