package dev.microvisor.dap.view;

import java.util.Optional;

/**
 * Outcome of evaluating an expression.
 *
 * @param node the value; present unless there is a problem
 * @param isTrue as a C condition
 * @param problem why there is no value; empty when there is one
 */
public record Evaluation(Optional<Node> node, boolean isTrue, String problem) {
    static Evaluation of(Node node, boolean isTrue) {
        return new Evaluation(Optional.of(node), isTrue, "");
    }

    static Evaluation failed(String problem) {
        return new Evaluation(Optional.empty(), false, problem);
    }
}
