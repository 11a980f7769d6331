package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.CannotRun;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What {@code --until} waits for: a line of the server log or of a serial port that a regular
 * expression finds something in.
 *
 * @param source {@code log} or {@code console}
 */
public record Goal(String source, Pattern pattern) {
    public static Goal parse(String text) throws CannotRun {
        int colon = text.indexOf(':');
        String source = colon < 0 ? "" : text.substring(0, colon);
        if (!source.equals("log") && !source.equals("console")) {
            throw new CannotRun(
                    "--until " + text + " is not understood: write log:REGEX or console:REGEX");
        }
        try {
            return new Goal(source, Pattern.compile(text.substring(colon + 1)));
        } catch (PatternSyntaxException e) {
            throw new CannotRun(
                    "--until " + text + ": not a regular expression: " + e.getDescription());
        }
    }

    boolean reachedBy(String lineSource, String line) {
        return source.equals(lineSource) && pattern.matcher(line).find();
    }
}
