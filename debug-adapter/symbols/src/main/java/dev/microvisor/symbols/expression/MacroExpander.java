package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.dwarf.Macro;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces macros as the preprocessor does (C11 section 6.10.3): with their parameters, {@code #}
 * and {@code ##}, and never a macro inside itself. What is a local variable is no macro.
 */
final class MacroExpander {
    private static final int MAX_EXPANSIONS = 1_000;
    private static final int MAX_WORDS = 20_000;
    private static final String REST = "__VA_ARGS__";

    private final Names names;
    private final Deque<Word> input = new ArrayDeque<>();
    private final List<Token> output = new ArrayList<>();
    private int expansions;

    /** A word with the macros that it came out of, which it may not become again. */
    private record Word(Token token, Set<String> hidden) {}

    private MacroExpander(Names names) {
        this.names = names;
    }

    static List<Token> expand(List<Token> tokens, Names names) {
        MacroExpander expander = new MacroExpander(names);
        tokens.forEach(token -> expander.input.add(new Word(token, Set.of())));
        expander.run();
        return expander.output;
    }

    private void run() {
        while (!input.isEmpty()) {
            Word word = input.poll();
            Optional<Macro> macro = macroOf(word);
            if (macro.isEmpty() || !replace(word, macro.get())) {
                output.add(word.token());
            }
        }
    }

    private Optional<Macro> macroOf(Word word) {
        String name = word.token().text();
        boolean candidate =
                word.token().kind() == Token.Kind.NAME
                        && !word.hidden().contains(name)
                        && !isMember();
        if (!candidate) {
            return Optional.empty();
        }
        Optional<Macro> macro = names.macro(name);
        return macro.isPresent() && names.local(name).isEmpty() ? macro : Optional.empty();
    }

    private boolean isMember() {
        Token last = output.isEmpty() ? null : output.get(output.size() - 1);
        return last != null && (last.is(".") || last.is("->"));
    }

    /** False when a macro with parameters stands without any: then it is only a name. */
    private boolean replace(Word word, Macro macro) {
        if (++expansions > MAX_EXPANSIONS) {
            throw new ExpressionException("too many macros in macros");
        }
        Map<String, List<Token>> arguments = new HashMap<>();
        if (macro.parameters().isPresent()) {
            if (input.isEmpty() || !input.peek().token().is("(")) {
                return false;
            }
            arguments = arguments(macro);
        }
        List<Token> body = substituted(macro, Lexer.ofMacro(macro.body()), arguments);
        if (body.size() + input.size() > MAX_WORDS) {
            throw new ExpressionException("the macro " + macro.name() + " is too long");
        }
        Set<String> hidden = new HashSet<>(word.hidden());
        hidden.add(macro.name());
        for (int i = body.size() - 1; i >= 0; i--) {
            Token token = body.get(i);
            // Columns in messages are those of what was typed.
            input.push(
                    new Word(
                            new Token(token.kind(), token.text(), word.token().position()),
                            hidden));
        }
        return true;
    }

    private Map<String, List<Token>> arguments(Macro macro) {
        input.poll();
        List<List<Token>> given = new ArrayList<>();
        given.add(new ArrayList<>());
        List<String> parameters = macro.parameters().orElseThrow();
        int open = 1;
        while (open > 0) {
            Word word = input.poll();
            if (word == null || word.token().kind() == Token.Kind.END) {
                throw new ExpressionException("')' is missing after " + macro.usage());
            }
            Token token = word.token();
            open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            boolean isRest =
                    !parameters.isEmpty()
                            && given.size() == parameters.size()
                            && parameters.get(parameters.size() - 1).endsWith("...");
            if (open == 1 && token.is(",") && !isRest) {
                given.add(new ArrayList<>());
            } else if (open > 0) {
                given.get(given.size() - 1).add(token);
            }
        }
        return named(macro, parameters, given);
    }

    private static Map<String, List<Token>> named(
            Macro macro, List<String> parameters, List<List<Token>> given) {
        boolean none = parameters.isEmpty() && given.size() == 1 && given.get(0).isEmpty();
        int missing = parameters.size() - given.size();
        boolean restMissing = missing == 1 && parameters.get(parameters.size() - 1).endsWith("...");
        if (!none && missing != 0 && !restMissing) {
            throw new ExpressionException(
                    "the macro " + macro.usage() + " does not take " + given.size() + " arguments");
        }
        Map<String, List<Token>> result = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            String name = parameters.get(i);
            // GNU writes "rest...", standard C "...".
            String key = name.equals("...") ? REST : name.replace("...", "").strip();
            result.put(key, i < given.size() ? given.get(i) : List.of());
        }
        return result;
    }

    private List<Token> substituted(
            Macro macro, List<Token> body, Map<String, List<Token>> arguments) {
        List<Token> result = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            Token token = body.get(i);
            if (token.is("#") && i + 1 < body.size() && macro.parameters().isPresent()) {
                List<Token> text = arguments.get(body.get(++i).text());
                result.add(new Token(Token.Kind.STRING, written(text), 0));
            } else if (token.is("##") && !result.isEmpty() && i + 1 < body.size()) {
                List<Token> right = argument(body.get(++i), arguments);
                paste(result, right);
            } else {
                boolean pastes = i + 1 < body.size() && body.get(i + 1).is("##");
                List<Token> all = argument(token, arguments);
                // An empty argument leaves something to paste to.
                result.addAll(
                        pastes && all.isEmpty() ? List.of(new Token(Token.Kind.NAME, "", 0)) : all);
            }
        }
        result.removeIf(token -> token.kind() == Token.Kind.NAME && token.text().isEmpty());
        return result;
    }

    private static List<Token> argument(Token token, Map<String, List<Token>> arguments) {
        List<Token> argument = token.kind() == Token.Kind.NAME ? arguments.get(token.text()) : null;
        return argument == null ? List.of(token) : argument;
    }

    private static void paste(List<Token> left, List<Token> right) {
        if (right.isEmpty()) {
            return;
        }
        Token last = left.remove(left.size() - 1);
        left.addAll(Lexer.ofMacro(last.text() + right.get(0).text()));
        left.addAll(right.subList(1, right.size()));
    }

    private static String written(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        if (tokens != null) {
            tokens.forEach(token -> text.append(text.isEmpty() ? "" : " ").append(token.text()));
        }
        return text.toString();
    }
}
