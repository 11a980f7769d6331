package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.view.Node;
import dev.microvisor.dap.view.OpenRow;
import java.util.Optional;
import org.eclipse.lsp4j.debug.SetVariableArguments;
import org.eclipse.lsp4j.debug.SetVariableResponse;

/** {@code setVariable}: a row of the firmware's variables or registers gets a new value. */
public final class SetVariable implements Handler<SetVariableArguments, SetVariableResponse> {
    private final Session session;

    public SetVariable(Session session) {
        this.session = session;
    }

    @Override
    public SetVariableResponse handle(SetVariableArguments arguments) {
        Debugged debugged = session.stopped();
        OpenRow inside =
                debugged.openRows()
                        .get(arguments.getVariablesReference())
                        .orElseThrow(() -> new RequestFailed("this value is of an earlier stop"));
        String name = arguments.getName();
        Optional<Node> row =
                Node.group("", "", inside.children())
                        .child(name.startsWith("[") ? name.substring(1, name.length() - 1) : name);
        if (row.isEmpty() || row.get().kind() != Node.Kind.DATA) {
            throw new RequestFailed(name + " cannot be changed: Microvisor owns it");
        }
        if (row.get().evaluateName().isEmpty()) {
            throw new RequestFailed(name + " cannot be changed: no expression names it");
        }
        Node now =
                Assignment.make(
                        session, inside.place(), row.get().evaluateName(), arguments.getValue());
        SetVariableResponse response = new SetVariableResponse();
        response.setValue(now.value());
        response.setType(now.type());
        response.setVariablesReference(Rows.reference(now, inside.place(), debugged));
        return response;
    }
}
