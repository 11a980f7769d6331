package dev.microvisor.emulator.cloud.hardware;

import dev.microvisor.emulator.bytes.Bytes;
import java.util.List;

/**
 * What a device on a bus says after certain bytes, as devices do that know commands.
 *
 * @param response the bytes, in front of what it measures
 * @param measures names of quantities whose words follow
 * @param readyMs how long after the command the device answers no address
 */
public record Reply(Bytes request, Bytes response, List<String> measures, int readyMs) {
    public Reply {
        measures = List.copyOf(measures);
    }

    /** At once, and always the same. */
    public Reply(Bytes request, Bytes response) {
        this(request, response, List.of(), 0);
    }
}
