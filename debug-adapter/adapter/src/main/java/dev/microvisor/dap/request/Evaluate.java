package dev.microvisor.dap.request;

import dev.microvisor.dap.console.Answer;
import dev.microvisor.dap.console.BadCommand;
import dev.microvisor.dap.motion.GoTo;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.session.SessionState;
import dev.microvisor.dap.view.Evaluation;
import dev.microvisor.dap.view.FramePlace;
import dev.microvisor.dap.view.Node;
import dev.microvisor.symbols.value.ValueFormat;
import java.util.Optional;
import org.eclipse.lsp4j.debug.EvaluateArguments;
import org.eclipse.lsp4j.debug.EvaluateResponse;

/**
 * {@code evaluate}: C expressions in a frame, registers as {@code $r0}, and the Microvisor scope as
 * {@code $mv.channels[0]}. Only what is typed in the debug console may assign; everything else
 * changes nothing.
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
        FramePlace place = FrameIds.place(arguments.getFrameId(), debugged);
        Node node = value(debugged, place, expression, arguments);
        EvaluateResponse response = new EvaluateResponse();
        response.setResult(node.value());
        if (!node.type().isEmpty()) {
            response.setType(node.type());
        }
        response.setVariablesReference(Rows.reference(node, place, debugged));
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

    private Node value(
            Debugged debugged, FramePlace place, String expression, EvaluateArguments arguments) {
        if (expression.startsWith("$mv")) {
            return debugged.microvisor()
                    .find(expression)
                    .orElseThrow(
                            () ->
                                    new RequestFailed(
                                            "no such row in the Microvisor scope: " + expression));
        }
        boolean typed = "repl".equals(arguments.getContext());
        if (typed) {
            Optional<Node> answer = command(debugged, expression);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        ValueFormat format = Formats.of(arguments.getFormat());
        if (place.isInnermostOnCore() && expression.matches("\\$\\w+")) {
            Optional<Node> register = debugged.registers().node(expression);
            if (register.isPresent()) {
                return register.get();
            }
        }
        if ("clipboard".equals(arguments.getContext())) {
            Evaluation copied = place.stack().copy(place.index(), expression, format);
            return copied.node().orElseThrow(() -> new RequestFailed(copied.problem()));
        }
        boolean maySet = typed && session.state() instanceof SessionState.Stopped;
        Evaluation result =
                maySet
                        ? place.stack().execute(place.index(), expression, format)
                        : place.stack().evaluate(place.index(), expression, format);
        if (maySet && place.stack().hasWritten()) {
            session.changedByHand();
        }
        return result.node().orElseThrow(() -> new RequestFailed(result.problem()));
    }

    private Optional<Node> command(Debugged debugged, String text) {
        try {
            Optional<Answer> answer = debugged.console().run(text);
            if (answer.isPresent() && answer.get().goTo().isPresent()) {
                goTo(answer.get().goTo().getAsLong());
            }
            if (answer.map(Answer::acted).orElse(false)) {
                session.changedByHand();
            }
            return answer.map(Answer::row);
        } catch (BadCommand e) {
            throw new RequestFailed(e.getMessage());
        }
    }

    /** The client has not asked to go on, so it has to be told that the firmware does. */
    private void goTo(long instruction) {
        Debugged debugged = session.stopped();
        session.afterResponse(
                () -> {
                    session.client().continued(debugged.threads().onCore());
                    session.resume(
                            new GoTo(
                                    debugged.execution(),
                                    debugged.history(),
                                    instruction,
                                    session::searched));
                });
    }
}
