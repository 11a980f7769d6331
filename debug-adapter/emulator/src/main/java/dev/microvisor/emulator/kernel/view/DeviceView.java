package dev.microvisor.emulator.kernel.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The device.
 *
 * @param sid the 34 characters of {@code mvGetDeviceId}
 * @param wallTime what {@code mvGetWallTime} would answer; empty while the time is not set
 * @param wakeReason name of the {@code MvWakeReason} constant
 * @param systemLed state of the LED as {@code mvSystemLedEnable} left it
 * @param fastInterrupts interrupt numbers marked fast
 */
public record DeviceView(
        String sid,
        int clockHz,
        Optional<Instant> wallTime,
        String wakeReason,
        boolean systemLed,
        List<Integer> fastInterrupts) {
    public DeviceView {
        fastInterrupts = List.copyOf(fastInterrupts);
    }
}
