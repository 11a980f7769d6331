package dev.microvisor.emulator.core;

/** Why {@link Interpreter#run} came back. PC and count are those of the next instruction. */
public enum Exit {
    /** The instruction number asked for is reached, or somebody asked to stop. */
    LIMIT,
    /** No flash or RAM at the PC. */
    NO_CODE,
    /** EPSR.T is clear: the next instruction cannot be executed. */
    NOT_THUMB,
    /** Branch to the EXC_RETURN value in {@link CpuState#excReturn}. */
    EXCEPTION_RETURN,
    /** After an SVC instruction. */
    SUPERVISOR_CALL,
    /** At a BKPT instruction, not yet executed. */
    BKPT,
    /** After WFI. */
    WAIT_FOR_INTERRUPT,
    /** After WFE with the event register clear. */
    WAIT_FOR_EVENT,
    /** After a branch to itself, which has executed and is the next instruction again. */
    BRANCH_TO_SELF,
    /** A breakpoint of the debugger stands at the PC. */
    BREAKPOINT,
    /** The instruction faulted and had no effect; see {@link Interpreter#fault}. */
    FAULT,
    /** Just branched to a place that is worth compiling; only inside the core. */
    HOT,
    /** A mask or priority has changed while exceptions are pending, or the privilege has. */
    PRIORITY_CHANGED
}
