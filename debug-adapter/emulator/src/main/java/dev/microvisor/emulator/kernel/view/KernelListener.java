package dev.microvisor.emulator.kernel.view;

/**
 * Told of what happens, on the machine's thread, while it happens. A listener must not touch the
 * machine. While a debugger replays the past it takes the listener away, so each thing is told
 * once.
 */
public interface KernelListener {
    /** Hears nothing. */
    KernelListener NONE = new KernelListener() {};

    /** A log line reached the server (or, for {@code mvTestLog}, the provisioning console). */
    default void logged(LogLine line) {}

    /** A record was written into the ring of a centre and its interrupt was pended. */
    default void notificationPosted(NotificationPosted posted) {}

    /** A channel opened, broke, got its answer or was closed. */
    default void channelChanged(ChannelView channel, String what) {}

    /** The network went to another status, given by the name of its constant. */
    default void networkChanged(String status, long instruction) {}

    /** A system call has returned. Only called when {@link #wantsCalls()} says so. */
    default void called(CallView call) {}

    /** True when {@link #called} is worth the time of decoding every call. */
    default boolean wantsCalls() {
        return false;
    }

    /** A fault of the cloud file took effect. */
    default void faultInjected(String description, long instruction) {}

    /** Somebody did something to Microvisor by hand. */
    default void intervened(String description, long instruction) {}

    /** The application starts again. */
    default void applicationRestarted(String wakeReason, long instruction) {}

    /**
     * A notification.
     *
     * @param index record of the ring
     * @param eventName name of the {@code MvEventType} constant
     */
    record NotificationPosted(
            int centreHandle,
            int irq,
            int index,
            String eventName,
            int tag,
            long microseconds,
            long instruction) {}
}
