package dev.microvisor.dap.request;

import dev.microvisor.dap.breakpoint.CodeBreakpoint.Wish;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.emulator.machine.Debuggee.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.DataBreakpoint;
import org.eclipse.lsp4j.debug.DataBreakpointAccessType;
import org.eclipse.lsp4j.debug.SetDataBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetDataBreakpointsResponse;

/** {@code setDataBreakpoints}: any number of ranges of memory, of any size. */
public final class SetDataBreakpoints
        implements Handler<SetDataBreakpointsArguments, SetDataBreakpointsResponse> {
    private final Session session;

    public SetDataBreakpoints(Session session) {
        this.session = session;
    }

    @Override
    public SetDataBreakpointsResponse handle(SetDataBreakpointsArguments arguments) {
        Debugged debugged = session.debugged();
        List<dev.microvisor.dap.breakpoint.DataBreakpoint> accepted = new ArrayList<>();
        List<Breakpoint> answers = new ArrayList<>();
        for (DataBreakpoint asked : arguments.getBreakpoints()) {
            Breakpoint answer = new Breakpoint();
            answers.add(answer);
            Wish wish = Wish.of(asked.getCondition(), asked.getHitCondition(), null);
            Optional<String> problem = CodeBreakpoints.problemOf(wish, debugged.target().program());
            if (problem.isPresent()) {
                answer.setMessage(problem.get());
                continue;
            }
            try {
                DataId data = DataId.parse(asked.getDataId());
                int id = debugged.breakpoints().newId();
                accepted.add(
                        new dev.microvisor.dap.breakpoint.DataBreakpoint(
                                watch(id, data, asked.getAccessType()), data.label(), wish));
                answer.setId(id);
                answer.setVerified(true);
            } catch (RequestFailed e) {
                answer.setMessage(e.getMessage());
            }
        }
        debugged.breakpoints().replaceData(accepted);
        SetDataBreakpointsResponse response = new SetDataBreakpointsResponse();
        response.setBreakpoints(answers.toArray(Breakpoint[]::new));
        return response;
    }

    private static Watch watch(int id, DataId data, DataBreakpointAccessType access) {
        return new Watch(
                id,
                data.address(),
                data.sizeBytes(),
                access == DataBreakpointAccessType.READ
                        || access == DataBreakpointAccessType.READ_WRITE,
                access != DataBreakpointAccessType.READ);
    }
}
