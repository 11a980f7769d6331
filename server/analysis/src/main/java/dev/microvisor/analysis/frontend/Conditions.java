package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Integers;
import java.util.List;
import org.eclipse.cdt.core.dom.ast.IASTBinaryExpression;
import org.eclipse.cdt.core.dom.ast.IASTConditionalExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;

/**
 * Lowers what evaluates only some of its operands: {@code &&}, {@code ||}, {@code ?:} and the tests
 * of statements.
 */
final class Conditions {
    private final Lowering lowering;
    private int depth;

    Conditions(Lowering lowering) {
        this.lowering = lowering;
    }

    Expr logical(IASTBinaryExpression e, SourceRange range) {
        Long left = lowering.constant(e.getOperand1());
        Long right = left == null ? null : lowering.constant(e.getOperand2());
        if (right != null) {
            boolean and = e.getOperator() == IASTBinaryExpression.op_logicalAnd;
            Long value = Integers.binary(and ? "&&" : "||", left, right);
            return new Expr.Num(range, CType.INT, value);
        }
        return choose(
                range,
                CType.INT,
                (yes, no) -> branch(e, yes, no),
                () -> new Expr.Num(range, CType.INT, 1),
                () -> new Expr.Num(range, CType.INT, 0));
    }

    /** Branches on a test. */
    private interface Test {
        void branch(Block yes, Block no);
    }

    /** Lowers one arm. */
    private interface Arm {
        Expr lower();
    }

    private Expr choose(SourceRange range, CType type, Test test, Arm ifYes, Arm ifNo) {
        Block yes = lowering.graph().newBlock();
        Block no = lowering.graph().newBlock();
        Block join = lowering.graph().newBlock();
        test.branch(yes, no);
        lowering.graph().enter(yes);
        Expr first = ifYes.lower();
        Expr.Temp result = lowering.graph().newTemp(range, type == null ? first.type() : type);
        lowering.graph().emit(new Instr.Store(range, result, first, false, ""));
        lowering.graph().fallInto(join);
        lowering.graph().enter(no);
        Expr second = ifNo.lower();
        if (type == null && first.type().plain() instanceof CType.Int) {
            // The same temporary: what it holds is of the type of both.
            result =
                    new Expr.Temp(range, Integers.common(first.type(), second.type()), result.id());
        }
        lowering.graph().emit(new Instr.Store(range, result, second, false, ""));
        lowering.graph().fallInto(join);
        return result;
    }

    Expr conditional(IASTConditionalExpression e, Lowering.Want want) {
        IASTExpression positive = e.getPositiveResultExpression();
        if (positive == null) {
            Expr value = lowering.expression(e.getLogicalConditionExpression());
            return choose(
                    lowering.places().range(e),
                    null,
                    (yes, no) ->
                            lowering.graph().current().exit(new Block.Exit.Branch(value, yes, no)),
                    () -> value,
                    () -> lowering.expression(e.getNegativeResultExpression(), want));
        }
        Long known = lowering.constant(e.getLogicalConditionExpression());
        if (known != null) {
            IASTExpression other = known != 0 ? e.getNegativeResultExpression() : positive;
            Expr value =
                    lowering.expression(
                            known != 0 ? positive : e.getNegativeResultExpression(), want);
            if (value instanceof Expr.Num num && num.type().plain() instanceof CType.Int) {
                CType unused = lowering.traceless(() -> lowering.expression(other)).type();
                CType type = Integers.common(num.type(), unused);
                return new Expr.Num(num.range(), type, Integers.convert(type, num.value()));
            }
            return value;
        }
        return choose(
                lowering.places().range(e),
                null,
                (yes, no) -> branch(e.getLogicalConditionExpression(), yes, no),
                () -> lowering.expression(positive, want),
                () -> lowering.expression(e.getNegativeResultExpression(), want));
    }

    /** Ends the current block with branches on a condition, short-circuits included. */
    void branch(IASTExpression e, Block yes, Block no) {
        if (e instanceof IASTUnaryExpression unary) {
            if (unary.getOperator() == IASTUnaryExpression.op_bracketedPrimary) {
                branch(unary.getOperand(), yes, no);
                return;
            }
            if (unary.getOperator() == IASTUnaryExpression.op_not) {
                branch(unary.getOperand(), no, yes);
                return;
            }
        }
        if (e instanceof IASTBinaryExpression binary) {
            int operator = binary.getOperator();
            if (operator == IASTBinaryExpression.op_logicalAnd
                    || operator == IASTBinaryExpression.op_logicalOr) {
                if (depth >= Lowering.MAX_DEPTH) {
                    Expr unread = new Expr.Opaque(lowering.places().range(e), CType.INT, List.of());
                    lowering.graph().current().exit(new Block.Exit.Branch(unread, yes, no));
                    return;
                }
                depth++;
                try {
                    shortCircuit(binary, yes, no);
                } finally {
                    depth--;
                }
                return;
            }
        }
        Expr value = lowering.expression(e);
        if (value instanceof Expr.Num num) {
            lowering.graph().current().exit(new Block.Exit.Goto(num.value() != 0 ? yes : no));
        } else {
            lowering.graph().current().exit(new Block.Exit.Branch(value, yes, no));
        }
    }

    private void shortCircuit(IASTBinaryExpression e, Block yes, Block no) {
        boolean and = e.getOperator() == IASTBinaryExpression.op_logicalAnd;
        Block second = lowering.graph().newBlock();
        branch(e.getOperand1(), and ? second : yes, and ? no : second);
        lowering.graph().enter(second);
        branch(e.getOperand2(), yes, no);
    }
}
