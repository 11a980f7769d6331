package dev.microvisor.emulator.machine;

/**
 * Sees every instruction before it is executed. With an observer the machine interprets one
 * instruction at a time, which is several times slower; what it does is the same.
 */
public interface InstructionObserver {
    /**
     * @param pc address of the instruction; a slot of the call table stands for the whole call
     * @param sp the stack pointer in use
     * @param exception number of the exception being handled, 0 in thread mode
     */
    void executing(int pc, int sp, int exception);
}
