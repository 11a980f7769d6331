package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.outside.Outside;
import java.util.Optional;

/**
 * What a run has besides the firmware and the cloud file.
 *
 * @param outside through which everything comes that does not follow from those two
 * @param devices a Microvisor cloud that is asked for items before the cloud file is; its watch
 *     speaks through {@code outside}
 * @param asksDevices true when the run has, or a recorded run had, such a cloud
 */
public record World(Outside outside, Optional<DeviceCloud> devices, boolean asksDevices) {
    /** The world as it is, at the emulator's own pace. */
    public static World live() {
        return without(Outside.live(false));
    }

    /** Without a Microvisor cloud of its own. */
    public static World without(Outside outside) {
        return new World(outside, Optional.empty(), false);
    }

    /** With a Microvisor cloud. */
    public static World with(Outside outside, DeviceCloud cloud) {
        return new World(outside, Optional.of(cloud), true);
    }

    /** A recorded run that had a Microvisor cloud. */
    public static World replaying(Outside outside, boolean hadDevices) {
        return new World(outside, Optional.empty(), hadDevices);
    }
}
