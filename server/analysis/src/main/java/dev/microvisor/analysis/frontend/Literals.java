package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Integers;
import java.util.List;
import org.eclipse.cdt.core.dom.ast.IASTLiteralExpression;

/** Lowers numbers, characters and strings as they are written. */
final class Literals {
    private final Lowering lowering;

    Literals(Lowering lowering) {
        this.lowering = lowering;
    }

    Expr lower(IASTLiteralExpression e) {
        SourceRange range = lowering.places().range(e);
        String text = new String(e.getValue());
        switch (e.getKind()) {
            case IASTLiteralExpression.lk_integer_constant -> {
                Long value = Folding.integer(text);
                if (value != null) {
                    boolean decimal = !text.startsWith("0");
                    return new Expr.Num(
                            range,
                            Integers.ofLiteral(value, Folding.suffixes(text), decimal),
                            value);
                }
            }
            case IASTLiteralExpression.lk_char_constant -> {
                return new Expr.Num(
                        range, new CType.Int("char", 1, false), Folding.character(text));
            }
            case IASTLiteralExpression.lk_string_literal -> {
                return string(range, text, e.getRawSignature());
            }
            case IASTLiteralExpression.lk_true -> {
                return new Expr.Num(range, CType.BOOL, 1);
            }
            case IASTLiteralExpression.lk_false -> {
                return new Expr.Num(range, CType.BOOL, 0);
            }
            case IASTLiteralExpression.lk_nullptr -> {
                return new Expr.Num(range, new CType.Pointer(CType.VOID, false), 0);
            }
            case IASTLiteralExpression.lk_this -> {
                if (lowering.self() != null) {
                    return new Expr.Var(range, lowering.self());
                }
            }
            default -> {
                return new Expr.Opaque(range, new CType.Floating(8), List.of());
            }
        }
        return new Expr.Opaque(range, CType.UNKNOWN, List.of());
    }

    /**
     * A string literal as the compiler stores it: adjacent ones are one by now, raw ones are taken
     * as they stand. Wide ones, and those with a suffix of the program's own, are not read.
     *
     * @param signature the literal in the source, which may be a macro's name
     */
    private static Expr string(SourceRange range, String literal, String signature) {
        int open = literal.indexOf('"');
        int close = literal.lastIndexOf('"');
        boolean raw = open > 0 && literal.charAt(open - 1) == 'R';
        String encoding = literal.substring(0, Math.max(0, raw ? open - 1 : open));
        boolean narrow = encoding.isEmpty() || encoding.equals("u8");
        if (open < 0 || close <= open || close + 1 < literal.length() || !narrow) {
            return new Expr.Opaque(range, CType.UNKNOWN, List.of());
        }
        if (raw) {
            int start = literal.indexOf('(', open) + 1;
            int end = close - (start - open - 1);
            return start == 0 || end < start
                    ? new Expr.Opaque(range, CType.UNKNOWN, List.of())
                    : text(range, Folding.utf8(literal.substring(start, end)));
        }
        // Raw ones among others have lost their mark, and after \\x41 "B" the B is a digit too
        // many.
        boolean joined = !signature.equals(literal);
        if (joined && (signature.contains("R\"") || literal.contains("\\x"))) {
            return new Expr.Opaque(range, CType.UNKNOWN, List.of());
        }
        return text(range, Folding.unescape(literal.substring(open + 1, close)));
    }

    private static Expr text(SourceRange range, String bytes) {
        CType element = new CType.Qualified(new CType.Int("char", 1, false), true, false);
        return new Expr.Text(range, new CType.Array(element, bytes.length() + 1, false), bytes);
    }
}
