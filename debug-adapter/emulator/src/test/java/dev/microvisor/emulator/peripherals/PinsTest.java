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
    void outputsWithANameAreShownWhenTheyChange() {
        PeripheralFixture led =
                PeripheralFixture.wired(
                        "[[output]]\npin = \"pb7\"\nname = \"LED\"\n[[output]]\npin = \"PB8\"\n");
        led.write(GPIOB, 0xFFFD_7FFF);
        led.write(GPIOB + 0x18, 1 << 7);
        led.write(GPIOB + 0x18, 1 << 7 | 1 << 8);
        led.write(GPIOB + 0x28, 1 << 7);
        assertThat(led.lines)
                .filteredOn(l -> !l.startsWith("GPIO"))
                .containsExactly("LED: high", "PB8: high", "LED: low");
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

    private static final int I2C_PORT = 0x4202_0400;
    private static final int SCL = 1 << 6;
    private static final int SDA = 1 << 7;

    private void line(PeripheralFixture p, int pin, boolean high) {
        p.write(I2C_PORT + 0x18, high ? pin : pin << 16);
    }

    /** Moves a start and an address over two pins, as drivers without a controller do. */
    private void address(PeripheralFixture p, int address) {
        line(p, SDA, false);
        line(p, SCL, false);
        for (int bit = 8; bit >= 0; bit--) {
            line(p, SDA, bit == 0 || (address >>> (bit - 1) & 1) != 0);
            line(p, SCL, true);
            line(p, SCL, false);
        }
    }

    private static PeripheralFixture withOutputs(int openDrain) {
        PeripheralFixture p = new PeripheralFixture();
        p.write(I2C_PORT + 0x14, SCL | SDA);
        p.write(I2C_PORT + 0x04, openDrain);
        p.write(I2C_PORT, 0xFFFF_0FFF | 0x5000);
        return p;
    }

    @Test
    void anI2cBusThatFirmwareMovesItselfIsTold() {
        PeripheralFixture p = withOutputs(SCL | SDA);
        address(p, 0xEC);
        assertThat(p.warnings)
                .singleElement()
                .asString()
                .startsWith("PB7 and PB6 are moved as SDA and SCL by the firmware itself");
    }

    @Test
    void otherOutputsAreNoBus() {
        PeripheralFixture p = withOutputs(0);
        address(p, 0xEC);
        assertThat(p.warnings).as("push-pull").isEmpty();
        p = withOutputs(SCL | SDA);
        for (int i = 0; i < 40; i++) {
            line(p, SDA, i % 2 == 0);
            line(p, SCL, i % 2 == 0);
        }
        assertThat(p.warnings).as("two lights").isEmpty();
    }
}
