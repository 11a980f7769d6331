package dev.microvisor.gdb;

import dev.microvisor.emulator.guest.StopReason;

/** Execution backwards, for {@code reverse-stepi} and {@code reverse-continue}. */
public interface TimeTravel {
    /** Goes back by one instruction; {@link StopReason.LimitReached} where history begins. */
    StopReason stepBack();

    /** Goes back to the last breakpoint or watchpoint passed, or to where history begins. */
    StopReason reverseContinue();
}
