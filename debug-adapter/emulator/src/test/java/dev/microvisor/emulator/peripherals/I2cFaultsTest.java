package dev.microvisor.emulator.peripherals;

import static dev.microvisor.emulator.peripherals.I2cMaster.ARLO;
import static dev.microvisor.emulator.peripherals.I2cMaster.BERR;
import static dev.microvisor.emulator.peripherals.I2cMaster.BUSY;
import static dev.microvisor.emulator.peripherals.I2cMaster.CR1;
import static dev.microvisor.emulator.peripherals.I2cMaster.CR2;
import static dev.microvisor.emulator.peripherals.I2cMaster.ICR;
import static dev.microvisor.emulator.peripherals.I2cMaster.STOPF;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What goes wrong on an I2C bus. */
class I2cFaultsTest {
    private static final int ERROR_IRQ = 56;
    private PeripheralFixture p;

    private I2cMaster failing(String error) {
        p =
                PeripheralFixture.wired(
                        """
                        [[i2c]]
                        bus = "I2C1"
                        address = 0x48
                        registers = { 0x00 = [1, 2, 3] }
                        [[i2c_fault]]
                        bus = "I2C1"
                        at_ms = 1
                        """
                                + error);
        I2cMaster i2c = new I2cMaster(p);
        assertThat(i2c.registers(0x48, 0, 2)).containsExactly(1, 2);
        p.runTo(160_000);
        return i2c;
    }

    private void works(I2cMaster i2c) {
        assertThat(i2c.registers(0x48, 0, 3)).containsExactly(1, 2, 3);
    }

    @Test
    void oneAddressIsRefused() {
        I2cMaster i2c = failing("error = \"nack-address\"");
        assertThat(i2c.write(0x48, 0)).isEqualTo(-1);
        works(i2c);
    }

    @Test
    void oneByteIsRefused() {
        I2cMaster i2c = failing("error = \"nack-data\"");
        assertThat(i2c.write(0x48, 0, 5, 6)).isZero();
        works(i2c);
    }

    @Test
    void arbitrationIsLostWithoutAStop() {
        I2cMaster i2c = failing("error = \"arbitration\"");
        p.write(CR1, 1 | 1 << 7);
        p.write(CR2, 0x48 << 1 | I2cMaster.START | I2cMaster.AUTOEND | 1 << 16);
        assertThat(i2c.await(ARLO) & (STOPF | BUSY)).isZero();
        assertThat(p.raised).containsEntry(ERROR_IRQ, 1);
        p.write(ICR, ARLO);
        assertThat(p.level.get(ERROR_IRQ)).isFalse();
        works(i2c);
    }

    @Test
    void aBusErrorIsSeen() {
        I2cMaster i2c = failing("error = \"bus\"");
        p.write(CR2, 0x48 << 1 | I2cMaster.START | I2cMaster.AUTOEND | 1 << 16);
        i2c.await(BERR);
        p.write(ICR, BERR);
        works(i2c);
    }

    @Test
    void aBusThatIsHeldLowIsBusyAndGoesOnAfterwards() {
        I2cMaster i2c = failing("error = \"stuck\"\nfor_ms = 50");
        assertThat(i2c.flags() & BUSY).isNotZero();
        p.write(CR2, 0x48 << 1 | I2cMaster.START | I2cMaster.AUTOEND | 1 << 16);
        p.runTo(160_000 * 50);
        assertThat(i2c.flags() & ~BUSY).as("nothing goes over it").isEqualTo(1);
        p.runTo(160_000 * 51 + 1000);
        assertThat(i2c.flags() & I2cMaster.TXIS).isNotZero();
    }

    @Test
    void aStretchedClockMakesOneAddressLate() {
        I2cMaster i2c = failing("error = \"stretch\"\nfor_ms = 30");
        p.write(CR2, 0x48 << 1 | I2cMaster.START | I2cMaster.AUTOEND | 1 << 16);
        p.runTo(160_000 * 31);
        assertThat(i2c.flags() & I2cMaster.TXIS).isZero();
        p.runTo(160_000 * 31 + 1000);
        assertThat(i2c.flags() & I2cMaster.TXIS).isNotZero();
    }
}
