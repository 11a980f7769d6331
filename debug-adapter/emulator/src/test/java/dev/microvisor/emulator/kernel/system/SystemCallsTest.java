package dev.microvisor.emulator.kernel.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.guest.ResetCause;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemCallsTest {
    private KernelFixture k = KernelFixture.plain();

    private long longAt(int address) {
        return Integer.toUnsignedLong(k.word(address)) | (long) k.word(address + 4) << 32;
    }

    /** RCC_CSR, bits 25 to 31. */
    private int resetFlags() {
        int out = k.room(4);
        assertThat(k.call("mvPeriphPeek32", 0x4602_0CF4, out)).isEqualTo(Status.OKAY);
        return k.word(out) >>> 25;
    }

    @Test
    void firmwareSeesWhatResetItUntilItClearsTheFlags() {
        assertThat(resetFlags()).isZero();
        k.kernel.applicationReset(ResetCause.INDEPENDENT_WATCHDOG);
        assertThat(resetFlags()).as("IWDGRSTF, PINRSTF").isEqualTo(0b1_0010);
        k.call("mvPeriphPoke32", 0x4602_0CF4, -1, 1 << 30);
        assertThat(resetFlags()).as("the flags are read-only").isEqualTo(0b1_0010);
        k.kernel.applicationReset(ResetCause.WINDOW_WATCHDOG);
        k.kernel.applicationReset(ResetCause.SOFTWARE);
        assertThat(resetFlags()).as("they add up").isEqualTo(0b11_1010);
        k.call("mvPeriphPoke32", 0x4602_0CF4, 1 << 23, 1 << 23);
        assertThat(resetFlags()).as("RMVF").isZero();
    }

    @Test
    void noOpIsOkay() {
        assertThat(k.call("mvNoOp")).isEqualTo(Status.OKAY);
    }

    @Test
    void microsecondsFollowTheInstructionCount() {
        int out = k.room(8);
        k.pass(1234);
        assertThat(k.call("mvGetMicroseconds", out)).isEqualTo(Status.OKAY);
        assertThat(longAt(out)).isEqualTo(1_234_000);
        assertThat(k.call("mvGetMicroseconds", FakeGuest.FLASH)).isEqualTo(Status.PARAMETERFAULT);
    }

    @Test
    void wallTimeStartsAtTheDateOfTheCloudFile() {
        k = KernelFixture.with("[device]\nwall_clock = 2030-05-06T07:08:09Z");
        int out = k.room(8);
        k.pass(1000);
        assertThat(k.call("mvGetWallTime", out)).isEqualTo(Status.OKAY);
        assertThat(longAt(out))
                .isEqualTo(Instant.parse("2030-05-06T07:08:10Z").getEpochSecond() * 1_000_000);
        assertThat(k.call("mvGetWallTime", FakeGuest.FLASH)).isEqualTo(Status.PARAMETERFAULT);
    }

    @Test
    void wallTimeIsNotSetBeforeTheServerHasToldIt() {
        k =
                KernelFixture.with(
                        "[network]\nconnected_at_start = false\nconnect_delay_ms = 100\n"
                                + "time_delay_ms = 100");
        int out = k.room(8);
        assertThat(k.call("mvGetWallTime", out)).isEqualTo(Status.TIMENOTSET);
        k.pass(150);
        assertThat(k.call("mvGetWallTime", out)).isEqualTo(Status.TIMENOTSET);
        k.pass(60);
        assertThat(k.call("mvGetWallTime", out)).isEqualTo(Status.OKAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mvGetSysClk", "mvGetHClk", "mvGetPClk1", "mvGetPClk2"})
    void allClocksRunAtTheSpeedOfTheCore(String call) {
        int out = k.variable(0);
        assertThat(k.call(call, out)).isEqualTo(Status.OKAY);
        assertThat(k.word(out)).isEqualTo(FakeGuest.CLOCK_HZ);
        assertThat(k.call(call, 0)).isEqualTo(Status.PARAMETERFAULT);
    }

    @Test
    void theDeviceIdHas34CharactersAndNoTerminator() {
        int out = k.room(36);
        assertThat(k.call("mvGetDeviceId", out, 34)).isEqualTo(Status.OKAY);
        assertThat(k.textAt(out, 34)).isEqualTo("UV00000000000000000000000000000001");
        assertThat(k.guest.read(out + 34, 1)[0]).isEqualTo((byte) 0xA5);
        assertThat(k.call("mvGetDeviceId", out, 35)).isEqualTo(Status.INVALIDBUFFERSIZE);
        assertThat(k.call("mvGetDeviceId", 0, 34)).isEqualTo(Status.PARAMETERFAULT);
    }

    /** The set of values that gave BRR 0x56D and SysTick LOAD 0x270FF on real firmware. */
    @Test
    void peekedClockRegistersAgreeWithTheClock() {
        int[][] expected = {
            {0x4602_0C1C, 0xF},
            {0x4602_0C20, 0},
            {0x4602_0C24, 0},
            {0x4602_0C08, 0x4480_0000},
            {0x4602_0C28, 0x0004_0001},
            {0x4602_0C34, 0x0101_024F},
            {0x4602_0C3C, 0},
            {0x4602_0CF4, 0x0000_4000},
        };
        int out = k.variable(-1);
        for (int[] register : expected) {
            assertThat(k.call("mvPeriphPeek32", register[0], out)).isEqualTo(Status.OKAY);
            assertThat(k.word(out)).as("0x%08x", register[0]).isEqualTo(register[1]);
        }
    }

    @Test
    void aFailedPeekWritesNothing() {
        int out = k.variable(77);
        assertThat(k.call("mvPeriphPeek32", 0x4000_0000, out))
                .isEqualTo(Status.PERIPHERALACCESSFAULT);
        assertThat(k.call("mvPeriphPeek32", 0x4602_0C1E, out))
                .isEqualTo(Status.PERIPHERALACCESSFAULT);
        assertThat(k.word(out)).isEqualTo(77);
        assertThat(k.call("mvPeriphPeek32", 0x4602_0C1C, 0)).isEqualTo(Status.PARAMETERFAULT);
    }

    @Test
    void pokeAssignsTogglesAndKeeps() {
        int register = 0x4602_0C8C;
        int out = k.variable(0);
        k.call("mvPeriphPoke32", register, -1, 0b0101);
        assertThat(k.call("mvPeriphPoke32", register, 0b0011, 0b0110)).isEqualTo(Status.OKAY);
        k.call("mvPeriphPeek32", register, out);
        assertThat(k.word(out)).isEqualTo(0b0010);
        assertThat(k.call("mvPeriphPoke32", 0x4000_0000, 0, 0))
                .isEqualTo(Status.PERIPHERALACCESSFAULT);
    }

    @Test
    void aBitInAResetRegisterResetsItsPeripheralOnceWhileItIsSet() {
        int apb1 = 0x4602_0C74;
        k.call("mvPeriphPoke32", apb1, 1 << 17, 1 << 17);
        k.call("mvPeriphPoke32", apb1, 1 << 17 | 1, 1 << 17 | 1);
        assertThat(k.guest.peripheralResets).containsExactly("USART2", "TIM2");
        k.call("mvPeriphPoke32", apb1, 1 << 17 | 1, 0);
        k.call("mvPeriphPoke32", 0x4602_0C9C, -1, -1);
        assertThat(k.guest.peripheralResets).as("an enable is none").hasSize(2);
    }

    @Test
    void oscillatorsThatDriversWaitForAreReady() {
        int out = k.variable(0);
        k.call("mvPeriphPeek32", 0x4602_0C00, out);
        assertThat(k.word(out) & (1 << 10 | 1 << 13)).as("HSI, HSI48").isEqualTo(1 << 10 | 1 << 13);
        int backupDomain = 0x4602_0CF0;
        k.call("mvPeriphPoke32", backupDomain, 1 << 26, 1 << 26);
        k.call("mvPeriphPeek32", backupDomain, out);
        assertThat(k.word(out)).as("LSI").isEqualTo(3 << 26);
        k.call("mvPeriphPoke32", backupDomain, 1 << 26 | 1, 1);
        k.call("mvPeriphPeek32", backupDomain, out);
        assertThat(k.word(out)).as("LSE").isEqualTo(3);
    }

    @Test
    void clockSettingsAreNotTheApplicationsToChange() {
        assertThat(k.call("mvPeriphPoke32", 0x4602_0C1C, -1, 0)).isEqualTo(Status.OKAY);
        int out = k.variable(0);
        k.call("mvPeriphPeek32", 0x4602_0C1C, out);
        assertThat(k.word(out)).isEqualTo(0xF);
    }

    @Test
    void theTestHookChecksItsVersion() {
        assertThat(k.call("mvTemporaryStructTest", k.variable(1))).isEqualTo(Status.OKAY);
        assertThat(k.call("mvTemporaryStructTest", k.variable(2)))
                .isEqualTo(Status.UNSUPPORTEDSTRUCTUREVERSION);
        assertThat(k.call("mvTemporaryStructTest", 0)).isEqualTo(Status.PARAMETERFAULT);
    }
}
