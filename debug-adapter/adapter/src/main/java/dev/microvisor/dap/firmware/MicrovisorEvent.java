package dev.microvisor.dap.firmware;

import java.util.List;

/**
 * Something that Microvisor did and that a debugger may stop at.
 *
 * @param names what a user may call it: names of calls, statuses, events, tags in decimal
 * @param text one line for people
 */
public record MicrovisorEvent(Kind kind, List<String> names, String text) {
    /** What kinds there are. */
    public enum Kind {
        /** A system call has returned. */
        CALL,
        /** A system call has returned with another status than MV_STATUS_OKAY. */
        FAILED_CALL,
        /** A record was written into the ring of a notification centre. */
        NOTIFICATION,
        /** A channel opened, broke, got its answer or was closed. */
        CHANNEL,
        /** The network went to another status. */
        NETWORK,
        /** The application starts again. */
        RESTART
    }

    public MicrovisorEvent {
        names = List.copyOf(names);
    }
}
