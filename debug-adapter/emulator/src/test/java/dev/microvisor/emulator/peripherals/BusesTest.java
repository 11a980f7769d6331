package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** I2C and SPI with the devices of a cloud file. */
class BusesTest {
    private static final int I2C1 = 0x4000_5400;
    private static final int SPI1 = 0x4001_3000;
    private static final int GPIOA = 0x4202_0000;
    private static final int CR2 = 0x04;
    private static final int ISR = 0x18;
    private static final int RXDR = 0x24;
    private static final int TXDR = 0x28;
    private static final int START = 1 << 13;
    private static final int READ = 1 << 10;
    private static final int AUTOEND = 1 << 25;
    private static final int ADDRESS = 0x48 << 1;

    private PeripheralFixture p =
            PeripheralFixture.wired(
                    """
                    [[i2c]]
                    bus = "I2C1"
                    address = 0x48
                    registers = { 0x00 = [0x0C, 0x80], 0x01 = 0x60 }
                    [[i2c_event]]
                    bus = "I2C1"
                    address = 0x48
                    registers = { 0x00 = 0x20 }
                    at_ms = 10
                    [[i2c_event]]
                    bus = "I2C1"
                    address = 0x48
                    present = false
                    at_ms = 20
                    """);

    private int flags() {
        return p.read(I2C1 + ISR);
    }

    private void runABit() {
        p.runTo(p.now + 100);
    }

    private void write(int... bytes) {
        p.write(I2C1, 1);
        p.write(I2C1 + CR2, ADDRESS | START | AUTOEND | bytes.length << 16);
        for (int data : bytes) {
            runABit();
            assertThat(flags() & 2).as("TXIS").isNotZero();
            p.write(I2C1 + TXDR, data);
        }
        runABit();
        assertThat(flags() & (1 << 5)).as("STOPF").isNotZero();
        p.write(I2C1 + 0x1C, 1 << 5);
    }

    private int[] read(int size) {
        p.write(I2C1 + CR2, ADDRESS | READ | START | AUTOEND | size << 16);
        int[] data = new int[size];
        for (int i = 0; i < size; i++) {
            runABit();
            assertThat(flags() & 4).as("RXNE").isNotZero();
            data[i] = p.read(I2C1 + RXDR);
        }
        assertThat(flags() & (1 << 5)).as("STOPF").isNotZero();
        p.write(I2C1 + 0x1C, 1 << 5);
        return data;
    }

    @Test
    void registersAreReadFromTheNumberThatWasWritten() {
        write(0);
        assertThat(read(3)).containsExactly(0x0C, 0x60, 0xFF);
    }

    @Test
    void registersAreWritten() {
        write(0x10, 0xAA, 0xBB);
        write(0x10);
        assertThat(read(2)).containsExactly(0xAA, 0xBB);
    }

    @Test
    void theScriptChangesRegistersAndTakesTheDeviceAway() {
        p.runTo(10 * 160_000);
        write(0);
        assertThat(read(1)).containsExactly(0x20);
        p.runTo(20 * 160_000);
        p.write(I2C1 + CR2, ADDRESS | START | AUTOEND | 1 << 16);
        runABit();
        assertThat(flags() & (1 << 4)).as("NACKF").isNotZero();
    }

    /** As MCP9808 and TMP117: neighbouring numbers are two bytes apart. */
    @Test
    void registersOfTwoBytesHaveNumbersOfTheirOwn() {
        p =
                PeripheralFixture.wired(
                        """
                        [[i2c]]
                        bus = "I2C1"
                        address = 0x48
                        value_bytes = 2
                        registers = { 0x05 = 0xC194, 0x06 = [0x00, 0x54] }
                        [[i2c_event]]
                        bus = "I2C1"
                        address = 0x48
                        registers = { 0x05 = 0xC1A0 }
                        at_ms = 10
                        """);
        write(5);
        assertThat(read(2)).containsExactly(0xC1, 0x94);
        write(6);
        assertThat(read(2)).containsExactly(0x00, 0x54);
        write(1, 0x12, 0x34);
        write(1);
        assertThat(read(2)).containsExactly(0x12, 0x34);
        p.runTo(10 * 160_000);
        write(5);
        assertThat(read(2)).containsExactly(0xC1, 0xA0);
    }

    /** As LIS3DH: the top bit asks it to count upwards. */
    @Test
    void bitsOutsideTheNumberMaskAreNoPartOfTheNumber() {
        p =
                PeripheralFixture.wired(
                        """
                        [[i2c]]
                        bus = "I2C1"
                        address = 0x48
                        number_mask = 0x7F
                        registers = { 0x28 = [0x10, 0x20, 0x30] }
                        """);
        write(0xA8);
        assertThat(read(3)).containsExactly(0x10, 0x20, 0x30);
    }

    /** As SHT3x and Si7021: commands whose answers would overlap as registers. */
    @Test
    void aDeviceAnswersCommandsWithReplies() {
        p =
                PeripheralFixture.wired(
                        """
                        [[i2c]]
                        bus = "I2C1"
                        address = 0x48
                        [[i2c.reply]]
                        request = [0x24, 0x00]
                        response = [0x61, 0x62, 0x63]
                        [[i2c.reply]]
                        request = [0x24, 0x01]
                        response = [0x71]
                        [[i2c_event]]
                        bus = "I2C1"
                        address = 0x48
                        at_ms = 10
                        [[i2c_event.reply]]
                        request = [0x24, 0x00]
                        response = [0x99]
                        """);
        write(0x24, 0x00);
        assertThat(read(4)).containsExactly(0x61, 0x62, 0x63, 0xFF);
        write(0x24, 0x01);
        assertThat(read(2)).containsExactly(0x71, 0xFF);
        p.runTo(10 * 160_000);
        write(0x24, 0x00);
        assertThat(read(1)).containsExactly(0x99);
    }

    @Test
    void aRepeatedStartGoesOnWithoutAStop() {
        p.write(I2C1, 1);
        p.write(I2C1 + CR2, ADDRESS | START | 1 << 16);
        runABit();
        p.write(I2C1 + TXDR, 1);
        runABit();
        assertThat(flags() & (1 << 6)).as("TC").isNotZero();
        assertThat(flags() & (1 << 5)).as("STOPF").isZero();
        assertThat(read(1)).containsExactly(0x60);
    }

    @Test
    void interruptsComeForEachByteAndForTheStop() {
        p.write(I2C1, 1 | 1 << 1 | 1 << 5);
        p.write(I2C1 + CR2, ADDRESS | START | AUTOEND | 1 << 16);
        assertThat(p.level.get(55)).isFalse();
        runABit();
        assertThat(p.level.get(55)).isTrue();
        p.write(I2C1 + TXDR, 0);
        assertThat(p.level.get(55)).isFalse();
        runABit();
        assertThat(p.level.get(55)).as("STOP").isTrue();
    }

    private void openSpi(int frameBits, int frames) {
        p.write(SPI1 + 0x08, frameBits - 1);
        p.write(SPI1 + 0x0C, 1 << 22);
        p.write(SPI1 + CR2, frames);
        p.write(SPI1, 1);
        p.write(SPI1, 1 | 1 << 9);
    }

    private int transfer(int data) {
        p.write(SPI1 + 0x20, 1, data);
        return p.readByte(SPI1 + 0x30);
    }

    private static final String FLASH_CHIP =
            """
            [[spi]]
            bus = "SPI1"
            select = "PA4"
            [[spi.reply]]
            request = [0x9F]
            response = [0xEF, 0x40, 0x18]
            """;

    @Test
    void aSpiDeviceAnswersWhileItIsSelected() {
        p = PeripheralFixture.wired(FLASH_CHIP);
        p.write(GPIOA, 0xABFF_FDFF);
        p.write(GPIOA + 0x18, 1 << 4);
        openSpi(8, 0);
        assertThat(transfer(0x9F)).isEqualTo(0xFF);
        assertThat(transfer(0)).as("not selected").isEqualTo(0xFF);
        for (int i = 0; i < 2; i++) {
            p.write(GPIOA + 0x28, 1 << 4);
            assertThat(transfer(0x9F)).isEqualTo(0xFF);
            assertThat(transfer(0)).isEqualTo(0xEF);
            assertThat(transfer(0)).isEqualTo(0x40);
            p.write(GPIOA + 0x18, 1 << 4);
        }
    }

    @Test
    void aSpiSensorHasRegisters() {
        p =
                PeripheralFixture.wired(
                        """
                        [[spi]]
                        bus = "SPI1"
                        read_mask = 0x80
                        registers = { 0x0F = 0x33, 0x28 = [1, 2] }
                        """);
        openSpi(8, 2);
        transfer(0x8F);
        assertThat(transfer(0)).isEqualTo(0x33);
        assertThat(p.read(SPI1 + 0x14) & (1 << 3)).as("EOT").isNotZero();
        p.write(SPI1, 0);
        openSpi(8, 2);
        transfer(0x20);
        transfer(0x57);
        p.write(SPI1, 0);
        openSpi(8, 2);
        transfer(0xA0);
        assertThat(transfer(0)).isEqualTo(0x57);
    }

    @Test
    void framesOf16BitsComeBackFromALoop() {
        p = PeripheralFixture.wired("[[spi]]\nbus = \"SPI1\"\nloopback = true\n");
        openSpi(16, 2);
        p.write(SPI1 + 0x20, 2, 0x1234);
        assertThat(p.read(SPI1 + 0x14) & 1).as("RXP").isEqualTo(1);
        assertThat(p.at(SPI1).read(0x30, 2)).isEqualTo(0x1234);
        p.write(SPI1 + 0x20, 2, 0xABCD);
        assertThat(p.at(SPI1).read(0x30, 2)).isEqualTo(0xABCD);
        assertThat(p.read(SPI1 + 0x14) >>> 16).as("CTSIZE").isZero();
    }

    @Test
    void aBusWithoutDevicesReadsOnesAndWarns() {
        p = new PeripheralFixture();
        openSpi(8, 1);
        assertThat(transfer(0)).isEqualTo(0xFF);
        assertThat(p.warnings.get(0)).startsWith("SPI1: no device is on the bus");
    }

    @Test
    void aFullReceiveFifoHoldsTheClock() {
        p = PeripheralFixture.wired("[[spi]]\nbus = \"SPI1\"\nloopback = true\n");
        openSpi(8, 40);
        int written = 0;
        while (written < 40 && (p.read(SPI1 + 0x14) & 2) != 0) {
            p.write(SPI1 + 0x20, 1, written++);
        }
        assertThat(written).isEqualTo(32);
        for (int i = 0; i < 32; i++) {
            assertThat(p.readByte(SPI1 + 0x30)).isEqualTo(i);
        }
    }

    /** As drivers of displays: what comes in is nobody's business. */
    @Test
    void whoOnlySendsOverrunsTheReceiverAndGoesOn() {
        p = PeripheralFixture.wired("[[spi]]\nbus = \"SPI1\"\nloopback = true\n");
        openSpi(8, 100);
        int written = 0;
        for (int looks = 0; looks < 300 && (p.read(SPI1 + 0x14) & (1 << 3)) == 0; looks++) {
            if (written < 100 && (p.read(SPI1 + 0x14) & 2) != 0) {
                p.write(SPI1 + 0x20, 1, written++);
            }
        }
        assertThat(written).isEqualTo(100);
        assertThat(p.read(SPI1 + 0x14) & (1 << 3)).as("EOT").isNotZero();
        assertThat(p.read(SPI1 + 0x14) & (1 << 6)).as("OVR").isNotZero();
        assertThat(p.readByte(SPI1 + 0x30)).as("what came first is kept").isZero();
        p.write(SPI1, 0);
        assertThat(p.read(SPI1 + 0x14) & (1 << 6)).as("OVR").isZero();
    }

    @Test
    void whoOnlySendsByInterruptDoesNotWaitForAReader() {
        p = PeripheralFixture.wired("[[spi]]\nbus = \"SPI1\"\nloopback = true\n");
        openSpi(8, 40);
        p.write(SPI1 + 0x10, 2);
        for (int i = 0; i < 40; i++) {
            p.write(SPI1 + 0x20, 1, i);
        }
        assertThat(p.read(SPI1 + 0x14) & (1 << 3)).as("EOT").isNotZero();
    }

    private static final int CRCEN = 1 << 22;
    private static final int CRCE = 1 << 7;

    /** CRC-8 of 0xFF, 0xEF and 0x40. */
    private static final int RIGHT_CHECKSUM = 0x6C;

    /** With checksums of so many bits. */
    private void openSpiWithChecksum(int bits, int polynomial, int frames, boolean ones) {
        p.write(SPI1 + 0x40, polynomial);
        p.write(SPI1 + 0x08, 7 | (bits - 1) << 16 | CRCEN);
        p.write(SPI1 + 0x0C, 1 << 22);
        p.write(SPI1 + CR2, frames);
        int initial = ones ? 3 << 14 : 0;
        p.write(SPI1, initial);
        p.write(SPI1, initial | 1);
        p.write(SPI1, initial | 1 | 1 << 9);
    }

    /** The catalogue's check values of CRC-8 and CRC-16/CCITT-FALSE for "123456789". */
    @Test
    void checksumsGoBehindTheData() {
        int[][] kinds = {{8, 0x107, 0, 0xF4}, {16, 0x1_1021, 1, 0x29B1}};
        for (int[] kind : kinds) {
            p = PeripheralFixture.wired("[[spi]]\nbus = \"SPI1\"\nloopback = true\n");
            openSpiWithChecksum(kind[0], kind[1], 9, kind[2] != 0);
            for (int digit = '1'; digit <= '9'; digit++) {
                p.write(SPI1 + 0x20, 1, digit);
            }
            assertThat(p.read(SPI1 + 0x44)).as("TXCRC").isEqualTo(kind[3]);
            assertThat(p.read(SPI1 + 0x48)).as("RXCRC").isEqualTo(kind[3]);
            assertThat(p.read(SPI1 + 0x14) & (CRCE | 1 << 3)).as("EOT").isEqualTo(1 << 3);
            for (int digit = '1'; digit <= '9'; digit++) {
                assertThat(p.readByte(SPI1 + 0x30)).isEqualTo(digit);
            }
            assertThat(p.read(SPI1 + 0x14) & 1).as("no checksum in the FIFO").isZero();
            assertThat(p.warnings).isEmpty();
        }
    }

    @Test
    void aWrongChecksumOfTheDeviceIsAnError() {
        for (int checksum : new int[] {RIGHT_CHECKSUM, 0x99}) {
            p =
                    PeripheralFixture.wired(
                            "[[spi]]\nbus = \"SPI1\"\n[[spi.reply]]\nrequest = [0x9F]\n"
                                    + "response = [0xEF, 0x40, "
                                    + checksum
                                    + "]\n");
            openSpiWithChecksum(8, 0x107, 3, false);
            for (int data : new int[] {0x9F, 0, 0}) {
                p.write(SPI1 + 0x20, 1, data);
            }
            boolean error = (p.read(SPI1 + 0x14) & CRCE) != 0;
            assertThat(error).isEqualTo(checksum != RIGHT_CHECKSUM);
            p.write(SPI1 + 0x18, CRCE);
            assertThat(p.read(SPI1 + 0x14) & CRCE).isZero();
        }
    }
}
