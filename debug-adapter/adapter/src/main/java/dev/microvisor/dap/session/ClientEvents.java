package dev.microvisor.dap.session;

import dev.microvisor.dap.motion.Stop;
import java.util.Optional;
import org.eclipse.lsp4j.debug.ContinuedEventArguments;
import org.eclipse.lsp4j.debug.ExitedEventArguments;
import org.eclipse.lsp4j.debug.InvalidatedEventArguments;
import org.eclipse.lsp4j.debug.MemoryEventArguments;
import org.eclipse.lsp4j.debug.OutputEventArguments;
import org.eclipse.lsp4j.debug.Source;
import org.eclipse.lsp4j.debug.StoppedEventArguments;
import org.eclipse.lsp4j.debug.TerminatedEventArguments;
import org.eclipse.lsp4j.debug.services.IDebugProtocolClient;

/** Tells the client what happens. */
public final class ClientEvents {
    private final IDebugProtocolClient client;

    public ClientEvents(IDebugProtocolClient client) {
        this.client = client;
    }

    public IDebugProtocolClient raw() {
        return client;
    }

    public void initialized() {
        client.initialized();
    }

    /**
     * @param thread number of the one whose code is on the core
     */
    public void stopped(Stop stop, int thread) {
        StoppedEventArguments event = new StoppedEventArguments();
        event.setReason(stop.reason());
        event.setDescription(stop.description());
        event.setText(stop.description());
        event.setThreadId(thread);
        event.setAllThreadsStopped(true);
        if (!stop.breakpointIds().isEmpty()) {
            event.setHitBreakpointIds(stop.breakpointIds().toArray(Integer[]::new));
        }
        client.stopped(event);
    }

    public void continued(int thread) {
        ContinuedEventArguments event = new ContinuedEventArguments();
        event.setThreadId(thread);
        event.setAllThreadsContinued(true);
        client.continued(event);
    }

    public void exited(int code) {
        ExitedEventArguments event = new ExitedEventArguments();
        event.setExitCode(code);
        client.exited(event);
    }

    public void terminated() {
        client.terminated(new TerminatedEventArguments());
    }

    /** Writes a whole line, with the place that wrote it when there is one. */
    public void output(String category, String line, Optional<Place> place) {
        OutputEventArguments event = new OutputEventArguments();
        event.setCategory(category);
        event.setOutput(line.endsWith("\n") ? line : line + "\n");
        place.ifPresent(
                p -> {
                    event.setSource(p.source());
                    event.setLine(p.line());
                });
        client.output(event);
    }

    /** Values that the client shows may have changed. */
    public void invalidated(String... areas) {
        InvalidatedEventArguments event = new InvalidatedEventArguments();
        event.setAreas(areas);
        client.invalidated(event);
    }

    public void memoryChanged(String memoryReference, int offset, int count) {
        MemoryEventArguments event = new MemoryEventArguments();
        event.setMemoryReference(memoryReference);
        event.setOffset(offset);
        event.setCount(count);
        client.memory(event);
    }

    /**
     * A place in source.
     *
     * @param line as the client counts
     */
    public record Place(Source source, int line) {}
}
