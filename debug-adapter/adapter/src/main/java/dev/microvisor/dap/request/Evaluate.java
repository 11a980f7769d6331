package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.view.Evaluation;
import dev.microvisor.dap.view.Node;
import dev.microvisor.symbols.value.ValueFormat;
import java.util.Optional;
import org.eclipse.lsp4j.debug.EvaluateArguments;
import org.eclipse.lsp4j.debug.EvaluateResponse;

/**
 * {@code evaluate}: C expressions in a frame, registers as {@code $r0}, and the Microvisor scope as
 * {@code $mv.channels[0]}. Nothing that it does changes the firmware.
 */
public final class Evaluate implements Handler<EvaluateArguments, EvaluateResponse> {
    private final Session session;

    public Evaluate(Session session) {
        this.session = session;
    }

    @Override
    public EvaluateResponse handle(EvaluateArguments arguments) {
        Debugged debugged = session.debugged();
        String expression = arguments.getExpression().strip();
        Node node = value(debugged, expression, arguments.getFrameId());
        EvaluateResponse response = new EvaluateResponse();
        response.setResult(node.value());
        if (!node.type().isEmpty()) {
            response.setType(node.type());
        }
        response.setVariablesReference(Rows.reference(node, debugged));
        if (node.children().indexed() > 0) {
            response.setIndexedVariables(node.children().indexed());
        }
        if (node.children().named() > 0) {
            response.setNamedVariables(node.children().named());
        }
        node.address().ifPresent(a -> response.setMemoryReference(MemoryReference.of(a)));
        node.codeAddress()
                .ifPresent(a -> response.setValueLocationReference(debugged.codePlaces().add(a)));
        response.setPresentationHint(Rows.hint(node));
        return response;
    }

    private static Node value(Debugged debugged, String expression, Integer frameId) {
        if (expression.startsWith("$mv")) {
            return debugged.microvisor()
                    .find(expression)
                    .orElseThrow(
                            () ->
                                    new RequestFailed(
                                            "no such row in the Microvisor scope: " + expression));
        }
        if (expression.matches("\\$\\w+")) {
            Optional<Integer> register = debugged.registers().value(expression);
            if (register.isPresent()) {
                return Node.leaf(expression, String.format("0x%08x", register.get()))
                        .typed("uint32_t")
                        .evaluatedBy(expression)
                        .ofKind(Node.Kind.DATA);
            }
        }
        Evaluation result =
                debugged.stack()
                        .evaluate(
                                FrameIds.index(frameId, debugged), expression, ValueFormat.NATURAL);
        return result.node().orElseThrow(() -> new RequestFailed(result.problem()));
    }
}
