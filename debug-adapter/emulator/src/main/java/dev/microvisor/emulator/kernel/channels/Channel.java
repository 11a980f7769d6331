package dev.microvisor.emulator.kernel.channels;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ClosureReason;
import java.util.function.UnaryOperator;

/**
 * A channel.
 *
 * @param traffic what it carries
 */
public record Channel(
        int handle,
        ChannelType type,
        State state,
        ClosureReason reason,
        int networkHandle,
        int notificationHandle,
        int tag,
        Buffer receive,
        Buffer send,
        long openedAtInstruction,
        int openedAt,
        Traffic traffic) {

    /** Its life. */
    public enum State {
        OPEN,
        /** Broken from outside; the application has not closed it yet. */
        NOT_CONNECTED,
        CLOSED
    }

    public boolean open() {
        return state == State.OPEN;
    }

    Channel ended(State newState, ClosureReason newReason) {
        return new Channel(
                handle,
                type,
                newState,
                newReason,
                networkHandle,
                notificationHandle,
                tag,
                receive,
                send,
                openedAtInstruction,
                openedAt,
                traffic);
    }

    Channel with(UnaryOperator<Traffic> change) {
        return new Channel(
                handle,
                type,
                state,
                reason,
                networkHandle,
                notificationHandle,
                tag,
                receive,
                send,
                openedAtInstruction,
                openedAt,
                change.apply(traffic));
    }
}
