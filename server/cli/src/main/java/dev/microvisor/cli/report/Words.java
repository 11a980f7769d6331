package dev.microvisor.cli.report;

import dev.microvisor.analysis.Severity;
import java.util.Locale;

/** The words of the reports and remarks. */
public final class Words {
    private Words() {}

    static String of(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    /** {@code 1 finding}, {@code 2 findings}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
