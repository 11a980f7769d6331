package dev.microvisor.emulator.kernel.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import org.junit.jupiter.api.Test;

class LoggingCallsTest {
    private KernelFixture k = KernelFixture.plain();

    private Status init(int buffer, int size) {
        return k.call("mvServerLoggingInit", buffer, size);
    }

    private Status log(String text) {
        return k.call("mvServerLog", k.text(text), text.length());
    }

    @Test
    void aConnectedDeviceDeliversLinesAtOnce() {
        assertThat(init(KernelFixture.LOG, 1024)).isEqualTo(Status.OKAY);
        assertThat(log("one")).isEqualTo(Status.OKAY);
        assertThat(log("two")).isEqualTo(Status.OKAY);
        assertThat(k.log).containsExactly("one", "two");
        assertThat(k.view().logging().lines()).hasSize(2);
        assertThat(k.view().logging().lines().get(0).callSite()).isEqualTo(FakeGuest.CALL_SITE);
    }

    @Test
    void linesWaitForTheNetworkInOrder() {
        k = KernelFixture.with("[network]\nconnected_at_start = false");
        init(KernelFixture.LOG, 512);
        log("one");
        log("two");
        assertThat(k.log).isEmpty();
        k.pass(1600);
        assertThat(k.log).containsExactly("one", "two");
    }

    @Test
    void initRefuses() {
        assertThat(init(FakeGuest.FLASH, 512)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(init(KernelFixture.LOG + 256, 512)).isEqualTo(Status.INVALIDBUFFERALIGNMENT);
        assertThat(init(KernelFixture.LOG, 500)).isEqualTo(Status.INVALIDBUFFERSIZE);
        assertThat(init(KernelFixture.LOG, 0)).isEqualTo(Status.INVALIDBUFFERSIZE);
    }

    @Test
    void aSecondInitReplacesTheBuffer() {
        init(KernelFixture.LOG, 1024);
        assertThat(init(KernelFixture.LOG + 1024, 512)).isEqualTo(Status.OKAY);
        assertThat(k.guest.protections)
                .containsExactly(FakeGuest.range(KernelFixture.LOG + 1024, 512));
    }

    /** Hazard 12: some firmware logs before the init and ignores the answer. */
    @Test
    void loggingBeforeTheInitIsUnavailable() {
        assertThat(log("early")).isEqualTo(Status.UNAVAILABLE);
    }

    @Test
    void logRefusesABadPointer() {
        init(KernelFixture.LOG, 512);
        assertThat(k.call("mvServerLog", FakeGuest.NOWHERE, 3)).isEqualTo(Status.PARAMETERFAULT);
    }

    @Test
    void theLengthIsInTheLowHalfOfItsRegister() {
        init(KernelFixture.LOG, 512);
        assertThat(k.call("mvServerLog", k.text("abc"), 0xFFFF_0003)).isEqualTo(Status.OKAY);
        assertThat(k.log).containsExactly("abc");
    }

    /** Hazard 13: a flood gets INVALIDBUFFERSIZE and recovers. */
    @Test
    void aFloodFillsTheBufferUntilTheNetworkHasTakenItAway() {
        init(KernelFixture.LOG, 512);
        assertThat(log("x".repeat(400))).isEqualTo(Status.OKAY);
        assertThat(log("x".repeat(400))).isEqualTo(Status.INVALIDBUFFERSIZE);
        k.pass(1000);
        assertThat(log("x".repeat(400))).isEqualTo(Status.OKAY);
        assertThat(k.log).hasSize(2);
    }

    @Test
    void messagesOverTheMaximumAreTooLong() {
        init(KernelFixture.LOG, 4096);
        assertThat(log("x".repeat(1024))).isEqualTo(Status.OKAY);
        assertThat(log("x".repeat(1025))).isEqualTo(Status.LOGMESSAGETOOLONG);
    }

    @Test
    void theServerCanSwitchLoggingOff() {
        k = KernelFixture.with("[[fault]]\nat_ms = 10\nlogging = \"off\"");
        init(KernelFixture.LOG, 512);
        assertThat(log("one")).isEqualTo(Status.OKAY);
        k.pass(20);
        assertThat(log("two")).isEqualTo(Status.LOGGINGDISABLEDBYSERVER);
        assertThat(k.log).containsExactly("one");
    }
}
