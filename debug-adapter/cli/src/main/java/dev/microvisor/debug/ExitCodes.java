package dev.microvisor.debug;

/** What the process says at its end. The README documents the same numbers. */
public final class ExitCodes {
    /** The firmware idled for good, ended itself, or did what was expected of it. */
    public static final int DONE = 0;

    /** The firmware crashed. */
    public static final int CRASHED = 1;

    /** Nothing ran: bad usage, missing or broken file, port in use. */
    public static final int COULD_NOT_RUN = 2;

    /** The limit of instructions or virtual time came first. */
    public static final int LIMIT_REACHED = 3;

    /** The run ended without showing what --until or --expect asks for. */
    public static final int NOT_AS_EXPECTED = 4;

    /** The firmware ended itself and said that it had failed. */
    public static final int FIRMWARE_FAILED = 5;

    /** A replay went another way than its recording. */
    public static final int REPLAY_DIFFERS = 6;

    /**
     * What is added to the number of a signal that ended the command, as shells do: 130 for Ctrl-C,
     * 143 for SIGTERM, 129 for a closed terminal.
     */
    public static final int SIGNALLED = 128;

    private ExitCodes() {}
}
