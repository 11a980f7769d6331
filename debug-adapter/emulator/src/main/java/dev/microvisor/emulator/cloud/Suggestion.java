package dev.microvisor.emulator.cloud;

import java.util.Collection;
import java.util.Locale;

/** Tells people what they probably meant. */
public final class Suggestion {
    /** More names than these are no help. */
    private static final int MAX_LISTED = 24;

    /** Words up to so many characters have one mistake at most. */
    private static final int SHORT = 3;

    private Suggestion() {}

    /**
     * {@code ; did you mean "x"?} when one name is close, else {@code ; possible: a, b}; nothing
     * when those are too many.
     */
    public static String of(String written, Collection<String> possible) {
        // What all names begin with, such as mv, makes none of them closer.
        int prefix = commonPrefix(written, possible);
        String rest = written.substring(prefix).toLowerCase(Locale.ROOT);
        String best = null;
        int mistakes = rest.length() <= SHORT ? 1 : Math.max(2, rest.length() / 3);
        int bestDistance = mistakes + 1;
        for (String candidate : possible) {
            int distance = distance(rest, candidate.substring(prefix).toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best != null
                ? "; did you mean \"" + best + "\"?"
                : possible.size() <= MAX_LISTED ? "; possible: " + String.join(", ", possible) : "";
    }

    private static int commonPrefix(String written, Collection<String> possible) {
        int length = possible.size() > 1 ? written.length() : 0;
        for (String candidate : possible) {
            int same = 0;
            while (same < Math.min(length, candidate.length())
                    && written.charAt(same) == candidate.charAt(same)) {
                same++;
            }
            length = same;
        }
        return length;
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
