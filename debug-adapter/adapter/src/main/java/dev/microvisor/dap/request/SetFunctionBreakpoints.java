package dev.microvisor.dap.request;

import dev.microvisor.dap.breakpoint.BreakpointTable.Wanted;
import dev.microvisor.dap.breakpoint.CodeBreakpoint;
import dev.microvisor.dap.breakpoint.CodeBreakpoint.Wish;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.symbols.line.SourceLine;
import dev.microvisor.symbols.stop.BreakpointPlace;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.FunctionBreakpoint;
import org.eclipse.lsp4j.debug.SetFunctionBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetFunctionBreakpointsResponse;

/** {@code setFunctionBreakpoints}: functions of the firmware, and Microvisor calls by name. */
public final class SetFunctionBreakpoints
        implements Handler<SetFunctionBreakpointsArguments, SetFunctionBreakpointsResponse> {
    private final Session session;

    public SetFunctionBreakpoints(Session session) {
        this.session = session;
    }

    @Override
    public SetFunctionBreakpointsResponse handle(SetFunctionBreakpointsArguments arguments) {
        Debugged debugged = session.debugged();
        CodeBreakpoints breakpoints = new CodeBreakpoints(debugged);
        for (FunctionBreakpoint asked : arguments.getBreakpoints()) {
            add(breakpoints, debugged, asked);
        }
        SetFunctionBreakpointsResponse response = new SetFunctionBreakpointsResponse();
        response.setBreakpoints(breakpoints.set("functions"));
        return response;
    }

    private void add(CodeBreakpoints breakpoints, Debugged debugged, FunctionBreakpoint asked) {
        Breakpoint answer = new Breakpoint();
        Wish wish = Wish.of(asked.getCondition(), asked.getHitCondition(), null);
        Optional<String> problem = CodeBreakpoints.problemOf(wish, debugged.target().program());
        if (problem.isPresent()) {
            breakpoints.refuse(answer, problem.get());
            return;
        }
        String name = asked.getName().strip().replace("()", "");
        List<BreakpointPlace> places = debugged.target().program().breakpointsOnFunction(name);
        if (places.isEmpty()) {
            breakpoints.refuse(answer, "the firmware has no function '" + name + "'");
            return;
        }
        Optional<SourceLine> line = places.get(0).line();
        line.ifPresent(
                l -> {
                    answer.setSource(
                            Sources.of(l.file(), debugged.target().sources(), session.settings()));
                    answer.setLine(session.settings().lineToClient(l.line()));
                });
        List<Integer> addresses = places.stream().map(p -> (int) p.address()).distinct().toList();
        breakpoints.accept(answer, new Wanted(CodeBreakpoint.Kind.FUNCTION, name, addresses, wish));
    }
}
