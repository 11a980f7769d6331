package dev.microvisor.emulator.cloud;

import java.util.Collection;
import java.util.Locale;

/** Tells people what they probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code ; did you mean "x"?} when one name is close, else {@code ; possible: a, b}. */
    public static String of(String written, Collection<String> possible) {
        String best = null;
        int bestDistance = Math.max(2, written.length() / 3) + 1;
        for (String candidate : possible) {
            int distance =
                    distance(written.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best != null
                ? "; did you mean \"" + best + "\"?"
                : "; possible: " + String.join(", ", possible);
    }

    /** Number of characters to insert, delete or replace. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replace = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[row.length - 1];
    }
}
