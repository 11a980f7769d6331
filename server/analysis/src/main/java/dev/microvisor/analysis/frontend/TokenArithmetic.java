package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.ir.Integers;
import java.util.List;

/**
 * Evaluates the constant expressions that attributes hold as bare tokens, such as {@code 4 * 128}
 * or {@code sizeof(uint64_t)}.
 */
final class TokenArithmetic {
    private final List<String> tokens;
    private final java.util.function.Function<String, Long> names;
    private int at;
    private boolean failed;

    private TokenArithmetic(List<String> tokens, java.util.function.Function<String, Long> names) {
        this.tokens = tokens;
        this.names = names;
    }

    /** The value, or null when the tokens are no constant expression. */
    static Long evaluate(List<String> tokens, java.util.function.Function<String, Long> names) {
        TokenArithmetic reader = new TokenArithmetic(tokens, names);
        long value = reader.binary(0);
        return reader.failed || reader.at < tokens.size() ? null : Long.valueOf(value);
    }

    private static int precedence(String op) {
        return switch (op) {
            case "|" -> 1;
            case "^" -> 2;
            case "&" -> 3;
            case "<<", ">>" -> 4;
            case "+", "-" -> 5;
            case "*", "/", "%" -> 6;
            default -> 0;
        };
    }

    private long binary(int minimum) {
        long left = primary();
        while (!failed && at < tokens.size() && precedence(tokens.get(at)) > minimum) {
            String op = tokens.get(at++);
            long right = binary(precedence(op));
            Long value = Integers.binary(op, left, right);
            if (value == null) {
                failed = true;
                return 0;
            }
            left = value;
        }
        return left;
    }

    private long primary() {
        if (at >= tokens.size()) {
            failed = true;
            return 0;
        }
        String token = tokens.get(at++);
        if (token.equals("(")) {
            long value = binary(0);
            failed |= at >= tokens.size() || !tokens.get(at++).equals(")");
            return value;
        }
        if (token.equals("-")) {
            return -primary();
        }
        Long value = Folding.integer(token);
        if (value == null) {
            value = names.apply(token);
        }
        failed |= value == null;
        return value == null ? 0 : value;
    }
}
