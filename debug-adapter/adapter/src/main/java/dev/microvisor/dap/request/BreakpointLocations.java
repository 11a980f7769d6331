package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.symbols.line.SourceFile;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.debug.BreakpointLocation;
import org.eclipse.lsp4j.debug.BreakpointLocationsArguments;
import org.eclipse.lsp4j.debug.BreakpointLocationsResponse;

/** {@code breakpointLocations}: the places of a range of lines where code begins. */
public final class BreakpointLocations
        implements Handler<BreakpointLocationsArguments, BreakpointLocationsResponse> {
    private final Session session;

    public BreakpointLocations(Session session) {
        this.session = session;
    }

    @Override
    public BreakpointLocationsResponse handle(BreakpointLocationsArguments arguments) {
        Debugged debugged = session.debugged();
        String path = Sources.pathOf(arguments.getSource(), session.settings());
        int first = session.settings().lineFromClient(arguments.getLine());
        int last =
                arguments.getEndLine() == null
                        ? first
                        : session.settings().lineFromClient(arguments.getEndLine());
        List<BreakpointLocation> locations = new ArrayList<>();
        for (SourceFile file : debugged.filesFor(path)) {
            debugged.target().program().breakpointLocations(file, first, last).stream()
                    .map(
                            found -> {
                                BreakpointLocation location = new BreakpointLocation();
                                location.setLine(session.settings().lineToClient(found.line()));
                                if (found.column() > 0) {
                                    location.setColumn(
                                            session.settings().columnToClient(found.column()));
                                }
                                return location;
                            })
                    .filter(l -> !locations.contains(l))
                    .forEach(locations::add);
        }
        BreakpointLocationsResponse response = new BreakpointLocationsResponse();
        response.setBreakpoints(locations.toArray(BreakpointLocation[]::new));
        return response;
    }
}
