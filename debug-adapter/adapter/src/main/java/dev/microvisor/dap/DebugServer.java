package dev.microvisor.dap;

import dev.microvisor.dap.request.Attach;
import dev.microvisor.dap.request.BreakpointLocations;
import dev.microvisor.dap.request.Cancel;
import dev.microvisor.dap.request.Completions;
import dev.microvisor.dap.request.ConfigurationDone;
import dev.microvisor.dap.request.Continue;
import dev.microvisor.dap.request.DataBreakpointInfo;
import dev.microvisor.dap.request.Disassemble;
import dev.microvisor.dap.request.Disconnect;
import dev.microvisor.dap.request.Evaluate;
import dev.microvisor.dap.request.ExceptionInfo;
import dev.microvisor.dap.request.Goto;
import dev.microvisor.dap.request.GotoTargets;
import dev.microvisor.dap.request.Handler;
import dev.microvisor.dap.request.Initialize;
import dev.microvisor.dap.request.Launch;
import dev.microvisor.dap.request.LoadedSources;
import dev.microvisor.dap.request.Locations;
import dev.microvisor.dap.request.Modules;
import dev.microvisor.dap.request.Next;
import dev.microvisor.dap.request.Pause;
import dev.microvisor.dap.request.ReadMemory;
import dev.microvisor.dap.request.Restart;
import dev.microvisor.dap.request.RestartFrame;
import dev.microvisor.dap.request.ReverseContinue;
import dev.microvisor.dap.request.Scopes;
import dev.microvisor.dap.request.SetBreakpoints;
import dev.microvisor.dap.request.SetDataBreakpoints;
import dev.microvisor.dap.request.SetExceptionBreakpoints;
import dev.microvisor.dap.request.SetExpression;
import dev.microvisor.dap.request.SetFunctionBreakpoints;
import dev.microvisor.dap.request.SetInstructionBreakpoints;
import dev.microvisor.dap.request.SetVariable;
import dev.microvisor.dap.request.StackTrace;
import dev.microvisor.dap.request.StepBack;
import dev.microvisor.dap.request.StepInTargets;
import dev.microvisor.dap.request.StepInto;
import dev.microvisor.dap.request.StepOutward;
import dev.microvisor.dap.request.Terminate;
import dev.microvisor.dap.request.Threads;
import dev.microvisor.dap.request.Variables;
import dev.microvisor.dap.request.WriteMemory;
import dev.microvisor.dap.session.FrontDoor;
import dev.microvisor.dap.session.Incoming;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.lsp4j.debug.BreakpointLocationsArguments;
import org.eclipse.lsp4j.debug.BreakpointLocationsResponse;
import org.eclipse.lsp4j.debug.CancelArguments;
import org.eclipse.lsp4j.debug.Capabilities;
import org.eclipse.lsp4j.debug.CompletionsArguments;
import org.eclipse.lsp4j.debug.CompletionsResponse;
import org.eclipse.lsp4j.debug.ConfigurationDoneArguments;
import org.eclipse.lsp4j.debug.ContinueArguments;
import org.eclipse.lsp4j.debug.ContinueResponse;
import org.eclipse.lsp4j.debug.DataBreakpointInfoArguments;
import org.eclipse.lsp4j.debug.DataBreakpointInfoResponse;
import org.eclipse.lsp4j.debug.DisassembleArguments;
import org.eclipse.lsp4j.debug.DisassembleResponse;
import org.eclipse.lsp4j.debug.DisconnectArguments;
import org.eclipse.lsp4j.debug.EvaluateArguments;
import org.eclipse.lsp4j.debug.EvaluateResponse;
import org.eclipse.lsp4j.debug.ExceptionInfoArguments;
import org.eclipse.lsp4j.debug.ExceptionInfoResponse;
import org.eclipse.lsp4j.debug.GotoArguments;
import org.eclipse.lsp4j.debug.GotoTargetsArguments;
import org.eclipse.lsp4j.debug.GotoTargetsResponse;
import org.eclipse.lsp4j.debug.InitializeRequestArguments;
import org.eclipse.lsp4j.debug.LoadedSourcesArguments;
import org.eclipse.lsp4j.debug.LoadedSourcesResponse;
import org.eclipse.lsp4j.debug.LocationsArguments;
import org.eclipse.lsp4j.debug.LocationsResponse;
import org.eclipse.lsp4j.debug.ModulesArguments;
import org.eclipse.lsp4j.debug.ModulesResponse;
import org.eclipse.lsp4j.debug.NextArguments;
import org.eclipse.lsp4j.debug.PauseArguments;
import org.eclipse.lsp4j.debug.ReadMemoryArguments;
import org.eclipse.lsp4j.debug.ReadMemoryResponse;
import org.eclipse.lsp4j.debug.RestartArguments;
import org.eclipse.lsp4j.debug.RestartFrameArguments;
import org.eclipse.lsp4j.debug.ReverseContinueArguments;
import org.eclipse.lsp4j.debug.ScopesArguments;
import org.eclipse.lsp4j.debug.ScopesResponse;
import org.eclipse.lsp4j.debug.SetBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetBreakpointsResponse;
import org.eclipse.lsp4j.debug.SetDataBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetDataBreakpointsResponse;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsResponse;
import org.eclipse.lsp4j.debug.SetExpressionArguments;
import org.eclipse.lsp4j.debug.SetExpressionResponse;
import org.eclipse.lsp4j.debug.SetFunctionBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetFunctionBreakpointsResponse;
import org.eclipse.lsp4j.debug.SetInstructionBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetInstructionBreakpointsResponse;
import org.eclipse.lsp4j.debug.SetVariableArguments;
import org.eclipse.lsp4j.debug.SetVariableResponse;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.StackTraceResponse;
import org.eclipse.lsp4j.debug.StepBackArguments;
import org.eclipse.lsp4j.debug.StepInArguments;
import org.eclipse.lsp4j.debug.StepInTargetsArguments;
import org.eclipse.lsp4j.debug.StepInTargetsResponse;
import org.eclipse.lsp4j.debug.StepOutArguments;
import org.eclipse.lsp4j.debug.TerminateArguments;
import org.eclipse.lsp4j.debug.ThreadsResponse;
import org.eclipse.lsp4j.debug.VariablesArguments;
import org.eclipse.lsp4j.debug.VariablesResponse;
import org.eclipse.lsp4j.debug.WriteMemoryArguments;
import org.eclipse.lsp4j.debug.WriteMemoryResponse;
import org.eclipse.lsp4j.debug.services.IDebugProtocolServer;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/**
 * Gives every request to its handler, on the machine's thread. Called by the thread that reads
 * messages, which therefore never waits for the machine.
 */
final class DebugServer implements IDebugProtocolServer {
    private final Session session;
    private final Incoming incoming;
    private final CompletableFuture<Void> disconnected = new CompletableFuture<>();

    DebugServer(Session session, Incoming incoming) {
        this.session = session;
        this.incoming = incoming;
    }

    /** Completes when {@code disconnect} has been answered. */
    CompletableFuture<Void> disconnected() {
        return disconnected;
    }

    /** What a client is told about a failure. */
    static ResponseError errorOf(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof ResponseErrorException known) {
            return known.getResponseError();
        }
        if (cause instanceof CancellationException) {
            return new ResponseError(ResponseErrorCode.RequestCancelled, "cancelled", null);
        }
        if (cause instanceof UnsupportedOperationException) {
            return new ResponseError(
                    ResponseErrorCode.MethodNotFound, "this request is not supported", null);
        }
        return new ResponseError(ResponseErrorCode.InternalError, "internal error: " + cause, null);
    }

    private <A, R> CompletableFuture<R> answer(String request, Handler<A, R> handler, A arguments) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        incoming.hold(
                () -> work(request, handler, arguments, answer),
                () ->
                        answer.completeExceptionally(
                                failed("the session has ended or is overloaded")),
                () -> answer.completeExceptionally(new CancellationException()));
        return answer;
    }

    private <A, R> void work(
            String request, Handler<A, R> handler, A arguments, CompletableFuture<R> answer) {
        if (answer.isDone()) {
            return; // Cancelled while it waited.
        }
        Optional<RuntimeException> bug =
                FrontDoor.attempt(
                        request,
                        () -> {
                            try {
                                answer.complete(handler.handle(arguments));
                            } catch (RequestFailed e) {
                                answer.completeExceptionally(failed(e.getMessage()));
                            }
                            session.responded();
                        });
        bug.ifPresent(
                b -> answer.completeExceptionally(failed(request + ": internal error: " + b)));
    }

    private static ResponseErrorException failed(String message) {
        return new ResponseErrorException(
                new ResponseError(ResponseErrorCode.RequestFailed, message, null));
    }

    @Override
    public CompletableFuture<Capabilities> initialize(InitializeRequestArguments arguments) {
        return answer("initialize", new Initialize(session), arguments);
    }

    @Override
    public CompletableFuture<Void> launch(Map<String, Object> arguments) {
        return answer("launch", new Launch(session), arguments);
    }

    @Override
    public CompletableFuture<Void> attach(Map<String, Object> arguments) {
        return answer("attach", new Attach(session), arguments);
    }

    @Override
    public CompletableFuture<Void> configurationDone(ConfigurationDoneArguments arguments) {
        return answer("configurationDone", new ConfigurationDone(session), arguments);
    }

    @Override
    public CompletableFuture<Void> disconnect(DisconnectArguments arguments) {
        session.machineThread().interrupt();
        return answer(
                "disconnect",
                new Disconnect(session, () -> disconnected.complete(null)),
                arguments);
    }

    @Override
    public CompletableFuture<Void> terminate(TerminateArguments arguments) {
        return answer("terminate", new Terminate(session), arguments);
    }

    @Override
    public CompletableFuture<SetBreakpointsResponse> setBreakpoints(
            SetBreakpointsArguments arguments) {
        return answer("setBreakpoints", new SetBreakpoints(session), arguments);
    }

    @Override
    public CompletableFuture<SetExceptionBreakpointsResponse> setExceptionBreakpoints(
            SetExceptionBreakpointsArguments arguments) {
        return answer("setExceptionBreakpoints", new SetExceptionBreakpoints(session), arguments);
    }

    @Override
    public CompletableFuture<ContinueResponse> continue_(ContinueArguments arguments) {
        return answer("continue", new Continue(session), arguments);
    }

    @Override
    public CompletableFuture<Void> next(NextArguments arguments) {
        return answer("next", new Next(session), arguments);
    }

    @Override
    public CompletableFuture<Void> stepIn(StepInArguments arguments) {
        return answer("stepIn", new StepInto(session), arguments);
    }

    @Override
    public CompletableFuture<Void> stepOut(StepOutArguments arguments) {
        return answer("stepOut", new StepOutward(session), arguments);
    }

    @Override
    public CompletableFuture<Void> pause(PauseArguments arguments) {
        session.machineThread().interrupt();
        return answer("pause", new Pause(session), arguments);
    }

    @Override
    public CompletableFuture<ThreadsResponse> threads() {
        return answer("threads", new Threads(session), null);
    }

    @Override
    public CompletableFuture<StackTraceResponse> stackTrace(StackTraceArguments arguments) {
        return answer("stackTrace", new StackTrace(session), arguments);
    }

    @Override
    public CompletableFuture<ScopesResponse> scopes(ScopesArguments arguments) {
        return answer("scopes", new Scopes(session), arguments);
    }

    @Override
    public CompletableFuture<VariablesResponse> variables(VariablesArguments arguments) {
        return answer("variables", new Variables(session), arguments);
    }

    @Override
    public CompletableFuture<EvaluateResponse> evaluate(EvaluateArguments arguments) {
        return answer("evaluate", new Evaluate(session), arguments);
    }

    @Override
    public CompletableFuture<CompletionsResponse> completions(CompletionsArguments arguments) {
        return answer("completions", new Completions(session), arguments);
    }

    @Override
    public CompletableFuture<DataBreakpointInfoResponse> dataBreakpointInfo(
            DataBreakpointInfoArguments arguments) {
        return answer("dataBreakpointInfo", new DataBreakpointInfo(session), arguments);
    }

    @Override
    public CompletableFuture<SetDataBreakpointsResponse> setDataBreakpoints(
            SetDataBreakpointsArguments arguments) {
        return answer("setDataBreakpoints", new SetDataBreakpoints(session), arguments);
    }

    @Override
    public CompletableFuture<SetFunctionBreakpointsResponse> setFunctionBreakpoints(
            SetFunctionBreakpointsArguments arguments) {
        return answer("setFunctionBreakpoints", new SetFunctionBreakpoints(session), arguments);
    }

    @Override
    public CompletableFuture<SetInstructionBreakpointsResponse> setInstructionBreakpoints(
            SetInstructionBreakpointsArguments arguments) {
        return answer(
                "setInstructionBreakpoints", new SetInstructionBreakpoints(session), arguments);
    }

    @Override
    public CompletableFuture<BreakpointLocationsResponse> breakpointLocations(
            BreakpointLocationsArguments arguments) {
        return answer("breakpointLocations", new BreakpointLocations(session), arguments);
    }

    @Override
    public CompletableFuture<Void> stepBack(StepBackArguments arguments) {
        return answer("stepBack", new StepBack(session), arguments);
    }

    @Override
    public CompletableFuture<Void> reverseContinue(ReverseContinueArguments arguments) {
        return answer("reverseContinue", new ReverseContinue(session), arguments);
    }

    @Override
    public CompletableFuture<Void> restart(RestartArguments arguments) {
        return answer("restart", new Restart(session), arguments);
    }

    @Override
    public CompletableFuture<SetVariableResponse> setVariable(SetVariableArguments arguments) {
        return answer("setVariable", new SetVariable(session), arguments);
    }

    @Override
    public CompletableFuture<SetExpressionResponse> setExpression(
            SetExpressionArguments arguments) {
        return answer("setExpression", new SetExpression(session), arguments);
    }

    @Override
    public CompletableFuture<ExceptionInfoResponse> exceptionInfo(
            ExceptionInfoArguments arguments) {
        return answer("exceptionInfo", new ExceptionInfo(session), arguments);
    }

    @Override
    public CompletableFuture<ModulesResponse> modules(ModulesArguments arguments) {
        return answer("modules", new Modules(session), arguments);
    }

    @Override
    public CompletableFuture<LoadedSourcesResponse> loadedSources(
            LoadedSourcesArguments arguments) {
        return answer("loadedSources", new LoadedSources(session), arguments);
    }

    @Override
    public CompletableFuture<ReadMemoryResponse> readMemory(ReadMemoryArguments arguments) {
        return answer("readMemory", new ReadMemory(session), arguments);
    }

    @Override
    public CompletableFuture<WriteMemoryResponse> writeMemory(WriteMemoryArguments arguments) {
        return answer("writeMemory", new WriteMemory(session), arguments);
    }

    @Override
    public CompletableFuture<Void> cancel(CancelArguments arguments) {
        return CompletableFuture.completedFuture(
                new Cancel(incoming, session.machineThread()).handle(arguments));
    }

    @Override
    public CompletableFuture<DisassembleResponse> disassemble(DisassembleArguments arguments) {
        return answer("disassemble", new Disassemble(session), arguments);
    }

    @Override
    public CompletableFuture<GotoTargetsResponse> gotoTargets(GotoTargetsArguments arguments) {
        return answer("gotoTargets", new GotoTargets(session), arguments);
    }

    @Override
    public CompletableFuture<Void> goto_(GotoArguments arguments) {
        return answer("goto", new Goto(session), arguments);
    }

    @Override
    public CompletableFuture<StepInTargetsResponse> stepInTargets(
            StepInTargetsArguments arguments) {
        return answer("stepInTargets", new StepInTargets(session), arguments);
    }

    @Override
    public CompletableFuture<Void> restartFrame(RestartFrameArguments arguments) {
        return answer("restartFrame", new RestartFrame(session), arguments);
    }

    @Override
    public CompletableFuture<LocationsResponse> locations(LocationsArguments arguments) {
        return answer("locations", new Locations(session), arguments);
    }
}
