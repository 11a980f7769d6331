package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.Peripheral;
import org.junit.jupiter.api.Test;

class PinsTest {
    private static final int GPIOB = 0x4202_0400;
    private static final int EXTI = 0x4602_2000;
    private static final int IDR = 0x10;
    private static final int PIN = 11;
    private static final int IRQ = 22;

    private final PeripheralFixture p =
            PeripheralFixture.wired(
                    """
                    [[pin]]
                    pin = "PB11"
                    level = "high"
                    at_ms = 1
                    [[pin]]
                    pin = "PB11"
                    level = "low"
                    at_ms = 2
                    """);

    /** Line 11 watches port B, both edges. */
    private void watch(int rising, int falling) {
        p.write(GPIOB, ~(3 << (2 * PIN)));
        p.write(EXTI, rising << PIN);
        p.write(EXTI + 4, falling << PIN);
        p.write(EXTI + 0x68, 1 << 24);
        p.write(EXTI + 0x80, 1 << PIN);
    }

    @Test
    void aDrivenInputReadsItsLevel() {
        watch(0, 0);
        assertThat(p.read(GPIOB + IDR) >>> PIN & 1).isZero();
        p.runTo(160_000);
        assertThat(p.read(GPIOB + IDR) >>> PIN & 1).isEqualTo(1);
        p.runTo(320_000);
        assertThat(p.read(GPIOB + IDR) >>> PIN & 1).isZero();
        assertThat(p.raised).isEmpty();
    }

    @Test
    void theEdgesThatAreSelectedInterrupt() {
        watch(1, 0);
        p.runTo(160_000);
        assertThat(p.level.get(IRQ)).isTrue();
        assertThat(p.read(EXTI + 0x0C)).isEqualTo(1 << PIN);
        p.write(EXTI + 0x0C, 1 << PIN);
        p.runTo(320_000);
        assertThat(p.raised).containsEntry(IRQ, 1);
        assertThat(p.read(EXTI + 0x10)).isZero();
    }

    @Test
    void aFallingEdgeHasItsOwnFlag() {
        watch(0, 1);
        p.runTo(320_000);
        assertThat(p.read(EXTI + 0x10)).isEqualTo(1 << PIN);
        assertThat(p.raised).containsEntry(IRQ, 1);
    }

    @Test
    void anotherPortIsNotWatched() {
        watch(1, 1);
        p.write(EXTI + 0x68, 0);
        p.runTo(320_000);
        assertThat(p.raised).isEmpty();
    }

    @Test
    void anOutputThatChangesInterruptsToo() {
        watch(1, 0);
        p.write(GPIOB, (~(3 << (2 * PIN))) | 1 << (2 * PIN));
        p.write(GPIOB + 0x18, 1 << PIN);
        assertThat(p.level.get(IRQ)).isTrue();
    }

    @Test
    void levelsAndTheRestOfTheScriptComeBackAsTheyWereSaved() {
        watch(0, 1);
        p.runTo(200_000);
        Object[] saved = p.all().stream().map(Peripheral::save).toArray();
        p.runTo(400_000);
        assertThat(p.raised).containsEntry(IRQ, 1);
        p.now = 200_000;
        for (int i = 0; i < saved.length; i++) {
            p.all().get(i).restore(saved[i]);
        }
        assertThat(p.read(GPIOB + IDR) >>> PIN & 1).isEqualTo(1);
        assertThat(p.read(EXTI + 0x10)).isZero();
        p.runTo(400_000);
        assertThat(p.read(EXTI + 0x10)).isEqualTo(1 << PIN);
    }

    /** LCKK written as one, zero, one with the same pins. */
    @Test
    void lockedPinsKeepTheirSettingsAndCanStillBeWritten() {
        int port = 0x4202_0400;
        p.write(port, 0x0000_0400);
        for (int step : new int[] {0x1_0020, 0x0_0020, 0x1_0020}) {
            p.write(port + 0x1C, step);
        }
        assertThat(p.read(port + 0x1C)).isEqualTo(0x1_0020);
        p.write(port, 0);
        assertThat(p.read(port)).isEqualTo(0x0000_0400);
        p.write(port + 0x18, 1 << 5);
        assertThat(p.read(port + 0x10) & 1 << 5).isNotZero();
    }

    @Test
    void anotherOrderLocksNothing() {
        int port = 0x4202_0400;
        p.write(port + 0x1C, 0x1_0020);
        p.write(port + 0x1C, 0x0_0021);
        p.write(port + 0x1C, 0x1_0020);
        assertThat(p.read(port + 0x1C) & 1 << 16).isZero();
        p.write(port, 0);
        assertThat(p.read(port)).isZero();
    }
}
