package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.memory.WatchRange;
import java.util.Set;

/**
 * A machine as a debugger sees it. All methods belong to the thread that owns the machine, except
 * {@link #pause()}.
 */
public interface Debuggee {
    /** Instruction number of now. */
    long now();

    int clockHz();

    Registers registers();

    /** Reads memory without side effects; a shorter array when the rest is not readable. */
    byte[] peek(int address, int sizeBytes);

    /** Writes memory, write protection and flash included; false when there is no memory. */
    boolean poke(int address, byte[] bytes);

    /** Addresses to stop before executing. Replaces the set. */
    void setBreakpoints(Set<Integer> addresses);

    /** Ranges to stop after touching. Replaces the set. */
    void setWatchpoints(Set<Watch> watches);

    /**
     * Runs until something stops it. A breakpoint at the present PC does not stop the first
     * instruction.
     *
     * @param untilInstruction stop before executing the instruction with this number
     */
    StopReason run(long untilInstruction);

    /** Executes one instruction, or takes one exception. */
    StopReason step();

    /** Any thread: ends a {@link #run} at the next safe point. */
    void pause();

    /**
     * A watched range.
     *
     * @param id returned in {@link StopReason.Watchpoint}
     */
    record Watch(int id, int address, int sizeBytes, boolean onRead, boolean onWrite) {
        WatchRange range() {
            return new WatchRange(id, address, sizeBytes, onRead, onWrite);
        }
    }
}
