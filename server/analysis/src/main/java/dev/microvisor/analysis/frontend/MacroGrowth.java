package dev.microvisor.analysis.frontend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many tokens macros become. Forty macros of two words each, every one naming the one before it
 * twice, are a short text and a million million tokens; a preprocessor that sets out to write them
 * down never comes back.
 *
 * <p>The size of an expansion is a sum: the macro's own tokens, and each argument as often as the
 * body names its parameter. Such sums are worked out once for each macro.
 */
final class MacroGrowth {
    /** Tokens that one use of a macro may become. */
    static final double MAX_TOKENS = 2_000_000;

    /** Larger sizes are not told apart: infinity times zero would be no number. */
    private static final double ENDLESS = 1e18;

    /** A macro of no more tokens cannot become too many, unless it is used inside itself. */
    private static final double SMALL = 1_000;

    /** Uses of a macro that it takes to double something past the limit. */
    private static final int NESTED = 12;

    /** Macros in macros in macros; real ones stay below twenty. */
    private static final int MAX_DEPTH = 100;

    private static final Pattern DEFINE =
            Pattern.compile(
                    "(?m)^[ \\t]*#[ \\t]*define[ \\t]+(\\w+)(\\(([^)\\n]*)\\))?((?:\\\\\\r?\\n|[^\\n])*)");

    private static final Pattern TOKEN =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'|\\w+|[^\\s\\w]");

    private final Map<String, Macro> macros = new HashMap<>();
    private final Map<String, double[]> sizes = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    private record Macro(List<String> parameters, boolean call, List<String> body) {}

    /** Takes in the macros that a text defines; of two with one name the later one. */
    void define(String text) {
        Matcher match = DEFINE.matcher(text);
        while (match.find()) {
            boolean call = match.group(2) != null;
            List<String> parameters = new ArrayList<>();
            if (call) {
                for (String name : match.group(3).split(",")) {
                    String plain = name.strip();
                    parameters.add(plain.endsWith("...") ? "__VA_ARGS__" : plain);
                }
            }
            macros.put(match.group(1), new Macro(parameters, call, tokens(match.group(4))));
        }
    }

    /** A macro that a text uses and that grows past the limit. */
    Optional<String> tooLarge(String text) {
        if (macros.entrySet().stream()
                .noneMatch(m -> isSuspicious(m.getKey(), m.getValue(), text))) {
            return Optional.empty();
        }
        List<String> tokens = tokens(DEFINE.matcher(text).replaceAll(""));
        for (int i = 0; i < tokens.size(); i++) {
            if (macros.containsKey(tokens.get(i))) {
                int[] end = {i};
                double[] size = use(tokens, i, end, List.of(), 0);
                if (size[0] > MAX_TOKENS) {
                    return Optional.of(tokens.get(i));
                }
                i = end[0] - 1;
            }
        }
        return Optional.empty();
    }

    /** Large by itself, or doubling what it is given and given much; all others stay small. */
    private boolean isSuspicious(String name, Macro macro, String text) {
        double[] size = sizeOf(name, macro, 0);
        boolean doubles = false;
        for (int i = 0; i < size.length; i++) {
            if (size[i] > SMALL) {
                return true;
            }
            doubles |= i > 0 && size[i] > 1;
        }
        return doubles && text.split(Pattern.quote(name + "("), NESTED + 1).length > NESTED;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher match = TOKEN.matcher(text);
        while (match.find()) {
            tokens.add(match.group());
        }
        return tokens;
    }

    /** Size of some tokens: first the constant part, then one factor for each parameter. */
    private double[] size(List<String> tokens, List<String> parameters, int depth) {
        double[] sum = new double[parameters.size() + 1];
        for (int i = 0; i < tokens.size(); ) {
            int[] end = {i + 1};
            int parameter = parameters.indexOf(tokens.get(i));
            if (parameter >= 0) {
                sum[parameter + 1]++;
            } else if (macros.containsKey(tokens.get(i))) {
                add(sum, use(tokens, i, end, parameters, depth), 1);
            } else {
                sum[0]++;
            }
            i = end[0];
        }
        return sum;
    }

    /** Size of the macro's use at a token; tells where it ends. */
    private double[] use(
            List<String> tokens, int at, int[] end, List<String> parameters, int depth) {
        String name = tokens.get(at);
        Macro macro = macros.get(name);
        double[] sum = new double[parameters.size() + 1];
        end[0] = at + 1;
        boolean called = at + 1 < tokens.size() && tokens.get(at + 1).equals("(");
        if (depth > MAX_DEPTH || open.contains(name) || (macro.call() && !called)) {
            sum[0] = 1;
            return sum;
        }
        double[] own = sizeOf(name, macro, depth);
        sum[0] += own[0];
        if (macro.call()) {
            List<List<String>> arguments = arguments(tokens, at + 2, end);
            for (int i = 0; i < macro.parameters().size() && i < arguments.size(); i++) {
                add(sum, size(arguments.get(i), parameters, depth + 1), own[i + 1]);
            }
        }
        return sum;
    }

    private double[] sizeOf(String name, Macro macro, int depth) {
        double[] known = sizes.get(name);
        if (known == null) {
            open.add(name);
            known = size(macro.body(), macro.parameters(), depth + 1);
            open.remove(name);
            sizes.put(name, known);
        }
        return known;
    }

    private static void add(double[] sum, double[] more, double times) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = Math.min(ENDLESS, sum[i] + times * more[i]);
        }
    }

    private static List<List<String>> arguments(List<String> tokens, int from, int[] end) {
        List<List<String>> arguments = new ArrayList<>();
        int nesting = 0;
        int start = from;
        int i = from;
        for (; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (token.equals("(")) {
                nesting++;
            } else if (token.equals(")") && nesting-- == 0) {
                break;
            } else if (token.equals(",") && nesting == 0) {
                arguments.add(tokens.subList(start, i));
                start = i + 1;
            }
        }
        arguments.add(tokens.subList(Math.min(start, i), i));
        end[0] = Math.min(i + 1, tokens.size());
        return arguments;
    }
}
