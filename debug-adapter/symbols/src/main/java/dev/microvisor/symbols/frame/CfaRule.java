package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.elf.Slice;

/**
 * How to find the caller's value of a register (DWARF 5 section 6.4.1), or the canonical frame
 * address itself.
 *
 * @param register for {@link Kind#REGISTER}: where the value is; for the CFA: the base
 * @param offset from the CFA, or from the base
 */
record CfaRule(Kind kind, int register, long offset, Slice expression) {
    enum Kind {
        UNDEFINED,
        SAME_VALUE,
        /** Saved at CFA + offset. */
        OFFSET,
        /** Is CFA + offset. */
        VALUE_OFFSET,
        /** In another register (plus an offset, for the CFA). */
        REGISTER,
        /** Saved where the expression says. */
        EXPRESSION,
        /** Is what the expression says. */
        VALUE_EXPRESSION
    }

    static final CfaRule UNDEFINED = new CfaRule(Kind.UNDEFINED, 0, 0, null);
    static final CfaRule SAME_VALUE = new CfaRule(Kind.SAME_VALUE, 0, 0, null);

    static CfaRule offset(long offset) {
        return new CfaRule(Kind.OFFSET, 0, offset, null);
    }

    static CfaRule valueOffset(long offset) {
        return new CfaRule(Kind.VALUE_OFFSET, 0, offset, null);
    }

    static CfaRule register(int register, long offset) {
        return new CfaRule(Kind.REGISTER, register, offset, null);
    }

    static CfaRule expression(Slice expression) {
        return new CfaRule(Kind.EXPRESSION, 0, 0, expression);
    }

    static CfaRule valueExpression(Slice expression) {
        return new CfaRule(Kind.VALUE_EXPRESSION, 0, 0, expression);
    }
}
