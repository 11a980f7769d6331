package dev.microvisor.emulator.kernel.wifi;

import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.api.WifiConfigMode;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvSetWifiConfig}: stores or clears the Wi-Fi settings. */
public final class SetWifiConfig implements HostCall<SetWifiConfig.Args> {
    /** Longest name of a network by IEEE 802.11. */
    static final int MAX_SSID_BYTES = 32;

    /** Longest passphrase of WPA2, in bytes. */
    static final int MAX_PASSWORD_BYTES = 63;

    /** Arguments by the header's names. */
    public record Args(int params) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> params = host.memory().struct("MvWifiConfig", args.params());
        if (params.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        if (params.get().word("version") != 1) {
            return Status.UNSUPPORTEDSTRUCTUREVERSION;
        }
        Optional<WifiConfigMode> mode =
                ApiConstant.fromCode(WifiConfigMode.class, params.get().word("v1.config_mode"));
        if (mode.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        if (mode.get() == WifiConfigMode.CLEARNOW) {
            host.wifi().clear();
            return Status.OKAY;
        }
        Optional<Bytes> ssid = params.get().sizedString("v1.wifi_ssid");
        Optional<Bytes> password = params.get().sizedString("v1.wifi_password");
        if (ssid.isEmpty() || password.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        if (ssid.get().size() > MAX_SSID_BYTES || password.get().size() > MAX_PASSWORD_BYTES) {
            return Status.INPUTTOOLONG;
        }
        host.wifi().store(ssid.get(), password.get());
        return Status.OKAY;
    }
}
