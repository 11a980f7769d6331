package dev.microvisor.dap.request;

import dev.microvisor.dap.breakpoint.ExceptionFilter;
import dev.microvisor.dap.session.ClientSettings;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.session.SessionState;
import java.util.Arrays;
import org.eclipse.lsp4j.debug.Capabilities;
import org.eclipse.lsp4j.debug.ChecksumAlgorithm;
import org.eclipse.lsp4j.debug.ExceptionBreakpointsFilter;
import org.eclipse.lsp4j.debug.InitializeRequestArguments;

/** {@code initialize}: notes what the client can do and says what this adapter can. */
public final class Initialize implements Handler<InitializeRequestArguments, Capabilities> {
    private final Session session;

    public Initialize(Session session) {
        this.session = session;
    }

    @Override
    public Capabilities handle(InitializeRequestArguments arguments) {
        if (!(session.state() instanceof SessionState.Fresh)) {
            throw new RequestFailed("the session is already initialized");
        }
        session.settings(ClientSettings.of(arguments));
        session.enter(new SessionState.Initialized());
        return capabilities();
    }

    /** Only what has a passing transcript in the tests. */
    static Capabilities capabilities() {
        Capabilities can = new Capabilities();
        can.setSupportsConfigurationDoneRequest(true);
        can.setSupportsEvaluateForHovers(true);
        can.setSupportsSteppingGranularity(true);
        can.setSupportsTerminateRequest(true);
        can.setSupportsRestartRequest(true);
        can.setSupportsFunctionBreakpoints(true);
        can.setSupportsConditionalBreakpoints(true);
        can.setSupportsHitConditionalBreakpoints(true);
        can.setSupportsLogPoints(true);
        can.setSupportsInstructionBreakpoints(true);
        can.setSupportsBreakpointLocationsRequest(true);
        can.setSupportsDataBreakpoints(true);
        can.setSupportsDataBreakpointBytes(true);
        can.setSupportsSetVariable(true);
        can.setSupportsSetExpression(true);
        can.setSupportsReadMemoryRequest(true);
        can.setSupportsWriteMemoryRequest(true);
        can.setSupportsStepBack(true);
        can.setSupportsExceptionInfoRequest(true);
        can.setSupportsModulesRequest(true);
        can.setSupportsLoadedSourcesRequest(true);
        can.setSupportsCompletionsRequest(true);
        can.setCompletionTriggerCharacters(new String[] {"$", " "});
        can.setSupportTerminateDebuggee(true);
        can.setSupportSuspendDebuggee(true);
        can.setSupportsDelayedStackTraceLoading(true);
        can.setSupportsValueFormattingOptions(true);
        can.setSupportsDisassembleRequest(true);
        can.setSupportsGotoTargetsRequest(true);
        can.setSupportsStepInTargetsRequest(true);
        can.setSupportsRestartFrame(true);
        can.setSupportsCancelRequest(true);
        can.setSupportsClipboardContext(true);
        can.setSupportsANSIStyling(true);
        can.setSupportedChecksumAlgorithms(new ChecksumAlgorithm[] {ChecksumAlgorithm.MD5});
        can.setSupportsExceptionFilterOptions(true);
        can.setExceptionBreakpointFilters(
                Arrays.stream(ExceptionFilter.values())
                        .map(Initialize::filter)
                        .toArray(ExceptionBreakpointsFilter[]::new));
        return can;
    }

    private static ExceptionBreakpointsFilter filter(ExceptionFilter filter) {
        ExceptionBreakpointsFilter row = new ExceptionBreakpointsFilter();
        row.setFilter(filter.id());
        row.setLabel(filter.label());
        row.setDescription(filter.description());
        row.setDefault_(filter.isDefault());
        row.setSupportsCondition(true);
        row.setConditionDescription(filter.conditionDescription());
        return row;
    }
}
