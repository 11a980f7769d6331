package dev.microvisor.emulator.kernel.testmode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import org.junit.jupiter.api.Test;

class TestModeCallsTest {
    private KernelFixture k = KernelFixture.with("[device]\ntest_mode = true");

    @Test
    void messagesGoToTheConsole() {
        assertThat(k.call("mvTestLog", k.text("x"), 1)).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvTestLoggingInit", KernelFixture.LOG, 2048)).isEqualTo(Status.OKAY);
        assertThat(k.call("mvTestLog", k.text("passed step 1"), 13)).isEqualTo(Status.OKAY);
        assertThat(k.log).containsExactly("passed step 1");
        assertThat(k.call("mvTestLog", FakeGuest.NOWHERE, 1)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvTestLog", FakeGuest.RAM, 1025)).isEqualTo(Status.LOGMESSAGETOOLONG);
    }

    @Test
    void aMessageLargerThanTheBufferDoesNotFit() {
        k.call("mvTestLoggingInit", KernelFixture.LOG, 512);
        assertThat(k.call("mvTestLog", FakeGuest.RAM, 513)).isEqualTo(Status.INVALIDBUFFERSIZE);
    }

    @Test
    void initRefuses() {
        assertThat(k.call("mvTestLoggingInit", FakeGuest.FLASH, 512))
                .isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvTestLoggingInit", KernelFixture.LOG + 4, 512))
                .isEqualTo(Status.INVALIDBUFFERALIGNMENT);
        assertThat(k.call("mvTestLoggingInit", KernelFixture.LOG, 100))
                .isEqualTo(Status.INVALIDBUFFERSIZE);
    }

    @Test
    void completingEndsTheRunWithItsOutcome() {
        k.call("mvTestingComplete", 0);
        assertThat(k.guest.stop).isEqualTo(new StopReason.Exited(0, "test passed"));
        assertThat(k.guest.halted).isTrue();
        k = KernelFixture.with("[device]\ntest_mode = true");
        k.call("mvTestingComplete", 7);
        assertThat(k.guest.stop).isEqualTo(new StopReason.Exited(1, "test failed with status 7"));
    }

    @Test
    void outsideTestModeAllIsUnavailable() {
        k = KernelFixture.plain();
        assertThat(k.call("mvTestingComplete", 0)).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvTestLoggingInit", KernelFixture.LOG, 512))
                .isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvTestLog", FakeGuest.RAM, 1)).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.guest.stop).isNull();
    }
}
