package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.view.FramePlace;
import dev.microvisor.dap.view.Node;
import org.eclipse.lsp4j.debug.SetExpressionArguments;
import org.eclipse.lsp4j.debug.SetExpressionResponse;

/** {@code setExpression}: the place that an expression names gets a new value. */
public final class SetExpression implements Handler<SetExpressionArguments, SetExpressionResponse> {
    private final Session session;

    public SetExpression(Session session) {
        this.session = session;
    }

    @Override
    public SetExpressionResponse handle(SetExpressionArguments arguments) {
        Debugged debugged = session.stopped();
        FramePlace place = FrameIds.place(arguments.getFrameId(), debugged);
        Node now = Assignment.make(session, place, arguments.getExpression(), arguments.getValue());
        SetExpressionResponse response = new SetExpressionResponse();
        response.setValue(now.value());
        response.setType(now.type());
        response.setVariablesReference(Rows.reference(now, place, debugged));
        return response;
    }
}
