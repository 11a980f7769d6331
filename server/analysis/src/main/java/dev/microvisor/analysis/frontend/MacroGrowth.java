package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.frontend.MacroText.Definition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How many tokens macros become. Forty macros of two words each, every one naming the one before it
 * twice, are a short text and a million million tokens; a preprocessor that sets out to write them
 * down never comes back.
 *
 * <p>The size of an expansion is a sum: the macro's own tokens, and each argument as often as the
 * body names its parameter. Such sums are worked out once for each macro, and again when a text
 * that is read later defines a name in its body. Of several definitions the largest counts, since
 * conditions are not looked at.
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

    /** Definitions of one name that are told apart. */
    private static final int MAX_DEFINITIONS = 8;

    private final Map<String, List<Definition>> macros = new HashMap<>();
    private final Map<String, double[]> sizes = new HashMap<>();
    private final Map<String, Set<String>> mentionedBy = new HashMap<>();
    private final Set<String> unsized = new LinkedHashSet<>();
    private final Set<String> suspicious = new LinkedHashSet<>();
    private final Set<String> open = new HashSet<>();
    private final Set<MacroText> texts = new LinkedHashSet<>();

    /**
     * Takes in a text that the preprocessor is about to read.
     *
     * @return a macro that this text or an earlier one uses and that grows past the limit
     */
    Optional<String> read(MacroText text) {
        if (!texts.add(text)) {
            return Optional.empty();
        }
        text.definitions().forEach(this::define);
        for (String name : unsized) {
            if (isSuspicious(sizeOf(name, 0))) {
                suspicious.add(name);
            }
        }
        Set<String> changed = new HashSet<>(unsized);
        changed.retainAll(suspicious);
        unsized.clear();
        for (MacroText known : texts) {
            Set<String> fresh = known.equals(text) ? suspicious : changed;
            if (fresh.stream().anyMatch(name -> mayGrowIn(known, name))) {
                Optional<String> large = tooLarge(known);
                if (large.isPresent()) {
                    return large;
                }
            }
        }
        return Optional.empty();
    }

    /** File and line of the first definition of a macro that was read. */
    String place(String name) {
        return texts.stream().flatMap(text -> text.place(name).stream()).findFirst().orElseThrow();
    }

    private void define(Definition definition) {
        List<Definition> known = macros.computeIfAbsent(definition.name(), n -> new ArrayList<>(1));
        if (known.contains(definition) || known.size() >= MAX_DEFINITIONS) {
            return;
        }
        known.add(definition);
        for (String token : definition.body()) {
            mentionedBy.computeIfAbsent(token, t -> new HashSet<>()).add(definition.name());
        }
        forget(definition.name());
    }

    /** The size of a macro, and of all that name it, is to be worked out again. */
    private void forget(String name) {
        if (unsized.add(name)) {
            sizes.remove(name);
            mentionedBy.getOrDefault(name, Set.of()).forEach(this::forget);
        }
    }

    /** Large by itself, or doubling what it is given; all others stay small. */
    private static boolean isSuspicious(double[] size) {
        for (int i = 0; i < size.length; i++) {
            if (size[i] > (i == 0 ? SMALL : 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayGrowIn(MacroText text, String name) {
        double[] size = sizeOf(name, 0);
        boolean large = Arrays.stream(size).anyMatch(s -> s > SMALL);
        return text.mentions(name) > (large ? 0 : NESTED);
    }

    private Optional<String> tooLarge(MacroText text) {
        List<String> tokens = text.tokens();
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
        boolean call = macros.get(name).stream().allMatch(Definition::call);
        double[] sum = new double[parameters.size() + 1];
        end[0] = at + 1;
        boolean called = at + 1 < tokens.size() && tokens.get(at + 1).equals("(");
        if (depth > MAX_DEPTH || open.contains(name) || (call && !called)) {
            sum[0] = 1;
            return sum;
        }
        double[] own = sizeOf(name, depth);
        sum[0] += own[0];
        if (call) {
            List<List<String>> arguments = arguments(tokens, at + 2, end);
            for (int i = 0; i + 1 < own.length && i < arguments.size(); i++) {
                add(sum, size(arguments.get(i), parameters, depth + 1), own[i + 1]);
            }
        }
        return sum;
    }

    private double[] sizeOf(String name, int depth) {
        double[] known = sizes.get(name);
        if (known == null) {
            known = new double[1];
            open.add(name);
            for (Definition definition : macros.get(name)) {
                double[] size = size(definition.body(), definition.parameters(), depth + 1);
                known = larger(known, size);
            }
            open.remove(name);
            sizes.put(name, known);
        }
        return known;
    }

    private static double[] larger(double[] a, double[] b) {
        double[] most = Arrays.copyOf(a, Math.max(a.length, b.length));
        for (int i = 0; i < b.length; i++) {
            most[i] = Math.max(most[i], b[i]);
        }
        return most;
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
