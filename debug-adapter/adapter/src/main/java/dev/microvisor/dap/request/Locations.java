package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.symbols.line.SourceLine;
import org.eclipse.lsp4j.debug.LocationsArguments;
import org.eclipse.lsp4j.debug.LocationsResponse;

/** {@code locations}: the source of a call site or of a function that a pointer points at. */
public final class Locations implements Handler<LocationsArguments, LocationsResponse> {
    private final Session session;

    public Locations(Session session) {
        this.session = session;
    }

    @Override
    public LocationsResponse handle(LocationsArguments arguments) {
        Debugged debugged = session.debugged();
        int address =
                debugged.codePlaces()
                        .get(arguments.getLocationReference())
                        .orElseThrow(() -> new RequestFailed("this place is of an earlier stop"));
        SourceLine line =
                debugged.target()
                        .program()
                        .lineAt(address & ~1)
                        .orElseThrow(
                                () ->
                                        new RequestFailed(
                                                "the code at "
                                                        + MemoryReference.of(address)
                                                        + " has no line information"));
        LocationsResponse response = new LocationsResponse();
        response.setSource(
                Sources.of(line.file(), debugged.target().sources(), session.settings()));
        response.setLine(session.settings().lineToClient(line.line()));
        return response;
    }
}
