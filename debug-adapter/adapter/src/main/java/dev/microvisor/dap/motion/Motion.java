package dev.microvisor.dap.motion;

import java.util.Optional;

/** Something that the user asked the firmware to do. Belongs to the machine's thread. */
public interface Motion {
    /** Goes on for about a millisecond; the stop, when it is over. */
    Optional<Stop> advance();
}
