package dev.microvisor.emulator.kernel.interrupts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterruptCallsTest {
    private static final int IRQ = 45;
    private final KernelFixture k = KernelFixture.plain();

    @BeforeEach
    void fillVector() {
        k.guest.flashWord(FakeGuest.FLASH + 64 + 4 * IRQ, FakeGuest.FLASH + 0x201);
    }

    @Test
    void anInterruptIsMarkedFastEnabledAndClearedAgain() {
        assertThat(k.call("mvSetFastInterrupt", IRQ)).isEqualTo(Status.OKAY);
        assertThat(k.view().device().fastInterrupts()).containsExactly(IRQ);
        assertThat(k.call("mvEnableFastInterrupt", IRQ)).isEqualTo(Status.OKAY);
        assertThat(k.call("mvDisableAllFastInterrupts")).isEqualTo(Status.OKAY);
        assertThat(k.call("mvEnableAllFastInterrupts")).isEqualTo(Status.OKAY);
        assertThat(k.call("mvDisableFastInterrupt", IRQ)).isEqualTo(Status.OKAY);
        assertThat(k.call("mvClearFastInterrupt", IRQ)).isEqualTo(Status.OKAY);
        assertThat(k.view().device().fastInterrupts()).isEmpty();
    }

    @Test
    void theCallsEnableAFastInterruptAndNotTheInterruptController() {
        k.guest.enabled.add(IRQ);
        k.call("mvSetFastInterrupt", IRQ);
        assertThat(k.guest.enabled).as("marked only").isEmpty();
        k.call("mvEnableFastInterrupt", IRQ);
        assertThat(k.guest.enabled).containsExactly(IRQ);
        k.call("mvDisableAllFastInterrupts");
        assertThat(k.guest.enabled).isEmpty();
        k.call("mvEnableAllFastInterrupts");
        assertThat(k.guest.enabled).as("as it was").containsExactly(IRQ);
        k.call("mvDisableFastInterrupt", IRQ);
        assertThat(k.guest.enabled).isEmpty();
        k.call("mvEnableAllFastInterrupts");
        assertThat(k.guest.enabled).as("its own state stays").isEmpty();
    }

    @Test
    void anInterruptThatDoesNotExistIsInvalid() {
        for (String call :
                new String[] {
                    "mvSetFastInterrupt",
                    "mvClearFastInterrupt",
                    "mvEnableFastInterrupt",
                    "mvDisableFastInterrupt"
                }) {
            assertThat(k.call(call, 500)).isEqualTo(Status.INVALIDINTERRUPT);
        }
    }

    @Test
    void anInterruptOfACentreCannotBeFast() {
        k.centre();
        assertThat(k.call("mvSetFastInterrupt", KernelFixture.IRQ))
                .isEqualTo(Status.INVALIDINTERRUPT);
    }

    @Test
    void aVectorOutsideTheApplicationsMemoryIsInvalid() {
        k.guest.flashWord(FakeGuest.FLASH + 64 + 4 * IRQ, FakeGuest.NOWHERE);
        assertThat(k.call("mvSetFastInterrupt", IRQ)).isEqualTo(Status.INVALIDVECTOR);
    }

    @Test
    void onlyFastInterruptsAreValid() {
        assertThat(k.call("mvClearFastInterrupt", IRQ)).isEqualTo(Status.INVALIDINTERRUPT);
        assertThat(k.call("mvEnableFastInterrupt", IRQ)).isEqualTo(Status.INVALIDINTERRUPT);
        assertThat(k.call("mvDisableFastInterrupt", IRQ)).isEqualTo(Status.INVALIDINTERRUPT);
    }
}
