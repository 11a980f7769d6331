package dev.microvisor.symbols.expression;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into words. */
final class Lexer {
    /** Longer than anybody types, and than any macro of a header. */
    private static final int MAX_LENGTH = 20_000;

    /** Longest first, so that {@code >>=} is not read as {@code >>} and {@code =}. */
    private static final String[] OPERATORS = {
        "<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+=",
        "-=", "*=", "/=", "%=", "&=", "|=", "^=", "::", "(", ")", "[", "]", ".", "!", "~", "-", "+",
        "*", "/", "%", "<", ">", "&", "^", "|", "?", ":", "=", ",", "@", "{", "}",
    };

    private final String text;
    private final boolean inMacro;
    private int at;

    private Lexer(String text, boolean inMacro) {
        this.text = text;
        this.inMacro = inMacro;
    }

    static List<Token> tokens(String text) {
        return tokens(text, false);
    }

    /** The words of a macro's body, where {@code #} and {@code ##} have a meaning; no end. */
    static List<Token> ofMacro(String body) {
        List<Token> tokens = tokens(body, true);
        return tokens.subList(0, tokens.size() - 1);
    }

    private static List<Token> tokens(String text, boolean inMacro) {
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionException("the expression is too long");
        }
        Lexer lexer = new Lexer(text, inMacro);
        List<Token> result = new ArrayList<>();
        Token token = lexer.next();
        while (token.kind() != Token.Kind.END) {
            result.add(token);
            token = lexer.next();
        }
        result.add(token);
        return result;
    }

    private Token next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (at >= text.length()) {
            return new Token(Token.Kind.END, "the end", start);
        }
        char first = text.charAt(at);
        if (isNameStart(first)) {
            return new Token(Token.Kind.NAME, name(), start);
        }
        if (Character.isDigit(first)
                || (first == '.'
                        && at + 1 < text.length()
                        && Character.isDigit(text.charAt(at + 1)))) {
            return new Token(Token.Kind.NUMBER, number(), start);
        }
        if (first == '$') {
            at++;
            return new Token(Token.Kind.REGISTER, name(), start);
        }
        if (first == '\'') {
            return character(start);
        }
        if (first == '"') {
            return new Token(Token.Kind.STRING, quoted('"'), start);
        }
        if (inMacro && first == '#') {
            at += text.startsWith("##", at) ? 2 : 1;
            return new Token(Token.Kind.OPERATOR, text.substring(start, at), start);
        }
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                return new Token(Token.Kind.OPERATOR, operator, start);
            }
        }
        throw new ExpressionException(
                "'" + first + "' is not understood (column " + (at + 1) + ")");
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || Character.isDigit(c);
    }

    /** A name, in C++ with its namespaces and classes: {@code net::state}. */
    private String name() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        while (text.startsWith("::", at)
                && at + 2 < text.length()
                && isNameStart(text.charAt(at + 2))) {
            at += 2;
            while (at < text.length() && isNamePart(text.charAt(at))) {
                at++;
            }
        }
        return text.substring(start, at);
    }

    private String number() {
        int start = at;
        boolean hexadecimal = text.startsWith("0x", at) || text.startsWith("0X", at);
        while (at < text.length()) {
            char c = text.charAt(at);
            char before = at > start ? text.charAt(at - 1) : ' ';
            boolean exponentSign =
                    (c == '+' || c == '-')
                            && (hexadecimal
                                    ? before == 'p' || before == 'P'
                                    : before == 'e' || before == 'E');
            if (!isNamePart(c) && c != '.' && !exponentSign) {
                break;
            }
            at++;
        }
        return text.substring(start, at);
    }

    /**
     * {@code 'a'}, the quoted file name of {@code 'file.c'::name}, or a name that only quotes hold
     * together: {@code 'net::Buffer<short, 4>::at'}.
     */
    private Token character(int start) {
        String content = quoted('\'');
        if (text.startsWith("::", at)) {
            at += 2;
            return new Token(Token.Kind.NAME, "'" + content + "'::" + name(), start);
        }
        boolean quotedName = content.length() > 1 && content.matches("[A-Za-z_(][^;]*");
        return new Token(
                quotedName ? Token.Kind.NAME : Token.Kind.CHARACTER,
                quotedName ? content.replaceAll("\\s*,\\s*", ", ") : content,
                start);
    }

    private String quoted(char quote) {
        int start = at;
        at++;
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            content.append(c == '\\' && at < text.length() ? escape() : c);
        }
        if (at >= text.length()) {
            throw new ExpressionException("the quote at column " + (start + 1) + " does not end");
        }
        at++;
        return content.toString();
    }

    private char escape() {
        char c = text.charAt(at++);
        switch (c) {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'a':
                return 7;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'v':
                return 0x0B;
            case 'e':
                return 0x1B;
            case 'x':
                return (char) digits(16, 2);
            default:
                break;
        }
        if (c >= '0' && c <= '7') {
            at--;
            return (char) digits(8, 3);
        }
        return c;
    }

    private int digits(int radix, int most) {
        int value = 0;
        for (int i = 0; i < most && at < text.length(); i++) {
            int digit = Character.digit(text.charAt(at), radix);
            if (digit < 0) {
                break;
            }
            value = value * radix + digit;
            at++;
        }
        return value & 0xFF;
    }
}
