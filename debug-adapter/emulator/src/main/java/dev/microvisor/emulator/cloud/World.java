package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.outside.Outside;

/**
 * What a run has besides the firmware and the cloud file.
 *
 * @param outside through which everything comes that does not follow from those two
 */
public record World(Outside outside) {
    /** The world as it is, at the emulator's own pace. */
    public static World live() {
        return new World(Outside.live(false));
    }
}
