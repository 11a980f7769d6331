package dev.microvisor.emulator.memory;

/**
 * Thrown by {@link PageAccess} before it has changed anything, when an access is more than a load
 * or store of plain memory: a device, a watchpoint, a check or a fault. The instruction is then
 * executed by the interpreter.
 */
public final class SlowAccess extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The only one; it carries nothing. */
    public static final SlowAccess INSTANCE = new SlowAccess();

    private SlowAccess() {
        super("access that needs the interpreter", null, false, false);
    }
}
