package dev.microvisor.dap.breakpoint;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a breakpoint must be passed before it stops: {@code 5} or {@code == 5} (the fifth
 * time), {@code > 5}, {@code >= 5}, {@code < 5}, {@code <= 5}, {@code % 5} (every fifth time).
 */
record HitCondition(String operator, long count) {
    private static final Pattern FORM = Pattern.compile("\\s*(==|>=|<=|>|<|%)?\\s*(\\d{1,18})\\s*");

    /** Empty when the text is none of the forms above. */
    static Optional<HitCondition> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String operator = form.group(1) == null ? "==" : form.group(1);
        long count = Long.parseLong(form.group(2));
        boolean endless = operator.equals("%") && count == 0;
        return endless ? Optional.empty() : Optional.of(new HitCondition(operator, count));
    }

    /**
     * @param hits times passed so far, this one counted
     */
    boolean holds(long hits) {
        return switch (operator) {
            case ">" -> hits > count;
            case ">=" -> hits >= count;
            case "<" -> hits < count;
            case "<=" -> hits <= count;
            case "%" -> hits % count == 0;
            default -> hits == count;
        };
    }
}
