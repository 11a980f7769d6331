package dev.microvisor.emulator.kernel.wifi;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvGetWifiConfig}: tells the name of the network and whether a password is stored. */
public final class GetWifiConfig implements HostCall<GetWifiConfig.Args> {
    /** Arguments by the header's names. */
    public record Args(int params) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> params = host.memory().struct("MvWifiConfigOut", args.params());
        if (params.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        if (params.get().word("version") != 1) {
            return Status.UNSUPPORTEDSTRUCTUREVERSION;
        }
        GuestStruct target = params.get().nested("v1.ssid");
        int size = target.word("size");
        int encrypted = params.get().word("v1.has_encryption");
        if (!host.memory().writable(target.word("data"), size)
                || !host.memory().writableWord(target.word("length"))
                || !host.memory().writable(encrypted, 1)) {
            return Status.PARAMETERFAULT;
        }
        Bytes ssid = host.wifi().ssid();
        int count = Math.min(size, ssid.size());
        host.memory().write(target.word("data"), ssid.slice(0, count));
        host.memory().putWord(target.word("length"), count);
        host.memory().putByte(encrypted, host.wifi().encrypted() ? 1 : 0);
        return Status.OKAY;
    }
}
