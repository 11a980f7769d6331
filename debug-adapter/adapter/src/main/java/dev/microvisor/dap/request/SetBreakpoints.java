package dev.microvisor.dap.request;

import dev.microvisor.dap.breakpoint.BreakpointTable.Wanted;
import dev.microvisor.dap.breakpoint.CodeBreakpoint;
import dev.microvisor.dap.breakpoint.CodeBreakpoint.Wish;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.symbols.Program;
import dev.microvisor.symbols.line.SourceFile;
import dev.microvisor.symbols.line.SourceLine;
import dev.microvisor.symbols.stop.BreakpointPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.SetBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetBreakpointsResponse;
import org.eclipse.lsp4j.debug.SourceBreakpoint;

/**
 * {@code setBreakpoints}: all breakpoints of a source file. One on a line without code moves to the
 * next line that has some; one that cannot be anywhere is not verified and says why.
 */
public final class SetBreakpoints
        implements Handler<SetBreakpointsArguments, SetBreakpointsResponse> {
    private final Session session;

    public SetBreakpoints(Session session) {
        this.session = session;
    }

    @Override
    public SetBreakpointsResponse handle(SetBreakpointsArguments arguments) {
        Debugged debugged = session.debugged();
        String path = Sources.pathOf(arguments.getSource(), session.settings());
        List<SourceFile> files = debugged.filesFor(path);
        SourceBreakpoint[] asked =
                arguments.getBreakpoints() == null
                        ? new SourceBreakpoint[0]
                        : arguments.getBreakpoints();
        files.forEach(file -> Sources.warnIfChanged(file, session));
        CodeBreakpoints breakpoints = new CodeBreakpoints(debugged);
        for (SourceBreakpoint one : asked) {
            Breakpoint answer = new Breakpoint();
            answer.setSource(arguments.getSource());
            answer.setLine(one.getLine());
            add(breakpoints, debugged.target().program(), files, one, answer);
        }
        SetBreakpointsResponse response = new SetBreakpointsResponse();
        response.setBreakpoints(breakpoints.set("file " + path));
        return response;
    }

    private void add(
            CodeBreakpoints breakpoints,
            Program program,
            List<SourceFile> files,
            SourceBreakpoint asked,
            Breakpoint answer) {
        Wish wish = Wish.of(asked.getCondition(), asked.getHitCondition(), asked.getLogMessage());
        Optional<String> problem = CodeBreakpoints.problemOf(wish, program);
        if (problem.isPresent()) {
            breakpoints.refuse(answer, problem.get());
            return;
        }
        if (!program.hasDebugInformation()) {
            breakpoints.refuse(answer, "the firmware has no debug information: build it with -g");
            return;
        }
        if (files.isEmpty()) {
            breakpoints.refuse(
                    answer,
                    "the firmware has no code from this file. If it was built elsewhere, set"
                            + " \"sourceMap\" in the launch configuration");
            return;
        }
        int line = session.settings().lineFromClient(asked.getLine());
        List<BreakpointPlace> places = new ArrayList<>();
        files.forEach(f -> places.addAll(program.breakpointsOnLine(f, line)));
        if (places.isEmpty()) {
            breakpoints.refuse(
                    answer, "neither this line nor any after it has code in the firmware");
            return;
        }
        int placed = places.get(0).line().map(SourceLine::line).orElse(line);
        answer.setLine(session.settings().lineToClient(placed));
        if (placed != line) {
            answer.setMessage("line " + line + " has no code; moved to line " + placed);
        }
        List<Integer> addresses = places.stream().map(p -> (int) p.address()).distinct().toList();
        String label = files.get(0).name() + ":" + placed;
        breakpoints.accept(answer, new Wanted(CodeBreakpoint.Kind.LINE, label, addresses, wish));
    }
}
