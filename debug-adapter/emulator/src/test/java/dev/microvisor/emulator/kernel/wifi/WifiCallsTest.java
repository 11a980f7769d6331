package dev.microvisor.emulator.kernel.wifi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import org.junit.jupiter.api.Test;

class WifiCallsTest {
    private final KernelFixture k = KernelFixture.plain();

    private Struct config(String ssid, String password) {
        return k.struct("MvWifiConfig")
                .set("version", 1)
                .set("v1.wifi_ssid", ssid)
                .set("v1.wifi_password", password);
    }

    private Status set(Struct config) {
        return k.call("mvSetWifiConfig", config.at);
    }

    /** The stored name and whether it has a password, such as {@code home+1}. */
    private String stored() {
        int data = k.room(40);
        int length = k.variable(-1);
        int encrypted = k.room(4);
        Struct out = k.struct("MvWifiConfigOut").set("version", 1);
        k.guest.writeWord(out.at + 4, data);
        k.guest.writeWord(out.at + 8, 40);
        k.guest.writeWord(out.at + 12, length);
        out.set("v1.has_encryption", encrypted);
        assertThat(k.call("mvGetWifiConfig", out.at)).isEqualTo(Status.OKAY);
        assertThat(k.word(encrypted) & 0xFFFF_FF00).isEqualTo(0xA5A5_A500);
        return k.textAt(data, k.word(length)) + "+" + (k.word(encrypted) & 0xFF);
    }

    @Test
    void settingsAreStoredAndCleared() {
        assertThat(stored()).isEqualTo("+0");
        assertThat(set(config("home", "secret"))).isEqualTo(Status.OKAY);
        assertThat(stored()).isEqualTo("home+1");
        assertThat(set(config("open", ""))).isEqualTo(Status.OKAY);
        assertThat(stored()).isEqualTo("open+0");
        assertThat(set(config("", "").set("v1.config_mode", 1))).isEqualTo(Status.OKAY);
        assertThat(stored()).isEqualTo("+0");
    }

    @Test
    void setRefuses() {
        assertThat(k.call("mvSetWifiConfig", FakeGuest.NOWHERE)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(set(config("a", "b").set("version", 2)))
                .isEqualTo(Status.UNSUPPORTEDSTRUCTUREVERSION);
        assertThat(set(config("a", "b").set("v1.config_mode", 2))).isEqualTo(Status.PARAMETERFAULT);
        assertThat(set(config("a", "b").breakString("v1.wifi_ssid")))
                .isEqualTo(Status.PARAMETERFAULT);
        assertThat(set(config("x".repeat(33), "b"))).isEqualTo(Status.INPUTTOOLONG);
        assertThat(set(config("a", "x".repeat(64)))).isEqualTo(Status.INPUTTOOLONG);
    }

    @Test
    void getRefuses() {
        assertThat(k.call("mvGetWifiConfig", FakeGuest.NOWHERE)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvGetWifiConfig", k.struct("MvWifiConfigOut").at))
                .isEqualTo(Status.UNSUPPORTEDSTRUCTUREVERSION);
        assertThat(k.call("mvGetWifiConfig", k.struct("MvWifiConfigOut").set("version", 1).at))
                .isEqualTo(Status.PARAMETERFAULT);
    }
}
