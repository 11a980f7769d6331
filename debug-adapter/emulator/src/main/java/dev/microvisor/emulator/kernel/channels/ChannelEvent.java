package dev.microvisor.emulator.kernel.channels;

import dev.microvisor.emulator.kernel.call.Event;

/** An event that dies with its channel. */
public interface ChannelEvent extends Event {
    /** Handle of the channel. */
    int channel();
}
