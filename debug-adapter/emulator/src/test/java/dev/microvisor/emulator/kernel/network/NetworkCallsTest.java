package dev.microvisor.emulator.kernel.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.NetworkReason;
import dev.microvisor.emulator.api.NetworkStatus;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import org.junit.jupiter.api.Test;

class NetworkCallsTest {
    private KernelFixture k = KernelFixture.plain();

    private NetworkStatus status(int handle) {
        int out = k.variable(-1);
        assertThat(k.call("mvGetNetworkStatus", handle, out)).isEqualTo(Status.OKAY);
        return NetworkStatus.values()[k.word(out)];
    }

    private Struct params(int centre) {
        return k.struct("MvRequestNetworkParams")
                .set("version", 1)
                .set("v1.notification_handle", centre);
    }

    @Test
    void aDeviceThatIsOnlineIsConnectedAtOnceAndPostsNothing() {
        int network = k.network(k.centre());
        assertThat(status(network)).isEqualTo(NetworkStatus.CONNECTED);
        k.pass(5000);
        assertThat(k.guest.pended).isEmpty();
    }

    /** Hazard 8: demos wait for CONNECTED in a loop. */
    @Test
    void aDeviceThatStartsOfflineConnectsAfterItsDelay() {
        k = KernelFixture.with("[network]\nconnected_at_start = false\nconnect_delay_ms = 50");
        int network = k.network(k.centre());
        assertThat(status(network)).isEqualTo(NetworkStatus.CONNECTING);
        k.pass(51);
        assertThat(status(network)).isEqualTo(NetworkStatus.CONNECTED);
        assertThat(k.told).containsExactly("MV_EVENTTYPE_NETWORKSTATUSCHANGED irq 51 tag 17");
    }

    @Test
    void releasingTheLastHandleTakesTheLinkDownAndANewRequestBringsItUp() {
        int centre = k.centre();
        int first = k.network(centre);
        int variable = k.variable(first);
        assertThat(k.call("mvReleaseNetwork", variable)).isEqualTo(Status.OKAY);
        assertThat(k.word(variable)).isZero();
        k.pass(200);
        assertThat(k.view().network().status()).endsWith("DELIBERATELYOFFLINE");
        int second = k.network(centre);
        assertThat(second).isNotEqualTo(first);
        assertThat(status(second)).isEqualTo(NetworkStatus.CONNECTING);
        k.pass(1600);
        assertThat(status(second)).isEqualTo(NetworkStatus.CONNECTED);
    }

    @Test
    void theLinkStaysWhileAnotherHandleLives() {
        int centre = k.centre();
        int first = k.network(centre);
        int second = k.network(centre);
        k.call("mvReleaseNetwork", k.variable(first));
        k.pass(1000);
        assertThat(status(second)).isEqualTo(NetworkStatus.CONNECTED);
    }

    @Test
    void requestRefuses() {
        int centre = k.centre();
        Struct good = params(centre);
        assertThat(k.call("mvRequestNetwork", 0, k.variable(0))).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvRequestNetwork", good.at, FakeGuest.FLASH))
                .isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvRequestNetwork", params(99).at, k.variable(0)))
                .isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvRequestNetwork", params(centre).set("version", 0).at, k.variable(0)))
                .isEqualTo(Status.UNSUPPORTEDSTRUCTUREVERSION);
    }

    @Test
    void thereAreNoMoreThan128Handles() {
        int centre = k.centre();
        for (int i = 0; i < 128; i++) {
            k.network(centre);
        }
        assertThat(k.call("mvRequestNetwork", params(centre).at, k.variable(0)))
                .isEqualTo(Status.PARAMETERFAULT);
    }

    /** Hazard 12: some firmware polls with handle 0 before it has one. */
    @Test
    void statusRefuses() {
        int network = k.network(k.centre());
        assertThat(k.call("mvGetNetworkStatus", 0, k.variable(0))).isEqualTo(Status.INVALIDHANDLE);
        assertThat(k.call("mvGetNetworkStatus", network, FakeGuest.FLASH))
                .isEqualTo(Status.PARAMETERFAULT);
    }

    @Test
    void releaseRefuses() {
        assertThat(k.call("mvReleaseNetwork", FakeGuest.FLASH)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvReleaseNetwork", k.variable(7))).isEqualTo(Status.INVALIDHANDLE);
    }

    @Test
    void reasonsWorkBeforeAnyRequestAndCountHandles() {
        int reasons = k.variable(-1);
        int count = k.variable(-1);
        assertThat(k.call("mvGetNetworkReasons", reasons, count)).isEqualTo(Status.OKAY);
        assertThat(k.word(reasons) & NetworkReason.NEVERUSEDNETWORKAPI.code()).isNotZero();
        assertThat(k.word(count)).isZero();
        k.network(k.centre());
        k.call("mvGetNetworkReasons", reasons, count);
        assertThat(k.word(reasons)).isEqualTo(NetworkReason.USINGNETWORK.code());
        assertThat(k.word(count)).isEqualTo(1);
        assertThat(k.call("mvGetNetworkReasons", 0, count)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvGetNetworkReasons", reasons, 0)).isEqualTo(Status.PARAMETERFAULT);
    }

    @Test
    void aFaultTakesTheNetworkAwayAndBringsItBack() {
        k =
                KernelFixture.with(
                        """
                        [[fault]]
                        at_ms = 1000
                        network = "down"
                        [[fault]]
                        at_ms = 3000
                        network = "up"
                        """);
        int network = k.network(k.centre());
        k.pass(1500);
        assertThat(status(network)).isEqualTo(NetworkStatus.CONNECTING);
        k.pass(1600 + 1500);
        assertThat(status(network)).isEqualTo(NetworkStatus.CONNECTED);
        assertThat(k.told)
                .containsExactly(
                        "fault: network down at 1000 ms",
                        "MV_EVENTTYPE_NETWORKSTATUSCHANGED irq 51 tag 17",
                        "fault: network up at 3000 ms",
                        "MV_EVENTTYPE_NETWORKSTATUSCHANGED irq 51 tag 17");
    }
}
