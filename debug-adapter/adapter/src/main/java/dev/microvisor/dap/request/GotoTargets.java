package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.symbols.line.SourceFile;
import dev.microvisor.symbols.line.SourceLine;
import dev.microvisor.symbols.scope.Function;
import dev.microvisor.symbols.stop.BreakpointPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.debug.GotoTarget;
import org.eclipse.lsp4j.debug.GotoTargetsArguments;
import org.eclipse.lsp4j.debug.GotoTargetsResponse;

/**
 * {@code gotoTargets}: the places of a line to which the program counter may be moved. Only those
 * in the function that runs now: elsewhere the stack would not be what the code expects.
 */
public final class GotoTargets implements Handler<GotoTargetsArguments, GotoTargetsResponse> {
    private final Session session;

    public GotoTargets(Session session) {
        this.session = session;
    }

    @Override
    public GotoTargetsResponse handle(GotoTargetsArguments arguments) {
        Debugged debugged = session.stopped();
        int line = session.settings().lineFromClient(arguments.getLine());
        Function here =
                debugged.frames()
                        .get(0)
                        .function()
                        .orElseThrow(
                                () ->
                                        new RequestFailed(
                                                "the code that runs now has no debug information"));
        List<GotoTarget> targets = new ArrayList<>();
        String path = Sources.pathOf(arguments.getSource(), session.settings());
        for (SourceFile file : debugged.filesFor(path)) {
            for (BreakpointPlace place :
                    debugged.target().program().breakpointsOnLine(file, line)) {
                if (here.contains(place.address())) {
                    targets.add(target(debugged, place, line));
                }
            }
        }
        if (targets.isEmpty()) {
            throw new RequestFailed(
                    "line "
                            + arguments.getLine()
                            + " has no code in "
                            + here.name()
                            + ", the function that runs now; going elsewhere would leave the wrong"
                            + " stack behind");
        }
        GotoTargetsResponse response = new GotoTargetsResponse();
        response.setTargets(targets.toArray(GotoTarget[]::new));
        return response;
    }

    private GotoTarget target(Debugged debugged, BreakpointPlace place, int line) {
        Optional<Integer> placed = place.line().map(SourceLine::line);
        GotoTarget target = new GotoTarget();
        target.setId(debugged.codePlaces().add((int) place.address()));
        target.setLabel(debugged.target().describe((int) place.address()));
        target.setLine(session.settings().lineToClient(placed.orElse(line)));
        target.setInstructionPointerReference(MemoryReference.of((int) place.address()));
        return target;
    }
}
