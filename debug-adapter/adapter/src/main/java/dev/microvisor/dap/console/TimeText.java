package dev.microvisor.dap.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of virtual time as people write them: {@code 1.5s}, {@code 250ms}, {@code 10us}. */
final class TimeText {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(s|ms|us)");

    private TimeText() {}

    /** As instructions at a clock; empty when the text is no span. */
    static OptionalLong instructions(String text, int clockHz) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            return OptionalLong.empty();
        }
        int places =
                switch (span.group(2)) {
                    case "s" -> 0;
                    case "ms" -> 3;
                    default -> 6;
                };
        return OptionalLong.of(
                new BigDecimal(span.group(1))
                        .movePointLeft(places)
                        .multiply(BigDecimal.valueOf(clockHz))
                        .setScale(0, RoundingMode.CEILING)
                        .longValue());
    }
}
