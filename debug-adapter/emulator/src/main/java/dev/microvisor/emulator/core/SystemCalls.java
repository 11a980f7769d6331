package dev.microvisor.emulator.core;

/** What the processor asks when it gets to where no code is. */
@FunctionalInterface
public interface SystemCalls {
    /**
     * Makes the system call at the PC, which takes one instruction, if there is one and nothing
     * special about it.
     *
     * @return true when it has been made and the next instruction may be executed, unless {@link
     *     Processor#stopSoon} was called
     */
    boolean call();
}
