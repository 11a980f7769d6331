package dev.microvisor.symbols.expression;

/**
 * A word of an expression.
 *
 * @param text as written; of a string or character without its quotes and escapes
 * @param position of the first character, from 0
 */
record Token(Kind kind, String text, int position) {
    enum Kind {
        NAME,
        NUMBER,
        CHARACTER,
        STRING,
        REGISTER,
        OPERATOR,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }
}
