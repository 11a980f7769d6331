package dev.microvisor.dap.request;

import dev.microvisor.dap.breakpoint.ExceptionFilter;
import dev.microvisor.dap.report.Backtrace;
import dev.microvisor.dap.report.FaultWords;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.session.SessionState;
import dev.microvisor.emulator.guest.StopReason;
import org.eclipse.lsp4j.debug.ExceptionBreakMode;
import org.eclipse.lsp4j.debug.ExceptionDetails;
import org.eclipse.lsp4j.debug.ExceptionInfoArguments;
import org.eclipse.lsp4j.debug.ExceptionInfoResponse;

/** {@code exceptionInfo}: what a fault means, from the fault status registers, in words. */
public final class ExceptionInfo implements Handler<ExceptionInfoArguments, ExceptionInfoResponse> {
    private final Session session;

    public ExceptionInfo(Session session) {
        this.session = session;
    }

    @Override
    public ExceptionInfoResponse handle(ExceptionInfoArguments arguments) {
        Debugged debugged = session.stopped();
        if (!(session.state() instanceof SessionState.Stopped stopped)
                || !stopped.stop().reason().equals("exception")) {
            throw new RequestFailed("the firmware is not stopped at an exception");
        }
        ExceptionDetails details = new ExceptionDetails();
        details.setStackTrace(String.join("\n", Backtrace.of(debugged.target(), debugged.stack())));
        ExceptionInfoResponse response = new ExceptionInfoResponse();
        response.setBreakMode(
                stopped.stop().over() ? ExceptionBreakMode.UNHANDLED : ExceptionBreakMode.ALWAYS);
        response.setDetails(details);
        if (stopped.stop().cause().orElse(null) instanceof StopReason.Fault fault) {
            details.setTypeName(fault.kind());
            details.setMessage(fault.detail() + "\n" + String.join("\n", FaultWords.of(fault)));
            response.setExceptionId(ExceptionFilter.of(fault).id());
            response.setDescription(details.getMessage());
        } else {
            details.setMessage(stopped.stop().description());
            response.setExceptionId(
                    stopped.stop()
                            .cause()
                            .flatMap(ExceptionFilter::of)
                            .map(ExceptionFilter::id)
                            .orElse("stop"));
            response.setDescription(stopped.stop().description());
        }
        return response;
    }
}
