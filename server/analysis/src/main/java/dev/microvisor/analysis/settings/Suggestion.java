package dev.microvisor.analysis.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word nearest to a mistyped one, for "did you mean". */
public final class Suggestion {
    /** More slips than this and the guess would be a joke. */
    private static final int MAX_SLIPS = 4;

    private Suggestion() {}

    public static Optional<String> among(Collection<String> known, String word) {
        return known.stream()
                .filter(k -> distance(k, word) <= Math.min(MAX_SLIPS, (word.length() + 1) / 2))
                .min(
                        Comparator.comparingInt((String k) -> distance(k, word))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
