package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Blocks of which drivers only want to hear that something is ready. */
class SettingsTest {
    private final PeripheralFixture p = new PeripheralFixture();

    @Test
    void theRegulatorIsThereThatDriversChoose() {
        int pwr = 0x4602_0800;
        assertThat(p.read(pwr + 0x0C) >>> 14 & 3).as("VOSRDY, BOOSTRDY").isEqualTo(3);
        assertThat(p.read(pwr + 0x0C) >>> 16 & 3).as("VOS: range 1").isEqualTo(3);
        p.write(pwr + 0x08, 2);
        assertThat(p.read(pwr + 0x3C) & 2).as("REGS").isEqualTo(2);
    }

    @Test
    void theFlashInterfaceOpensWithItsKeys() {
        int flash = 0x4002_2000;
        assertThat(p.read(flash + 0x28) >>> 31).isEqualTo(1);
        p.write(flash + 0x08, 0x4567_0123);
        p.write(flash + 0x08, 0xCDEF_89AB);
        assertThat(p.read(flash + 0x28) >>> 31).isZero();
        assertThat(p.read(flash + 0x28) >>> 30 & 1).as("OPTLOCK").isEqualTo(1);
        p.write(flash + 0x28, 1 << 31);
        p.write(flash + 0x28, 0);
        assertThat(p.read(flash + 0x28) >>> 31).isEqualTo(1);
    }

    @Test
    void compensationCellsAndTheReferenceBufferAreReadyWhenOn() {
        p.write(0x4600_0400 + 0x1C, 5);
        assertThat(p.read(0x4600_0400 + 0x1C) >>> 8).isEqualTo(3);
        p.write(0x4600_7400, 1);
        assertThat(p.read(0x4600_7400) & 8).isEqualTo(8);
    }

    @Test
    void theDataCacheEndsEachCommandAndInvalidation() {
        int cache = 0x4003_1400;
        p.write(cache, 2);
        assertThat(p.read(cache + 4)).isEqualTo(2);
        p.write(cache + 0x0C, 2);
        p.write(cache, 1 << 11 | 1 << 8);
        assertThat(p.read(cache + 4)).isEqualTo(1 << 4);
    }
}
