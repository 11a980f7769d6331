package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Models of I2C devices, read as drivers read them. */
class I2cDevicesTest {
    private PeripheralFixture p;

    private I2cMaster wired(String toml) {
        p = PeripheralFixture.wired(toml);
        return new I2cMaster(p);
    }

    private void ms(int milliseconds) {
        p.runTo(p.now + milliseconds * 160_000L);
    }

    @Test
    void anMcp9808HasItsIdentityAndTheTemperatureOfTheScript() {
        I2cMaster i2c =
                wired(
                        """
                        [[i2c]]
                        bus = "I2C1"
                        model = "MCP9808"
                        temperature_c = -10.25
                        [[i2c_event]]
                        bus = "I2C1"
                        address = 0x18
                        temperature_c = [30, 31.5]
                        at_ms = 100
                        every_ms = 100
                        """);
        assertThat(i2c.word(0x18, 6)).isEqualTo(0x54);
        assertThat(i2c.word(0x18, 7)).isEqualTo(0x400);
        assertThat(i2c.word(0x18, 5)).isEqualTo(0x2000 - 164);
        assertThat(i2c.write(0x18, 6, 1, 2)).isEqualTo(3);
        assertThat(i2c.word(0x18, 6)).as("read-only").isEqualTo(0x54);
        assertThat(i2c.write(0x18, 2, 0x01, 0x90)).isEqualTo(3);
        assertThat(i2c.word(0x18, 2)).isEqualTo(0x190);
        ms(100);
        assertThat(i2c.word(0x18, 5)).isEqualTo(30 * 16);
        ms(100);
        assertThat(i2c.word(0x18, 5)).isEqualTo(31 * 16 + 8);
        ms(100);
        assertThat(i2c.word(0x18, 5)).as("in turn").isEqualTo(30 * 16);
    }

    @Test
    void anSht31AnswersNoAddressUntilItHasMeasured() {
        I2cMaster i2c =
                wired(
                        """
                        [[i2c]]
                        bus = "I2C1"
                        model = "SHT31"
                        temperature_c = 25
                        humidity_percent = 50
                        """);
        i2c.write(0x44, 0x24, 0x00);
        assertThat(i2c.read(0x44, 6)).as("NACK").isEmpty();
        ms(15);
        // 0x6666 and its checksum is an example of the data sheet's formula for 25 degrees.
        assertThat(i2c.read(0x44, 6)).containsExactly(0x66, 0x66, 0x93, 0x80, 0x00, 0xA2);
        i2c.write(0x44, 0xF3, 0x2D);
        assertThat(i2c.read(0x44, 3)).containsExactly(0x00, 0x10, 0xC2);
    }

    /** The compensation of the data sheet in double precision. */
    @Test
    void aBme280CompensatesToWhatTheScriptSays() {
        I2cMaster i2c =
                wired(
                        """
                        [[i2c]]
                        bus = "I2C1"
                        model = "BME280"
                        address = 0x77
                        temperature_c = 23.45
                        pressure_hpa = 987.6
                        humidity_percent = 61.5
                        """);
        assertThat(i2c.registers(0x77, 0xD0, 1)).containsExactly(0x60);
        List<Integer> d = i2c.registers(0x77, 0xF7, 8);
        double t = d.get(3) << 12 | d.get(4) << 4 | d.get(5) >> 4;
        double press = d.get(0) << 12 | d.get(1) << 4 | d.get(2) >> 4;
        double hum = d.get(6) << 8 | d.get(7);
        int t1 = i2c.littleWord(0x77, 0x88) & 0xFFFF;
        int t2 = i2c.littleWord(0x77, 0x8A);
        int t3 = i2c.littleWord(0x77, 0x8C);
        double fine =
                (t / 16384 - t1 / 1024.0) * t2
                        + (t / 131072 - t1 / 8192.0) * (t / 131072 - t1 / 8192.0) * t3;
        assertThat(fine / 5120).isCloseTo(23.45, within(0.01));
        int p1 = i2c.littleWord(0x77, 0x8E) & 0xFFFF;
        assertThat(i2c.registers(0x77, 0x90, 16)).as("P2 to P9").containsOnly(0);
        assertThat((1048576 - press) * 6250 / p1 / 100).isCloseTo(987.6, within(0.01));
        int h2 = i2c.littleWord(0x77, 0xE1);
        List<Integer> e4 = i2c.registers(0x77, 0xE4, 2);
        int h4 = e4.get(0) << 4 | (e4.get(1) & 0xF);
        assertThat((hum - h4 * 64.0) * h2 / 65536).isCloseTo(61.5, within(0.01));
        i2c.write(0x77, 0xF4, 0x27);
        assertThat(i2c.registers(0x77, 0xF4, 1)).containsExactly(0x27);
        i2c.write(0x77, 0xE0, 0xB6);
        assertThat(i2c.registers(0x77, 0xF4, 1)).as("after a reset").containsExactly(0);
        assertThat(i2c.registers(0x77, 0xF7, 8)).isEqualTo(d);
    }

    @Test
    void anHts221InterpolatesToWhatTheScriptSays() {
        I2cMaster i2c =
                wired("[[i2c]]\nbus = \"I2C1\"\nmodel = \"HTS221\"\nhumidity_percent = 55.5\n");
        assertThat(i2c.registers(0x5F, 0x0F, 1)).containsExactly(0xBC);
        List<Integer> c = i2c.registers(0x5F, 0xB0, 16);
        double h0 = c.get(0) / 2.0;
        double h1 = c.get(1) / 2.0;
        int h0Out = (short) (c.get(7) << 8 | c.get(6));
        int h1Out = (short) (c.get(11) << 8 | c.get(10));
        double t0 = (c.get(2) | (c.get(5) & 3) << 8) / 8.0;
        double t1 = (c.get(3) | (c.get(5) & 12) << 6) / 8.0;
        int t0Out = (short) (c.get(13) << 8 | c.get(12));
        int t1Out = (short) (c.get(15) << 8 | c.get(14));
        double humidity = h0 + (i2c.littleWord(0x5F, 0xA8) - h0Out) * (h1 - h0) / (h1Out - h0Out);
        double temperature =
                t0 + (i2c.littleWord(0x5F, 0xAA) - t0Out) * (t1 - t0) / (t1Out - t0Out);
        assertThat(humidity).isCloseTo(55.5, within(0.02));
        assertThat(temperature).isCloseTo(21.5, within(0.02));
        // ONE_SHOT is over at once; without the top bit of the number one register is read again.
        i2c.write(0x5F, 0x21, 1);
        assertThat(i2c.registers(0x5F, 0x21, 1)).containsExactly(0);
        assertThat(i2c.registers(0x5F, 0x0F, 3)).containsExactly(0xBC, 0xBC, 0xBC);
    }

    @Test
    void theFullScaleOfALis3dhFollowsItsRegister() {
        I2cMaster i2c = wired("[[i2c]]\nbus = \"I2C1\"\nmodel = \"LIS3DH\"\nx_g = -0.5\n");
        assertThat(i2c.littleWord(0x18, 0x80 | 0x28)).isEqualTo(-500 * 16);
        assertThat(i2c.littleWord(0x18, 0x80 | 0x2C)).isEqualTo(1000 * 16);
        i2c.write(0x18, 0x23, 0x10);
        assertThat(i2c.littleWord(0x18, 0x80 | 0x28)).as("at 4 g").isEqualTo(-250 * 16);
    }

    @Test
    void theInputOfAnAds1115FollowsItsConfiguration() {
        I2cMaster i2c =
                wired(
                        """
                        [[i2c]]
                        bus = "I2C1"
                        model = "ADS1115"
                        ain0_v = 1.5
                        ain3_v = 0.25
                        """);
        i2c.write(0x48, 1, 0xC3, 0x83);
        assertThat(i2c.registers(0x48, 1, 1).get(0) & 0x80).as("OS").isNotZero();
        assertThat(i2c.word(0x48, 0)).as("AIN0 at 4.096 V").isEqualTo(12_000);
        i2c.write(0x48, 1, 0xF7, 0x83);
        assertThat(i2c.word(0x48, 0)).as("AIN3 at 1.024 V").isEqualTo(8_000);
    }

    @Test
    void anEepromWritesWithinItsPageAndIsBusyThen() {
        I2cMaster i2c = wired("[[i2c]]\nbus = \"I2C1\"\nmodel = \"AT24C32\"\n");
        int[] page = new int[2 + 4];
        page[0] = 0x01;
        page[1] = 0x1E;
        for (int i = 2; i < page.length; i++) {
            page[i] = i;
        }
        assertThat(i2c.write(0x57, page)).isEqualTo(page.length);
        assertThat(i2c.write(0x57, 1, 0x1E)).as("busy").isEqualTo(-1);
        ms(4);
        assertThat(i2c.write(0x57, 1, 0x1E)).as("still").isEqualTo(-1);
        ms(1);
        assertThat(i2c.memory(0x57, 0x11E, 4)).containsExactly(2, 3, 0xFF, 0xFF);
        assertThat(i2c.memory(0x57, 0x100, 2)).as("the page went round").containsExactly(4, 5);
        assertThat(i2c.memory(0x57, 0xFFF, 2)).as("so does reading").containsExactly(0xFF, 0xFF);
    }

    @Test
    void aLockedMemoryRefusesDataAndTakesItsAddress() {
        I2cMaster i2c = wired("[[i2c]]\nbus = \"I2C1\"\nmodel = \"AT24C256\"\nlocked = true\n");
        assertThat(i2c.write(0x50, 0, 0, 1, 2)).isEqualTo(2);
        assertThat(i2c.memory(0x50, 0, 1)).containsExactly(0xFF);
    }

    @Test
    void aDs3231GoesWithVirtualTimeAndIsSet() {
        I2cMaster i2c =
                wired(
                        """
                        [device]
                        wall_clock = 2026-02-28T23:59:58Z
                        [[i2c]]
                        bus = "I2C1"
                        model = "DS3231"
                        """);
        ms(3000);
        // A Sunday.
        assertThat(i2c.registers(0x68, 0, 7)).containsExactly(1, 0, 0, 7, 1, 3, 0x26);
        i2c.write(0x68, 0, 0x30, 0x59, 0x71, 4, 0x24, 0x12, 0x25);
        ms(31_000);
        assertThat(i2c.registers(0x68, 0, 7))
                .as("12 hours: 11:59:30 in the evening and 31 seconds")
                .containsExactly(1, 0, 0x52, 4, 0x25, 0x12, 0x25);
        assertThat(i2c.registers(0x68, 0x0F, 1)).as("OSF").containsExactly(0x88);
        assertThat(i2c.registers(0x68, 0x11, 2)).containsExactly(21, 0x80);
    }

    @Test
    void whatIsWrittenToADisplayIsShown() {
        I2cMaster i2c = wired("[[i2c]]\nbus = \"I2C1\"\nmodel = \"HT16K33\"\nshown = \"clock\"\n");
        i2c.write(0x70, 0x21);
        i2c.write(0x70, 0x00, 0x06, 0x00, 0x5B);
        assertThat(p.lines).containsExactly("clock: 0006005b");
        assertThat(i2c.registers(0x70, 0, 3)).containsExactly(0x06, 0x00, 0x5B);
    }

    @Test
    void aTenBitAddressIsNotThatOfSevenBits() {
        I2cMaster i2c =
                wired(
                        """
                        [[i2c]]
                        bus = "I2C1"
                        address = 0x151
                        ten_bits = true
                        registers = { 0x05 = 0x42 }
                        [[i2c]]
                        bus = "I2C1"
                        address = 0x51
                        registers = { 0x05 = 0x43 }
                        """);
        assertThat(i2c.registers(0x151 | I2cMaster.ADD10, new int[] {5}, 1)).containsExactly(0x42);
        assertThat(i2c.registers(0x51, 5, 1)).containsExactly(0x43);
        assertThat(i2c.registers(0x152 | I2cMaster.ADD10, new int[] {5}, 1)).isEmpty();
    }
}
