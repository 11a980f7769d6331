package dev.microvisor.dap;

import dev.microvisor.dap.firmware.EmulatedBoard;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.Capabilities;
import org.eclipse.lsp4j.debug.ConfigurationDoneArguments;
import org.eclipse.lsp4j.debug.ContinueArguments;
import org.eclipse.lsp4j.debug.DisconnectArguments;
import org.eclipse.lsp4j.debug.EvaluateArguments;
import org.eclipse.lsp4j.debug.EvaluateResponse;
import org.eclipse.lsp4j.debug.ExitedEventArguments;
import org.eclipse.lsp4j.debug.FunctionBreakpoint;
import org.eclipse.lsp4j.debug.InitializeRequestArguments;
import org.eclipse.lsp4j.debug.InvalidatedEventArguments;
import org.eclipse.lsp4j.debug.MemoryEventArguments;
import org.eclipse.lsp4j.debug.ModuleEventArguments;
import org.eclipse.lsp4j.debug.NextArguments;
import org.eclipse.lsp4j.debug.OutputEventArguments;
import org.eclipse.lsp4j.debug.ProgressEndEventArguments;
import org.eclipse.lsp4j.debug.ProgressStartEventArguments;
import org.eclipse.lsp4j.debug.ProgressUpdateEventArguments;
import org.eclipse.lsp4j.debug.ReadMemoryArguments;
import org.eclipse.lsp4j.debug.ReverseContinueArguments;
import org.eclipse.lsp4j.debug.Scope;
import org.eclipse.lsp4j.debug.ScopesArguments;
import org.eclipse.lsp4j.debug.SetBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetBreakpointsResponse;
import org.eclipse.lsp4j.debug.SetFunctionBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetVariableArguments;
import org.eclipse.lsp4j.debug.Source;
import org.eclipse.lsp4j.debug.SourceBreakpoint;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.StepBackArguments;
import org.eclipse.lsp4j.debug.StepInArguments;
import org.eclipse.lsp4j.debug.StepOutArguments;
import org.eclipse.lsp4j.debug.StoppedEventArguments;
import org.eclipse.lsp4j.debug.TerminatedEventArguments;
import org.eclipse.lsp4j.debug.Variable;
import org.eclipse.lsp4j.debug.VariablesArguments;
import org.eclipse.lsp4j.debug.WriteMemoryArguments;
import org.eclipse.lsp4j.debug.launch.DSPLauncher;
import org.eclipse.lsp4j.debug.services.IDebugProtocolClient;
import org.eclipse.lsp4j.debug.services.IDebugProtocolServer;
import org.eclipse.lsp4j.jsonrpc.Launcher;

/** A debug client over pipes: LSP4J's own, as an editor would drive the adapter. */
final class DapClient implements IDebugProtocolClient, AutoCloseable {
    /** Longer than anything here takes; reaching it is a failure. */
    private static final long PATIENCE_S = 30;

    private static final int PIPE_BYTES = 1 << 20;

    final BlockingQueue<StoppedEventArguments> stops = new LinkedBlockingQueue<>();
    final List<String> output = new CopyOnWriteArrayList<>();
    final BlockingQueue<MemoryEventArguments> memoryEvents = new LinkedBlockingQueue<>();
    final BlockingQueue<InvalidatedEventArguments> invalidations = new LinkedBlockingQueue<>();

    /** Start, updates and end, each with its percentage. */
    final List<String> progress = new CopyOnWriteArrayList<>();

    /** Called on the thread that reads events, with the number of a progress that has begun. */
    volatile Consumer<String> onProgress = id -> {};

    /** Names of the modules that events announced. */
    final List<String> modules = new CopyOnWriteArrayList<>();

    final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    final CompletableFuture<Void> terminated = new CompletableFuture<>();
    private final CountDownLatch initialized = new CountDownLatch(1);
    private final IDebugProtocolServer server;
    private final PipedOutputStream toAdapter = new PipedOutputStream();
    private final Thread adapter;

    DapClient() throws IOException {
        this(new DebugAdapter(EmulatedBoard::withHistory));
    }

    /**
     * @param served the adapter that this client talks to
     */
    DapClient(DebugAdapter served) throws IOException {
        PipedInputStream fromAdapter = new PipedInputStream(PIPE_BYTES);
        PipedInputStream adapterIn = new PipedInputStream(toAdapter, PIPE_BYTES);
        PipedOutputStream adapterOut = new PipedOutputStream(fromAdapter);
        adapter = new Thread(() -> served.serve(adapterIn, adapterOut), "adapter under test");
        adapter.setDaemon(true);
        adapter.start();
        Launcher<IDebugProtocolServer> launcher =
                DSPLauncher.createClientLauncher(this, fromAdapter, toAdapter);
        launcher.startListening();
        server = launcher.getRemoteProxy();
    }

    IDebugProtocolServer server() {
        return server;
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        }
    }

    /** The message of a request that must fail. */
    static String failure(CompletableFuture<?> future) {
        try {
            future.get(PATIENCE_S, TimeUnit.SECONDS);
            throw new AssertionError("the request should have failed");
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        } catch (ExecutionException e) {
            return e.getCause().getMessage();
        }
    }

    Capabilities initialize() {
        return initialize(false);
    }

    /**
     * @param ansi whether this client shows colours
     */
    Capabilities initialize(boolean ansi) {
        InitializeRequestArguments arguments = new InitializeRequestArguments();
        arguments.setClientID("test");
        arguments.setAdapterID("microvisor");
        arguments.setSupportsInvalidatedEvent(true);
        arguments.setSupportsMemoryEvent(true);
        arguments.setSupportsProgressReporting(true);
        arguments.setSupportsANSIStyling(ansi);
        return get(server.initialize(arguments));
    }

    /** Initializes and launches; breakpoints may be set afterwards. */
    void launch(Map<String, Object> attributes) {
        launch(attributes, false);
    }

    void launch(Map<String, Object> attributes, boolean ansi) {
        initialize(ansi);
        get(server.launch(attributes));
        awaitInitialized();
    }

    /** Initializes and attaches to the firmware that the adapter was given. */
    void attach(Map<String, Object> attributes) {
        initialize();
        get(server.attach(attributes));
        awaitInitialized();
    }

    private void awaitInitialized() {
        try {
            if (!initialized.await(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new AssertionError("no initialized event");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void configurationDone() {
        get(server.configurationDone(new ConfigurationDoneArguments()));
    }

    StoppedEventArguments awaitStop() {
        try {
            StoppedEventArguments stop = stops.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (stop == null) {
                throw new AssertionError("the firmware did not stop; output: " + output);
            }
            return stop;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    SetBreakpointsResponse breakpoints(String path, SourceBreakpoint... breakpoints) {
        Source source = new Source();
        source.setPath(path);
        SetBreakpointsArguments arguments = new SetBreakpointsArguments();
        arguments.setSource(source);
        arguments.setBreakpoints(breakpoints);
        return get(server.setBreakpoints(arguments));
    }

    static SourceBreakpoint at(int line) {
        SourceBreakpoint breakpoint = new SourceBreakpoint();
        breakpoint.setLine(line);
        return breakpoint;
    }

    StoppedEventArguments resume() {
        ContinueArguments arguments = new ContinueArguments();
        arguments.setThreadId(1);
        get(server.continue_(arguments));
        return awaitStop();
    }

    StoppedEventArguments next() {
        NextArguments arguments = new NextArguments();
        arguments.setThreadId(1);
        get(server.next(arguments));
        return awaitStop();
    }

    StoppedEventArguments stepIn() {
        StepInArguments arguments = new StepInArguments();
        arguments.setThreadId(1);
        get(server.stepIn(arguments));
        return awaitStop();
    }

    StoppedEventArguments stepOut() {
        StepOutArguments arguments = new StepOutArguments();
        arguments.setThreadId(1);
        get(server.stepOut(arguments));
        return awaitStop();
    }

    StoppedEventArguments stepBack() {
        StepBackArguments arguments = new StepBackArguments();
        arguments.setThreadId(1);
        get(server.stepBack(arguments));
        return awaitStop();
    }

    StoppedEventArguments reverseContinue() {
        ReverseContinueArguments arguments = new ReverseContinueArguments();
        arguments.setThreadId(1);
        get(server.reverseContinue(arguments));
        return awaitStop();
    }

    void set(String scopeName, String variable, String value) {
        ScopesArguments arguments = new ScopesArguments();
        arguments.setFrameId(stack().get(0).getId());
        for (Scope scope : get(server.scopes(arguments)).getScopes()) {
            if (scope.getName().equals(scopeName)) {
                SetVariableArguments set = new SetVariableArguments();
                set.setVariablesReference(scope.getVariablesReference());
                set.setName(variable);
                set.setValue(value);
                get(server.setVariable(set));
            }
        }
    }

    byte[] memory(String reference, int count) {
        ReadMemoryArguments arguments = new ReadMemoryArguments();
        arguments.setMemoryReference(reference);
        arguments.setCount(count);
        return Base64.getDecoder().decode(get(server.readMemory(arguments)).getData());
    }

    void write(String reference, byte[] bytes) {
        WriteMemoryArguments arguments = new WriteMemoryArguments();
        arguments.setMemoryReference(reference);
        arguments.setData(Base64.getEncoder().encodeToString(bytes));
        get(server.writeMemory(arguments));
    }

    /** Sets breakpoints on functions; which of them could be set. */
    List<Boolean> functionBreakpoints(String... names) {
        SetFunctionBreakpointsArguments arguments = new SetFunctionBreakpointsArguments();
        arguments.setBreakpoints(
                Arrays.stream(names)
                        .map(
                                name -> {
                                    FunctionBreakpoint breakpoint = new FunctionBreakpoint();
                                    breakpoint.setName(name);
                                    return breakpoint;
                                })
                        .toArray(FunctionBreakpoint[]::new));
        return Arrays.stream(get(server.setFunctionBreakpoints(arguments)).getBreakpoints())
                .map(Breakpoint::isVerified)
                .toList();
    }

    List<StackFrame> stack() {
        StackTraceArguments arguments = new StackTraceArguments();
        arguments.setThreadId(1);
        return Arrays.asList(get(server.stackTrace(arguments)).getStackFrames());
    }

    /** {@code function:line} of the innermost frame. */
    String place() {
        StackFrame top = stack().get(0);
        return top.getName() + ":" + top.getLine();
    }

    List<Variable> scope(String name) {
        ScopesArguments arguments = new ScopesArguments();
        arguments.setFrameId(stack().get(0).getId());
        for (Scope scope : get(server.scopes(arguments)).getScopes()) {
            if (scope.getName().equals(name)) {
                return children(scope.getVariablesReference());
            }
        }
        throw new AssertionError("no scope " + name);
    }

    List<Variable> children(int reference) {
        VariablesArguments arguments = new VariablesArguments();
        arguments.setVariablesReference(reference);
        return Arrays.asList(get(server.variables(arguments)).getVariables());
    }

    static Variable named(List<Variable> variables, String name) {
        return variables.stream()
                .filter(v -> v.getName().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "no "
                                                + name
                                                + " among "
                                                + variables.stream()
                                                        .map(Variable::getName)
                                                        .toList()));
    }

    EvaluateResponse evaluate(String expression, String context) {
        return get(server.evaluate(evaluation(expression, context)));
    }

    static EvaluateArguments evaluation(String expression, String context) {
        EvaluateArguments arguments = new EvaluateArguments();
        arguments.setExpression(expression);
        arguments.setContext(context);
        return arguments;
    }

    /** Ends the session and waits for the adapter to be gone. */
    @Override
    public void close() {
        if (adapter.isAlive()) {
            server.disconnect(new DisconnectArguments());
        }
        awaitEnd();
    }

    /** Closes the client's end without a word. */
    void vanish() throws IOException {
        toAdapter.close();
    }

    void awaitEnd() {
        try {
            adapter.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (adapter.isAlive()) {
            throw new AssertionError("the adapter does not end");
        }
    }

    @Override
    public void initialized() {
        initialized.countDown();
    }

    @Override
    public void stopped(StoppedEventArguments event) {
        stops.add(event);
    }

    static <T> T take(BlockingQueue<T> events) {
        try {
            T event = events.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event");
            }
            return event;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void memory(MemoryEventArguments event) {
        memoryEvents.add(event);
    }

    @Override
    public void invalidated(InvalidatedEventArguments event) {
        invalidations.add(event);
    }

    @Override
    public void progressStart(ProgressStartEventArguments event) {
        progress.add("start " + event.getPercentage().intValue());
        onProgress.accept(event.getProgressId());
    }

    @Override
    public void progressUpdate(ProgressUpdateEventArguments event) {
        progress.add("update " + event.getPercentage().intValue());
    }

    @Override
    public void progressEnd(ProgressEndEventArguments event) {
        progress.add("end");
    }

    @Override
    public void output(OutputEventArguments event) {
        output.add(event.getOutput());
    }

    @Override
    public void exited(ExitedEventArguments event) {
        exitCode.complete(event.getExitCode());
    }

    @Override
    public void module(ModuleEventArguments event) {
        modules.add(event.getReason() + " " + event.getModule().getName());
    }

    @Override
    public void terminated(TerminatedEventArguments event) {
        terminated.complete(null);
    }
}
