package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.view.Node;
import dev.microvisor.dap.view.OpenRow;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.debug.Variable;
import org.eclipse.lsp4j.debug.VariablesArguments;
import org.eclipse.lsp4j.debug.VariablesArgumentsFilter;
import org.eclipse.lsp4j.debug.VariablesResponse;

/** {@code variables}: what is inside a row, page by page when the client wants pages. */
public final class Variables implements Handler<VariablesArguments, VariablesResponse> {
    /** Rows in one answer when the client does not page. */
    private static final int MAX_ROWS = 10_000;

    private final Session session;

    public Variables(Session session) {
        this.session = session;
    }

    @Override
    public VariablesResponse handle(VariablesArguments arguments) {
        Debugged debugged = session.debugged();
        OpenRow row =
                debugged.openRows()
                        .get(arguments.getVariablesReference())
                        .orElseThrow(
                                () ->
                                        new RequestFailed(
                                                "these values are of an earlier stop: ask for the"
                                                        + " scopes again"));
        Node.Children children = row.children().in(Formats.of(arguments.getFormat()));
        List<Node> rows = new ArrayList<>();
        if (arguments.getFilter() != VariablesArgumentsFilter.INDEXED) {
            rows.addAll(row.named(children.members(), 0));
        }
        if (arguments.getFilter() != VariablesArgumentsFilter.NAMED && children.indexed() > 0) {
            int start = arguments.getStart() == null ? 0 : arguments.getStart();
            boolean counted = arguments.getCount() != null && arguments.getCount() > 0;
            int count = counted ? arguments.getCount() : MAX_ROWS;
            rows.addAll(row.named(children.elements(start, count), start));
        }
        VariablesResponse response = new VariablesResponse();
        response.setVariables(
                rows.stream()
                        .limit(MAX_ROWS)
                        .map(n -> Rows.variable(n, row.place(), debugged))
                        .toArray(Variable[]::new));
        return response;
    }
}
