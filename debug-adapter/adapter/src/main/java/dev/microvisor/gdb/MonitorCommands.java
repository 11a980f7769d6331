package dev.microvisor.gdb;

/** What {@code monitor …} in gdb reaches: the same commands as in the debug console. */
@FunctionalInterface
public interface MonitorCommands {
    /** Runs a command and returns what to print, unknown commands included. */
    String run(String command);
}
