package dev.microvisor.dap.request;

import dev.microvisor.dap.breakpoint.BreakpointTable.Wanted;
import dev.microvisor.dap.breakpoint.CodeBreakpoint;
import dev.microvisor.dap.breakpoint.CodeBreakpoint.Wish;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.InstructionBreakpoint;
import org.eclipse.lsp4j.debug.SetInstructionBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetInstructionBreakpointsResponse;

/** {@code setInstructionBreakpoints}: single instructions, from the disassembly view. */
public final class SetInstructionBreakpoints
        implements Handler<SetInstructionBreakpointsArguments, SetInstructionBreakpointsResponse> {
    private final Session session;

    public SetInstructionBreakpoints(Session session) {
        this.session = session;
    }

    @Override
    public SetInstructionBreakpointsResponse handle(SetInstructionBreakpointsArguments arguments) {
        Debugged debugged = session.debugged();
        CodeBreakpoints breakpoints = new CodeBreakpoints(debugged);
        for (InstructionBreakpoint asked : arguments.getBreakpoints()) {
            add(breakpoints, debugged, asked);
        }
        SetInstructionBreakpointsResponse response = new SetInstructionBreakpointsResponse();
        response.setBreakpoints(breakpoints.set("instructions"));
        return response;
    }

    private static void add(
            CodeBreakpoints breakpoints, Debugged debugged, InstructionBreakpoint asked) {
        Breakpoint answer = new Breakpoint();
        Wish wish = Wish.of(asked.getCondition(), asked.getHitCondition(), null);
        Optional<String> problem = CodeBreakpoints.problemOf(wish, debugged.target().program());
        if (problem.isPresent()) {
            breakpoints.refuse(answer, problem.get());
            return;
        }
        try {
            int address =
                    MemoryReference.parse(asked.getInstructionReference(), asked.getOffset()) & ~1;
            if (debugged.target().machine().peek(address, 2).length < 2) {
                breakpoints.refuse(answer, "there is no memory at " + MemoryReference.of(address));
                return;
            }
            breakpoints.accept(
                    answer,
                    new Wanted(
                            CodeBreakpoint.Kind.INSTRUCTION,
                            debugged.target().describe(address),
                            List.of(address),
                            wish));
        } catch (RequestFailed e) {
            breakpoints.refuse(answer, e.getMessage());
        }
    }
}
