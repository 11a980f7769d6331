package dev.microvisor.dap.session;

import dev.microvisor.dap.breakpoint.Conditions;
import dev.microvisor.dap.view.Evaluation;
import dev.microvisor.dap.view.StackView;
import dev.microvisor.symbols.expression.ExpressionException;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.value.ValueFormat;

/** Evaluates breakpoint conditions in the innermost frame. */
final class FrameConditions implements Conditions {
    private final StackView stack;

    FrameConditions(StackView stack) {
        this.stack = stack;
    }

    @Override
    public boolean isTrue(String expression) throws ConditionFailed {
        stack.forget();
        try {
            return stack.isTrue(expression);
        } catch (ExpressionException | UnavailableException e) {
            throw new ConditionFailed(e.getMessage());
        }
    }

    @Override
    public String text(String expression) {
        stack.forget();
        Evaluation result = stack.evaluate(0, expression, ValueFormat.NATURAL);
        return result.problem().isEmpty()
                ? result.node().orElseThrow().value()
                : "<" + result.problem() + ">";
    }
}
