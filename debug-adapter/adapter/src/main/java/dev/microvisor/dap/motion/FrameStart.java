package dev.microvisor.dap.motion;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.history.History;
import dev.microvisor.emulator.history.Wanted;
import java.util.Optional;
import java.util.Set;

/**
 * Goes back in time to where a function was entered, so that it can run again: registers, memory
 * and Microvisor are as they were then.
 */
public final class FrameStart implements Motion {
    private final Execution execution;
    private final History history;
    private final int entry;
    private final int stackPointer;
    private final String name;

    /**
     * @param entry first instruction of the function
     * @param stackPointer when it was called; tells the call from other calls of the function
     */
    public FrameStart(
            Execution execution, History history, int entry, int stackPointer, String name) {
        this.execution = execution;
        this.history = history;
        this.entry = entry;
        this.stackPointer = stackPointer;
        this.name = name;
    }

    @Override
    public Optional<Stop> advance() {
        StopReason reason =
                history.reverseTo(
                        Set.of(entry),
                        Set.of(),
                        Wanted.noEvents(
                                r ->
                                        r instanceof StopReason.Breakpoint
                                                && execution.sp() == stackPointer));
        if (reason instanceof StopReason.Paused) {
            return Optional.of(Stop.of("pause", "Going back was broken off"));
        }
        return Optional.of(
                reason instanceof StopReason.Breakpoint
                        ? Stop.of("restart", "Back where " + name + " was called")
                        : Stop.historyBegins(history.begin()));
    }
}
