package dev.microvisor.emulator.kernel.channels;

import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.view.ChannelView.HttpView;
import dev.microvisor.emulator.kernel.view.ChannelView.MqttView;
import java.util.Optional;

/** What a channel carries: immutable data of the channel's type. */
public interface Traffic {
    /** What is going on, in words. */
    String phase();

    /** True when something was received that the application may still read. */
    boolean hasReceived();

    /** The channel has broken or was closed while this was going on. */
    default void ended(Host host, Channel channel) {}

    /** Bytes of the send buffer that are in use, from its start. */
    default int sendUsed() {
        return 0;
    }

    /** Bytes of the receive buffer that are in use. */
    default int receiveUsed() {
        return 0;
    }

    /** Where in the receive buffer the used bytes start. */
    default int receiveStart() {
        return 0;
    }

    /** Where in the send buffer the used bytes start. */
    default int sendStart() {
        return 0;
    }

    default Optional<HttpView> http() {
        return Optional.empty();
    }

    default Optional<MqttView> mqtt() {
        return Optional.empty();
    }
}
