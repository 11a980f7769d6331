package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.view.FramePlace;
import dev.microvisor.dap.view.Node;
import dev.microvisor.dap.view.OpenRow;
import dev.microvisor.dap.view.StackView;
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
        FramePlace place = FrameIds.place(arguments.getFrameId(), debugged);
        StackView stack = place.stack();
        int frame = place.index();
        List<Scope> scopes = new ArrayList<>();
        scopes.add(
                scope(
                        debugged,
                        place,
                        "Arguments",
                        "arguments",
                        format -> stack.arguments(frame, format)));
        scopes.add(
                scope(debugged, place, "Locals", "locals", format -> stack.locals(frame, format)));
        scopes.add(
                scope(debugged, place, "Microvisor", "", format -> debugged.microvisor().nodes()));
        scopes.add(scope(debugged, place, "Statics", "", format -> stack.statics(frame, format)));
        scopes.add(
                scope(
                        debugged,
                        place,
                        "Registers",
                        "registers",
                        format ->
                                place.onCore()
                                        ? debugged.registers().nodes()
                                        : stack.registers(frame)));
        ScopesResponse response = new ScopesResponse();
        response.setScopes(scopes.toArray(Scope[]::new));
        return response;
    }

    private static Scope scope(
            Debugged debugged,
            FramePlace place,
            String name,
            String hint,
            Function<ValueFormat, List<Node>> rows) {
        Scope scope = new Scope();
        scope.setName(name);
        if (!hint.isEmpty()) {
            scope.setPresentationHint(hint);
        }
        // The number of rows is not known before they are read, which waits until they are wanted.
        scope.setVariablesReference(
                debugged.openRows()
                        .add(
                                new OpenRow(
                                        Node.Children.formatted(rows, ValueFormat.NATURAL),
                                        place,
                                        "")));
        scope.setExpensive(false);
        return scope;
    }
}
