package dev.microvisor.emulator.core.compiler;

/** Where the compiler gets guest code from. */
public interface CodeSource {
    /**
     * The instruction at an address, packed.
     *
     * @throws dev.microvisor.emulator.memory.GuestFault when it cannot be fetched
     */
    long decode(int address, boolean inIt);

    /** True when the debugger stops, or has once stopped, before the instruction. */
    boolean isStop(int address);

    /** A byte of a jump table. */
    int peekByte(int address);
}
