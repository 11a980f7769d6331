package dev.microvisor.emulator.kernel.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.EventType;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.api.SystemSource;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NotificationCallsTest {
    private final KernelFixture k = KernelFixture.plain();

    private Status setup(Struct setup) {
        return k.call("mvSetupNotifications", setup.at, k.variable(0));
    }

    @Test
    void setupGivesAHandleAndShowsTheCentre() {
        int handle = k.centre();
        assertThat(handle).isNotZero();
        assertThat(k.view().centre(handle).orElseThrow().irq()).isEqualTo(KernelFixture.IRQ);
        assertThat(k.view().centre(handle).orElseThrow().rows()).hasSize(8);
        assertThat(k.view().centre(handle).orElseThrow().openedAt()).isEqualTo(FakeGuest.CALL_SITE);
    }

    @Test
    void setupRefusesPointersThatAreNotTheApplications() {
        Struct good = k.setup(51, KernelFixture.RING, 128);
        assertThat(k.call("mvSetupNotifications", FakeGuest.NOWHERE, k.variable(0)))
                .isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvSetupNotifications", good.at, FakeGuest.FLASH))
                .isEqualTo(Status.PARAMETERFAULT);
        assertThat(setup(k.setup(51, FakeGuest.FLASH, 128))).isEqualTo(Status.PARAMETERFAULT);
        assertThat(setup(k.setup(51, KernelFixture.RING, -16))).isEqualTo(Status.PARAMETERFAULT);
    }

    @Test
    void setupRefusesSizesUnder32BytesOrNoMultipleOf16() {
        assertThat(setup(k.setup(51, KernelFixture.RING, 16))).isEqualTo(Status.INVALIDBUFFERSIZE);
        assertThat(setup(k.setup(51, KernelFixture.RING, 8))).isEqualTo(Status.INVALIDBUFFERSIZE);
        assertThat(setup(k.setup(51, KernelFixture.RING, 40))).isEqualTo(Status.INVALIDBUFFERSIZE);
        assertThat(setup(k.setup(51, KernelFixture.RING, 32))).isEqualTo(Status.OKAY);
    }

    @Test
    void setupRefusesABufferThatOverlapsAnother() {
        k.centre(51, KernelFixture.RING, 64);
        assertThat(setup(k.setup(52, KernelFixture.RING + 48, 64)))
                .isEqualTo(Status.BUFFERALREADYINUSE);
        assertThat(setup(k.setup(52, KernelFixture.RING + 64, 64))).isEqualTo(Status.OKAY);
    }

    @Test
    void setupRefusesInterruptsThatDoNotExistOrAreTaken() {
        k.centre(51, KernelFixture.RING, 64);
        assertThat(setup(k.setup(51, KernelFixture.RING + 64, 64)))
                .isEqualTo(Status.INVALIDINTERRUPT);
        assertThat(setup(k.setup(500, KernelFixture.RING + 64, 64)))
                .isEqualTo(Status.INVALIDINTERRUPT);
    }

    @Test
    void setupRefusesAFastInterrupt() {
        k.guest.flashWord(FakeGuest.FLASH + 64 + 4 * 45, FakeGuest.FLASH + 1);
        assertThat(k.call("mvSetFastInterrupt", 45)).isEqualTo(Status.OKAY);
        assertThat(setup(k.setup(45, KernelFixture.RING, 64))).isEqualTo(Status.INVALIDINTERRUPT);
    }

    @Test
    void thereAreNoMoreThan32Centres() {
        for (int i = 0; i < 32; i++) {
            k.centre(i, KernelFixture.RING + 32 * i, 32);
        }
        assertThat(setup(k.setup(60, KernelFixture.RING + 32 * 32, 32)))
                .isEqualTo(Status.TOOMANYNOTIFICATIONBUFFERS);
    }

    @Test
    void recordsAreWrittenAtMicrovisorsPositionWhateverIsThere() {
        byte[] full = new byte[KernelFixture.RING_BYTES];
        Arrays.fill(full, (byte) 0xFF);
        k.guest.write(KernelFixture.RING, full);
        int centre = k.centre();
        for (int i = 0; i < 10; i++) {
            k.call("mvTempTriggerNotification", centre, 2, i);
        }
        k.pass(20);
        assertThat(k.word(KernelFixture.RING + 12)).isEqualTo(8);
        assertThat(k.word(KernelFixture.RING + 16 + 12)).isEqualTo(9);
        assertThat(k.word(KernelFixture.RING + 32 + 12)).isEqualTo(2);
        assertThat(k.view().centre(centre).orElseThrow().writeIndex()).isEqualTo(2);
        assertThat(k.view().centre(centre).orElseThrow().posted()).isEqualTo(10);
    }

    @Test
    void aRecordHasTheTimeAndIsThereBeforeTheInterruptIsPended() {
        int centre = k.centre();
        k.pass(5);
        k.call("mvTempTriggerNotification", centre, EventType.UPDATEDOWNLOADED.code(), 9);
        assertThat(k.guest.pended).isEmpty();
        k.pass(1);
        assertThat(k.guest.pended).containsExactly(KernelFixture.IRQ);
        assertThat(k.eventAt(0)).isEqualTo(EventType.UPDATEDOWNLOADED.code());
        assertThat(k.word(KernelFixture.RING)).isEqualTo(5_100);
    }

    /** Hazard 5: handlers read one record for each interrupt. */
    @Test
    void recordsOfOneCentreKeepADistance() {
        int centre = k.centre();
        k.call("mvTempTriggerNotification", centre, 1, 1);
        k.call("mvTempTriggerNotification", centre, 1, 2);
        k.pass(1);
        assertThat(k.guest.pended).hasSize(1);
        k.pass(1);
        assertThat(k.guest.pended).hasSize(2);
    }

    @Test
    void noMoreThanAThousandRecordsWaitForOneCentre() {
        int centre = k.centre();
        for (int i = 0; i < 10_000; i++) {
            k.call("mvTempTriggerNotification", centre, 1, i);
        }
        k.pass(100_000);
        assertThat(k.guest.pended).hasSizeBetween(1000, 1010);
        assertThat(k.guest.warnings).singleElement().asString().contains("dropped");
        k.call("mvTempTriggerNotification", centre, 1, 1);
        k.pass(10);
        assertThat(k.guest.pended).hasSizeBetween(1001, 1011);
    }

    @Test
    void triggerRefusesAHandleThatIsNone() {
        assertThat(k.call("mvTempTriggerNotification", 0, 1, 1)).isEqualTo(Status.INVALIDHANDLE);
    }

    @Test
    void closeZeroesTheVariableAndStopsNotifications() {
        int centre = k.centre();
        k.network(centre);
        int variable = k.variable(centre);
        k.call("mvTempTriggerNotification", centre, 1, 1);
        assertThat(k.call("mvCloseNotifications", variable)).isEqualTo(Status.OKAY);
        assertThat(k.word(variable)).isZero();
        k.pass(10);
        assertThat(k.guest.pended).isEmpty();
        assertThat(setup(k.setup(51, KernelFixture.RING, 128))).isEqualTo(Status.OKAY);
    }

    @Test
    void closeRefusesBadPointersAndHandles() {
        assertThat(k.call("mvCloseNotifications", FakeGuest.FLASH))
                .isEqualTo(Status.PARAMETERFAULT);
        int variable = k.variable(1234);
        assertThat(k.call("mvCloseNotifications", variable)).isEqualTo(Status.INVALIDHANDLE);
        assertThat(k.word(variable)).isEqualTo(1234);
    }

    private Struct systemParams(int centre, int source) {
        return k.struct("MvOpenSystemNotificationParams")
                .set("notification_handle", centre)
                .set("notification_tag", 5)
                .set("notification_source", source);
    }

    @Test
    void systemNotificationsTellOfTheNetworkUntilClosed() {
        int centre = k.centre();
        int handle = k.variable(0);
        Struct params = systemParams(centre, SystemSource.NETWORK.code());
        assertThat(k.call("mvOpenSystemNotification", params.at, handle)).isEqualTo(Status.OKAY);
        int network = k.network(centre);
        k.call("mvReleaseNetwork", k.variable(network));
        k.pass(200);
        assertThat(k.told).containsExactly("MV_EVENTTYPE_NETWORKSTATUSCHANGED irq 51 tag 5");
        assertThat(k.call("mvCloseSystemNotification", handle)).isEqualTo(Status.OKAY);
        assertThat(k.word(handle)).isZero();
        assertThat(k.view().systemEvents()).isEmpty();
    }

    @Test
    void openSystemNotificationRefuses() {
        int centre = k.centre();
        Struct good = systemParams(centre, 0);
        assertThat(k.call("mvOpenSystemNotification", 0, k.variable(0)))
                .isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvOpenSystemNotification", good.at, 0)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvOpenSystemNotification", systemParams(1, 0).at, k.variable(0)))
                .isEqualTo(Status.INVALIDHANDLE);
        assertThat(k.call("mvOpenSystemNotification", systemParams(centre, 2).at, k.variable(0)))
                .isEqualTo(Status.INVALIDHANDLE);
        k.guest.exception = 67;
        assertThat(k.call("mvOpenSystemNotification", good.at, k.variable(0)))
                .isEqualTo(Status.UNAVAILABLE);
    }

    @Test
    void closeSystemNotificationRefuses() {
        assertThat(k.call("mvCloseSystemNotification", 0)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvCloseSystemNotification", k.variable(3)))
                .isEqualTo(Status.INVALIDHANDLE);
        k.guest.exception = 67;
        assertThat(k.call("mvCloseSystemNotification", k.variable(3)))
                .isEqualTo(Status.UNAVAILABLE);
    }
}
