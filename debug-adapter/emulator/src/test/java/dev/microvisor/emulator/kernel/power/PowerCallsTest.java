package dev.microvisor.emulator.kernel.power;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.DeepSleepMode;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.api.SystemSource;
import dev.microvisor.emulator.api.WakeReason;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import org.junit.jupiter.api.Test;

class PowerCallsTest {
    private static final int KEPT = FakeGuest.RAM + 0x1_0000;

    private KernelFixture k = KernelFixture.plain();

    /** Takes the network down, as firmware must before it sleeps. */
    private void goOffline() {
        k.call("mvReleaseNetwork", k.variable(k.network(k.centre())));
        k.pass(200);
    }

    /** Hazard 10: the variable is one byte on the stack. */
    @Test
    void theWakeReasonIsOneByte() {
        k = KernelFixture.with("[device]\nwake_reason = \"DEEPSLEEPMODEM\"");
        int out = k.room(4);
        assertThat(k.call("mvGetWakeReason", out)).isEqualTo(Status.OKAY);
        assertThat(k.word(out)).isEqualTo(0xA5A5_A500 | WakeReason.DEEPSLEEPMODEM.code());
        assertThat(k.call("mvGetWakeReason", FakeGuest.FLASH)).isEqualTo(Status.PARAMETERFAULT);
    }

    @Test
    void noneOfTheseCallsIsForInterruptHandlers() {
        k.guest.exception = 20;
        assertThat(k.call("mvGetWakeReason", k.room(1))).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvSystemLedEnable", 1)).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvPowerSave", 0)).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvDeepSleep", 0)).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvRestart", 0)).isEqualTo(Status.UNAVAILABLE);
    }

    @Test
    void theLedCanBeSwitched() {
        assertThat(k.call("mvSystemLedEnable", 1)).isEqualTo(Status.OKAY);
        assertThat(k.view().device().systemLed()).isTrue();
        k.call("mvSystemLedEnable", 0);
        assertThat(k.view().device().systemLed()).isFalse();
    }

    @Test
    void powerSaveSleepsOnlyWhenTheNetworkIsDown() {
        assertThat(k.call("mvPowerSave", 5)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvPowerSave", 4)).isEqualTo(Status.MICROVISORBUSY);
        goOffline();
        assertThat(k.call("mvPowerSave", 4)).isEqualTo(Status.OKAY);
        assertThat(k.guest.sleeping).isTrue();
    }

    @Test
    void deepSleepRefuses() {
        assertThat(k.call("mvDeepSleep", 2)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvDeepSleep", 0)).isEqualTo(Status.MICROVISORBUSY);
    }

    @Test
    void deepSleepEndsTheRunWhenNothingWakesTheDevice() {
        goOffline();
        assertThat(k.call("mvDeepSleep", 0)).isEqualTo(Status.OKAY);
        assertThat(k.guest.halted).isTrue();
        assertThat(k.guest.stop).isInstanceOf(StopReason.Exited.class);
    }

    @Test
    void theDeviceWakesFromStandbyWithItsReasonAndFromShutdownAsFromColdBoot() {
        for (DeepSleepMode mode : DeepSleepMode.values()) {
            k = KernelFixture.with("[power]\nwake_after_ms = 5000");
            goOffline();
            assertThat(k.call("mvDeepSleep", mode.code())).isEqualTo(Status.OKAY);
            k.guest.writeWord(KEPT, 0xC0FFEE);
            k.pass(5001);
            assertThat(k.guest.restarts).isEqualTo(1);
            assertThat(k.guest.readWord(KEPT)).as("RAM had no power").isZero();
            assertThat(k.view().device().wakeReason())
                    .isEqualTo(
                            mode == DeepSleepMode.SHUTDOWN
                                    ? "MV_WAKEREASON_COLDBOOT"
                                    : "MV_WAKEREASON_DEEPSLEEPAPPLICATIONRTC");
        }
    }

    @Test
    void restartTearsTheApplicationDown() {
        k.centre();
        assertThat(k.call("mvRestart", 1)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvRestart", 0)).isEqualTo(Status.OKAY);
        assertThat(k.guest.halted).isTrue();
        k.guest.writeWord(KEPT, 0xC0FFEE);
        k.pass(20);
        assertThat(k.guest.restarts).isEqualTo(1);
        assertThat(k.view().centres()).isEmpty();
        assertThat(k.guest.readWord(KEPT)).as("for who looks after it").isEqualTo(0xC0FFEE);
    }

    @Test
    void restartIsRefusedWhileMicrovisorConnects() {
        k = KernelFixture.with("[network]\nconnected_at_start = false");
        assertThat(k.call("mvRestart", 0)).isEqualTo(Status.MICROVISORBUSY);
    }

    @Test
    void anUpdateWaitsForFirmwareThatAskedToBeTold() {
        k = KernelFixture.with("[[fault]]\nat_ms = 100\nupdate = \"downloaded\"");
        int centre = k.centre();
        Struct params =
                k.struct("MvOpenSystemNotificationParams")
                        .set("notification_handle", centre)
                        .set("notification_tag", 4)
                        .set("notification_source", SystemSource.UPDATE.code());
        k.call("mvOpenSystemNotification", params.at, k.variable(0));
        k.pass(1000);
        assertThat(k.guest.restarts).isZero();
        assertThat(k.told).contains("MV_EVENTTYPE_UPDATEDOWNLOADED irq 51 tag 4");
        k.call("mvRestart", 0);
        k.pass(20);
        assertThat(k.told).contains("restarted: MV_WAKEREASON_APPLICATIONUPDATE");
    }

    @Test
    void anUpdateIsAppliedAtOnceOtherwise() {
        k = KernelFixture.with("[[fault]]\nat_ms = 100\nupdate = \"downloaded\"");
        k.pass(1000);
        assertThat(k.told).contains("restarted: MV_WAKEREASON_APPLICATIONUPDATE");
    }

    @Test
    void theServerCanRestartTheApplication() {
        k = KernelFixture.with("[[fault]]\nat_ms = 100\nrestart = \"application\"");
        k.pass(1000);
        assertThat(k.told).contains("restarted: MV_WAKEREASON_REMOTEAPPLICATIONRESTART");
    }
}
