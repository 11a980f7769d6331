package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Integers;
import java.util.List;
import org.eclipse.cdt.core.dom.ast.IASTBinaryExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerList;
import org.eclipse.cdt.core.dom.ast.IASTTypeIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;

/** Lowers unary and binary operators. */
final class Operators {
    private final Lowering lowering;
    private final Conditions conditions;

    Operators(Lowering lowering, Conditions conditions) {
        this.lowering = lowering;
        this.conditions = conditions;
    }

    Expr unary(IASTUnaryExpression e, Lowering.Want want) {
        SourceRange range = lowering.places().range(e);
        int op = e.getOperator();
        switch (op) {
            case IASTUnaryExpression.op_bracketedPrimary -> {
                return lowering.expression(e.getOperand(), want);
            }
            case IASTUnaryExpression.op_plus -> {
                return lowering.expression(e.getOperand());
            }
            case IASTUnaryExpression.op_star -> {
                return Lowering.deref(range, lowering.expression(e.getOperand()));
            }
            case IASTUnaryExpression.op_amper -> {
                Expr place = lowering.expression(e.getOperand());
                if (place instanceof Expr.Deref deref) {
                    return deref.pointer();
                }
                if (place instanceof Expr.FunctionRef) {
                    return place;
                }
                return new Expr.AddressOf(range, new CType.Pointer(place.type(), false), place);
            }
            case IASTUnaryExpression.op_sizeof, IASTUnaryExpression.op_alignOf -> {
                return sizeOf(e, op == IASTUnaryExpression.op_alignOf);
            }
            case IASTUnaryExpression.op_prefixIncr,
                    IASTUnaryExpression.op_prefixDecr,
                    IASTUnaryExpression.op_postFixIncr,
                    IASTUnaryExpression.op_postFixDecr -> {
                return increment(e, op, want);
            }
            case IASTUnaryExpression.op_minus -> {
                return fold(range, "-", lowering.expression(e.getOperand()));
            }
            case IASTUnaryExpression.op_tilde -> {
                return fold(range, "~", lowering.expression(e.getOperand()));
            }
            case IASTUnaryExpression.op_not -> {
                return fold(range, "!", lowering.expression(e.getOperand()));
            }
            default -> {
                return lowering.opaque(e);
            }
        }
    }

    private static Expr fold(SourceRange range, String op, Expr operand) {
        CType type = op.equals("!") ? CType.INT : Integers.promoted(operand.type());
        if (operand instanceof Expr.Num num) {
            return new Expr.Num(range, type, Integers.unary(op, num.type(), num.value()));
        }
        return new Expr.Unary(range, type, op, operand);
    }

    private Expr sizeOf(IASTUnaryExpression e, boolean align) {
        CType type = lowering.traceless(() -> lowering.expression(e.getOperand())).type();
        long size = align ? type.align() : type.size();
        CType sizeType = new CType.Int("unsigned 32 bit", 4, false);
        return size < 0
                ? new Expr.Opaque(lowering.places().range(e), sizeType, List.of())
                : new Expr.Num(lowering.places().range(e), sizeType, size);
    }

    Expr sizeOfType(IASTTypeIdExpression e) {
        CType type = lowering.typeOf(e.getTypeId());
        boolean align = e.getOperator() == IASTTypeIdExpression.op_alignof;
        boolean size = e.getOperator() == IASTTypeIdExpression.op_sizeof;
        long value = align ? type.align() : size ? type.size() : -1;
        CType sizeType = new CType.Int("unsigned 32 bit", 4, false);
        return value < 0
                ? new Expr.Opaque(lowering.places().range(e), sizeType, List.of())
                : new Expr.Num(lowering.places().range(e), sizeType, value);
    }

    private Expr increment(IASTUnaryExpression e, int op, Lowering.Want want) {
        SourceRange range = lowering.places().range(e);
        Expr place = lowering.expression(e.getOperand());
        boolean post =
                op == IASTUnaryExpression.op_postFixIncr
                        || op == IASTUnaryExpression.op_postFixDecr;
        boolean up =
                op == IASTUnaryExpression.op_postFixIncr || op == IASTUnaryExpression.op_prefixIncr;
        Expr result = place;
        if (post && want == Lowering.Want.VALUE) {
            Expr.Temp old = lowering.graph().newTemp(range, place.type());
            lowering.graph().emit(new Instr.Store(range, old, place, false, ""));
            result = old;
        }
        Expr one = new Expr.Num(range, CType.INT, 1);
        Expr next = new Expr.Binary(range, place.type(), up ? "+" : "-", place, one);
        lowering.graph().emit(new Instr.Store(range, place, next, false, up ? "+" : "-"));
        return result;
    }

    Expr binary(IASTBinaryExpression e) {
        int op = e.getOperator();
        SourceRange range = lowering.places().range(e);
        if (op == IASTBinaryExpression.op_logicalAnd || op == IASTBinaryExpression.op_logicalOr) {
            return conditions.logical(e, range);
        }
        if (op == IASTBinaryExpression.op_assign) {
            Expr place = lowering.expression(e.getOperand1());
            Expr value =
                    e.getOperand2() == null && e.getInitOperand2() instanceof IASTInitializerList l
                            ? Initializers.flatten(lowering, l, place.type())
                            : Lists.value(lowering, e.getOperand2(), place.type());
            lowering.graph().emit(new Instr.Store(range, place, value, false, ""));
            return place;
        }
        String name = operator(op);
        if (name.isEmpty()) {
            return lowering.opaque(e);
        }
        Expr left = lowering.expression(e.getOperand1());
        Expr right = lowering.expression(e.getOperand2());
        if (name.endsWith("=") && name.length() > 1 && !isComparison(name)) {
            String arithmetic = name.substring(0, name.length() - 1);
            Expr value = new Expr.Binary(range, left.type(), arithmetic, left, right);
            lowering.graph().emit(new Instr.Store(range, left, value, false, arithmetic));
            return left;
        }
        return combine(range, name, left, right);
    }

    private static Expr combine(SourceRange range, String op, Expr left, Expr right) {
        CType type = isComparison(op) ? CType.INT : arithmeticType(op, left.type(), right.type());
        if (left instanceof Expr.Num l && right instanceof Expr.Num r) {
            Long value = Integers.binary(op, l.type(), l.value(), r.type(), r.value());
            if (value != null) {
                return new Expr.Num(range, type, value);
            }
        }
        return new Expr.Binary(range, type, op, left, right);
    }

    private static CType arithmeticType(String op, CType left, CType right) {
        if (left.isPointer() || left.isArray()) {
            return left.isArray()
                    ? new CType.Pointer(left.target().orElse(CType.UNKNOWN), false)
                    : left;
        }
        if (right.isPointer()) {
            return right;
        }
        return op.equals("<<") || op.equals(">>")
                ? Integers.promoted(left)
                : Integers.common(left, right);
    }

    private static boolean isComparison(String op) {
        return switch (op) {
            case "==", "!=", "<=", ">=", "<", ">" -> true;
            default -> false;
        };
    }

    private static String operator(int op) {
        return switch (op) {
            case IASTBinaryExpression.op_multiply -> "*";
            case IASTBinaryExpression.op_divide -> "/";
            case IASTBinaryExpression.op_modulo -> "%";
            case IASTBinaryExpression.op_plus -> "+";
            case IASTBinaryExpression.op_minus -> "-";
            case IASTBinaryExpression.op_shiftLeft -> "<<";
            case IASTBinaryExpression.op_shiftRight -> ">>";
            case IASTBinaryExpression.op_lessThan -> "<";
            case IASTBinaryExpression.op_greaterThan -> ">";
            case IASTBinaryExpression.op_lessEqual -> "<=";
            case IASTBinaryExpression.op_greaterEqual -> ">=";
            case IASTBinaryExpression.op_binaryAnd -> "&";
            case IASTBinaryExpression.op_binaryXor -> "^";
            case IASTBinaryExpression.op_binaryOr -> "|";
            case IASTBinaryExpression.op_equals -> "==";
            case IASTBinaryExpression.op_notequals -> "!=";
            case IASTBinaryExpression.op_multiplyAssign -> "*=";
            case IASTBinaryExpression.op_divideAssign -> "/=";
            case IASTBinaryExpression.op_moduloAssign -> "%=";
            case IASTBinaryExpression.op_plusAssign -> "+=";
            case IASTBinaryExpression.op_minusAssign -> "-=";
            case IASTBinaryExpression.op_shiftLeftAssign -> "<<=";
            case IASTBinaryExpression.op_shiftRightAssign -> ">>=";
            case IASTBinaryExpression.op_binaryAndAssign -> "&=";
            case IASTBinaryExpression.op_binaryXorAssign -> "^=";
            case IASTBinaryExpression.op_binaryOrAssign -> "|=";
            default -> "";
        };
    }
}
