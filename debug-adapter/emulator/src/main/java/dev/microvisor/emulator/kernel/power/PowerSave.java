package dev.microvisor.emulator.kernel.power;

import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.PowerSavingMode;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/**
 * {@code mvPowerSave}: sleeps until an interrupt. The modes differ in current and in what wakes the
 * device; virtual time passes alike in all of them.
 */
public final class PowerSave implements HostCall<PowerSave.Args> {
    /** Arguments by the header's names. */
    public record Args(int mode) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (host.inInterrupt()) {
            return Status.UNAVAILABLE;
        }
        if (ApiConstant.fromCode(PowerSavingMode.class, args.mode()).isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        if (host.power().networkActive()) {
            return Status.MICROVISORBUSY;
        }
        host.guest().waitForInterrupt();
        return Status.OKAY;
    }
}
