package dev.microvisor.debug.explore;

import dev.microvisor.dap.firmware.CannotRun;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of the trials, so that several machines can share them.
 *
 * @param index from 1
 * @param count of all shards
 */
public record Shard(int index, int count) {
    /** All trials. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern SPEC = Pattern.compile("(\\d{1,5})/(\\d{1,5})");

    public static Shard parse(String text) throws CannotRun {
        Matcher spec = SPEC.matcher(text);
        if (spec.matches()) {
            Shard shard =
                    new Shard(Integer.parseInt(spec.group(1)), Integer.parseInt(spec.group(2)));
            if (shard.index >= 1 && shard.index <= shard.count) {
                return shard;
            }
        }
        throw new CannotRun(
                "--shard "
                        + text
                        + " is not understood: write I/N with I from 1 to N, such as 2/4");
    }

    boolean has(Trial trial) {
        return trial.index() % count == index - 1;
    }
}
