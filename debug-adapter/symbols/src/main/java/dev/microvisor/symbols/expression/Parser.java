package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.type.ArrayType;
import dev.microvisor.symbols.type.BaseType;
import dev.microvisor.symbols.type.CompositeType;
import dev.microvisor.symbols.type.FunctionType;
import dev.microvisor.symbols.type.PointerType;
import dev.microvisor.symbols.type.QualifiedType;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.type.TypeIndex;
import dev.microvisor.symbols.type.VoidType;
import dev.microvisor.symbols.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a C expression. Whether {@code (name)} begins a cast depends on what the name means, so it
 * asks {@link Names} as it goes.
 */
final class Parser {
    private static final int MAX_DEPTH = 200;

    /** Binary operators from the weakest to the strongest. */
    private static final List<List<String>> LEVELS =
            List.of(
                    List.of("||"),
                    List.of("&&"),
                    List.of("|"),
                    List.of("^"),
                    List.of("&"),
                    List.of("==", "!="),
                    List.of("<", ">", "<=", ">="),
                    List.of("<<", ">>"),
                    List.of("@"),
                    List.of("+", "-"),
                    List.of("*", "/", "%"));

    private final List<Token> tokens;
    private final Names names;
    private int at;
    private int depth;

    private Parser(List<Token> tokens, Names names) {
        this.tokens = tokens;
        this.names = names;
    }

    static Node parse(String text, Names names) {
        Parser parser = new Parser(MacroExpander.expand(Lexer.tokens(text), names), names);
        if (parser.peek().kind() == Token.Kind.END) {
            throw new ExpressionException("the expression is empty");
        }
        Node node = parser.comma();
        if (parser.peek().kind() != Token.Kind.END) {
            throw parser.unexpected();
        }
        return node;
    }

    /** A type alone, such as {@code struct point *}; empty when the text is something else. */
    static Optional<Type> parseType(String text, Names names) {
        Parser parser = new Parser(MacroExpander.expand(Lexer.tokens(text), names), names);
        if (!parser.atType()) {
            return Optional.empty();
        }
        Type type = parser.type();
        return parser.peek().kind() == Token.Kind.END ? Optional.of(type) : Optional.empty();
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    private boolean accept(String operator) {
        if (peek().is(operator)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String operator) {
        if (!accept(operator)) {
            throw new ExpressionException(
                    "'" + operator + "' is missing before " + quote(peek()) + column(peek()));
        }
    }

    private ExpressionException unexpected() {
        return new ExpressionException(quote(peek()) + " is not expected here" + column(peek()));
    }

    private static String quote(Token token) {
        return token.kind() == Token.Kind.END ? token.text() : "'" + token.text() + "'";
    }

    private static String column(Token token) {
        return " (column " + (token.position() + 1) + ")";
    }

    private Node comma() {
        Node node = assignment();
        while (accept(",")) {
            node = assignment();
        }
        return node;
    }

    private Node assignment() {
        if (++depth > MAX_DEPTH) {
            throw new ExpressionException("the expression is nested too deep");
        }
        Node left = conditional();
        Token token = peek();
        Node result = left;
        if (token.kind() == Token.Kind.OPERATOR
                && token.text().endsWith("=")
                && !List.of("==", "!=", "<=", ">=").contains(token.text())) {
            take();
            Node right = assignment();
            String operator = token.text().substring(0, token.text().length() - 1);
            result =
                    new Node.Assignment(
                            left,
                            operator.isEmpty() ? right : new Node.Binary(operator, left, right));
        }
        depth--;
        return result;
    }

    private Node conditional() {
        Node condition = binary(0);
        if (!accept("?")) {
            return condition;
        }
        Node yes = comma();
        expect(":");
        return new Node.Conditional(condition, yes, assignment());
    }

    private Node binary(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        Node left = binary(level + 1);
        while (peek().kind() == Token.Kind.OPERATOR && LEVELS.get(level).contains(peek().text())) {
            String operator = take().text();
            left = new Node.Binary(operator, left, binary(level + 1));
        }
        return left;
    }

    private Node unary() {
        if (++depth > MAX_DEPTH) {
            throw new ExpressionException("the expression is nested too deep");
        }
        try {
            return unaryInside();
        } finally {
            depth--;
        }
    }

    private Node unaryInside() {
        Token token = peek();
        for (String operator : List.of("-", "+", "!", "~", "*", "&")) {
            if (accept(operator)) {
                return new Node.Unary(operator, unary());
            }
        }
        if (token.is("++") || token.is("--")) {
            take();
            return step(unary(), token);
        }
        if (token.is("{")) {
            // gdb's {type} address.
            take();
            Type type = type();
            expect("}");
            return new Node.Unary("*", new Node.Cast(PointerType.to(type), unary()));
        }
        if (token.isName("sizeof")) {
            take();
            if (peek().is("(") && isTypeAt(at + 1)) {
                take();
                Type type = type();
                expect(")");
                return new Node.SizeOfType(type);
            }
            return new Node.SizeOf(unary());
        }
        if (token.is("(") && isTypeAt(at + 1)) {
            take();
            Type type = type();
            expect(")");
            return new Node.Cast(type, unary());
        }
        return postfix();
    }

    private static Node step(Node target, Token token) {
        return new Node.Assignment(
                target,
                new Node.Binary(
                        token.text().substring(1), target, new Node.Whole(1, BaseType.INT)));
    }

    private Node postfix() {
        Node node = primary();
        while (true) {
            Token token = peek();
            if (accept("[")) {
                Node index = comma();
                expect("]");
                node = new Node.Element(node, index);
            } else if (accept(".") || accept("->")) {
                Token name = take();
                if (name.kind() != Token.Kind.NAME) {
                    throw new ExpressionException(
                            "a member's name is missing after '"
                                    + token.text()
                                    + "'"
                                    + column(name));
                }
                node = new Node.MemberOf(node, name.text(), token.is("->"));
            } else if (accept("(")) {
                node = new Node.Call(node, arguments());
            } else if (token.is("++") || token.is("--")) {
                take();
                node = step(node, token);
            } else {
                return node;
            }
        }
    }

    private List<Node> arguments() {
        List<Node> result = new ArrayList<>();
        if (accept(")")) {
            return result;
        }
        do {
            result.add(assignment());
        } while (accept(","));
        expect(")");
        return result;
    }

    private Node primary() {
        Token token = take();
        switch (token.kind()) {
            case NUMBER:
                return NumberSyntax.parse(token.text());
            case CHARACTER:
                if (token.text().length() != 1) {
                    throw new ExpressionException(
                            "'" + token.text() + "' is not one character" + column(token));
                }
                return new Node.Whole(token.text().charAt(0), BaseType.CHAR);
            case STRING:
                return new Node.Text(token.text());
            case REGISTER:
                return new Node.Register(token.text());
            case NAME:
                return new Node.Name(token.text());
            default:
                break;
        }
        if (token.is("(")) {
            Node node = comma();
            expect(")");
            return node;
        }
        if (token.kind() != Token.Kind.END) {
            at--;
        }
        throw unexpected();
    }

    private boolean atType() {
        return isTypeAt(at);
    }

    private boolean isTypeAt(int index) {
        Token token = tokens.get(index);
        if (token.kind() != Token.Kind.NAME) {
            return false;
        }
        String word = token.text();
        if (TypeSyntax.QUALIFIERS.contains(word)
                || TypeSyntax.TAGS.contains(word)
                || TypeSyntax.WORDS.contains(word)) {
            return true;
        }
        Optional<Type> type = namedType(word);
        return type.isPresent()
                && names.local(word).isEmpty()
                && names.global(word).filter(other -> !isConstructor(other, type.get())).isEmpty();
    }

    /** A class of C++ and its constructors have one name, which then means the class. */
    private static boolean isConstructor(Value value, Type type) {
        return value.type().resolved() instanceof FunctionType
                && type.resolved() instanceof CompositeType composite
                && composite.isCPlusPlus();
    }

    private Optional<Type> namedType(String name) {
        return names.type(name, TypeIndex.Space.ORDINARY)
                .or(() -> names.type(name, TypeIndex.Space.TAG));
    }

    private Type type() {
        List<QualifiedType.Qualifier> qualifiers = new ArrayList<>();
        List<String> words = new ArrayList<>();
        Type named = null;
        while (peek().kind() == Token.Kind.NAME) {
            String word = peek().text();
            if (TypeSyntax.QUALIFIERS.contains(word)) {
                addQualifier(word, qualifiers);
                take();
            } else if (named == null && TypeSyntax.WORDS.contains(word)) {
                words.add(take().text());
            } else if (named == null && words.isEmpty() && TypeSyntax.TAGS.contains(word)) {
                take();
                named = tagged(word, take());
            } else if (named == null && words.isEmpty()) {
                Token name = take();
                named =
                        namedType(name.text())
                                .orElseThrow(
                                        () ->
                                                new ExpressionException(
                                                        "no type is named '" + name.text() + "'"));
            } else {
                break;
            }
        }
        Type type = named;
        if (type == null) {
            type = words.equals(List.of("void")) ? VoidType.INSTANCE : TypeSyntax.of(words);
        }
        for (QualifiedType.Qualifier qualifier : qualifiers) {
            type = QualifiedType.of(qualifier, type);
        }
        return declarator(type);
    }

    private static void addQualifier(String word, List<QualifiedType.Qualifier> into) {
        for (QualifiedType.Qualifier qualifier : QualifiedType.Qualifier.values()) {
            if (qualifier.text().equals(word)) {
                into.add(qualifier);
            }
        }
    }

    private Type tagged(String keyword, Token name) {
        return names.type(name.text(), TypeIndex.Space.TAG)
                .orElseThrow(
                        () ->
                                new ExpressionException(
                                        "no " + keyword + " is named '" + name.text() + "'"));
    }

    /** Stars, {@code (*)[n]} and {@code [n]} after a type's name. */
    private Type declarator(Type base) {
        Type type = base;
        while (accept("*") || accept("&")) {
            type = PointerType.to(type);
            while (peek().kind() == Token.Kind.NAME
                    && TypeSyntax.QUALIFIERS.contains(peek().text())) {
                take();
            }
        }
        int inner = 0;
        if (peek().is("(") && tokens.get(at + 1).is("*")) {
            take();
            while (accept("*")) {
                inner++;
            }
            expect(")");
            if (peek().is("(")) {
                skipParameters();
                type = VoidType.INSTANCE;
            }
        }
        type = dimensions(type);
        for (int i = 0; i < inner; i++) {
            type = PointerType.to(type);
        }
        return type;
    }

    private Type dimensions(Type element) {
        if (!accept("[")) {
            return element;
        }
        Token count = take();
        expect("]");
        Node number = NumberSyntax.parse(count.text());
        if (!(number instanceof Node.Whole)) {
            throw new ExpressionException("an array's size must be a number" + column(count));
        }
        return ArrayType.of(dimensions(element), ((Node.Whole) number).bits());
    }

    private void skipParameters() {
        int open = 0;
        do {
            Token token = take();
            if (token.kind() == Token.Kind.END) {
                throw new ExpressionException("')' is missing at the end");
            }
            open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        } while (open > 0);
    }
}
