package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.view.Node;
import dev.microvisor.symbols.value.ValueFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.lsp4j.debug.Scope;
import org.eclipse.lsp4j.debug.ScopesArguments;
import org.eclipse.lsp4j.debug.ScopesResponse;

/** {@code scopes}: arguments, locals, statics, registers, and what Microvisor holds. */
public final class Scopes implements Handler<ScopesArguments, ScopesResponse> {
    private final Session session;

    public Scopes(Session session) {
        this.session = session;
    }

    @Override
    public ScopesResponse handle(ScopesArguments arguments) {
        Debugged debugged = session.stopped();
        int frame = FrameIds.index(arguments.getFrameId(), debugged);
        List<Scope> scopes = new ArrayList<>();
        scopes.add(
                scope(
                        debugged,
                        "Arguments",
                        "arguments",
                        format -> debugged.stack().arguments(frame, format)));
        scopes.add(
                scope(
                        debugged,
                        "Locals",
                        "locals",
                        format -> debugged.stack().locals(frame, format)));
        scopes.add(scope(debugged, "Microvisor", "", format -> debugged.microvisor().nodes()));
        scopes.add(
                scope(debugged, "Statics", "", format -> debugged.stack().statics(frame, format)));
        scopes.add(
                scope(debugged, "Registers", "registers", format -> debugged.registers().nodes()));
        ScopesResponse response = new ScopesResponse();
        response.setScopes(scopes.toArray(Scope[]::new));
        return response;
    }

    private static Scope scope(
            Debugged debugged, String name, String hint, Function<ValueFormat, List<Node>> rows) {
        Scope scope = new Scope();
        scope.setName(name);
        if (!hint.isEmpty()) {
            scope.setPresentationHint(hint);
        }
        // The number of rows is not known before they are read, which waits until they are wanted.
        scope.setVariablesReference(
                debugged.openRows().add(Node.Children.formatted(rows, ValueFormat.NATURAL)));
        scope.setExpensive(false);
        return scope;
    }
}
