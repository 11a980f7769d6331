package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Devices on two pins that firmware moves by itself. */
class PinI2cTest {
    private static final int GPIOB = 0x4202_0400;
    private static final int MODER = GPIOB;
    private static final int OTYPER = GPIOB + 0x04;
    private static final int IDR = GPIOB + 0x10;
    private static final int BSRR = GPIOB + 0x18;
    private static final int SCL = 8;
    private static final int SDA = 9;

    private final PeripheralFixture p =
            PeripheralFixture.wired(
                    """
                    [[i2c]]
                    bus = "PB8/PB9"
                    model = "MCP9808"
                    temperature_c = 25.5
                    [[i2c]]
                    bus = "PB8/PB9"
                    model = "AT24C02"
                    """);

    /** True: SDA is an open-drain output; false: it becomes an input for ones. */
    private boolean openDrain = true;

    private void begin() {
        p.write(BSRR, 1 << SCL | 1 << SDA);
        p.write(OTYPER, 1 << SCL | (openDrain ? 1 << SDA : 0));
        mode(SCL, 1);
        mode(SDA, 1);
        sda(true);
    }

    private void mode(int pin, int mode) {
        int others = p.read(MODER) & ~(3 << (2 * pin));
        p.write(MODER, others | mode << (2 * pin));
    }

    private void scl(boolean high) {
        p.write(BSRR, high ? 1 << SCL : 1 << (SCL + 16));
    }

    private void sda(boolean high) {
        if (openDrain) {
            p.write(BSRR, high ? 1 << SDA : 1 << (SDA + 16));
        } else {
            p.write(BSRR, 1 << (SDA + 16));
            mode(SDA, high ? 0 : 1);
        }
    }

    private void start() {
        sda(true);
        scl(true);
        sda(false);
        scl(false);
    }

    private void stop() {
        sda(false);
        scl(true);
        sda(true);
    }

    private int bit(boolean high) {
        sda(high);
        scl(true);
        int level = p.read(IDR) >>> SDA & 1;
        scl(false);
        return level;
    }

    /** True for ACK. */
    private boolean put(int octet) {
        for (int i = 7; i >= 0; i--) {
            bit((octet >>> i & 1) != 0);
        }
        return bit(true) == 0;
    }

    private int get(boolean acknowledge) {
        int octet = 0;
        for (int i = 0; i < 8; i++) {
            octet = octet << 1 | bit(true);
        }
        bit(!acknowledge);
        return octet;
    }

    private List<Integer> registers(int address, int number, int size) {
        start();
        assertThat(put(address << 1)).isTrue();
        assertThat(put(number)).isTrue();
        start();
        assertThat(put(address << 1 | 1)).isTrue();
        List<Integer> data = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            data.add(get(i < size));
        }
        stop();
        return data;
    }

    private void talks() {
        begin();
        assertThat(registers(0x18, 5, 2)).containsExactly(0x01, 0x98);
        assertThat(registers(0x18, 6, 2)).containsExactly(0x00, 0x54);
        start();
        assertThat(put(0x50 << 1)).isTrue();
        assertThat(put(0x10)).isTrue();
        assertThat(put(0xA5)).isTrue();
        stop();
        start();
        assertThat(put(0x50 << 1)).as("busy").isFalse();
        stop();
        p.runTo(p.now + 5 * 160_000);
        assertThat(registers(0x50, 0x0F, 3)).containsExactly(0xFF, 0xA5, 0xFF);
        start();
        assertThat(put(0x33 << 1)).as("nobody").isFalse();
        stop();
        assertThat(p.warnings).isEmpty();
    }

    @Test
    void openDrainOutputsAreABus() {
        talks();
    }

    @Test
    void soAreInputsThatBecomeOutputsForZeros() {
        openDrain = false;
        talks();
    }

    @Test
    void theStateOfTheBusIsSavedWithTheRest() {
        begin();
        start();
        put(0x18 << 1);
        put(5);
        start();
        put(0x18 << 1 | 1);
        bit(true);
        List<Object> saved = new ArrayList<>();
        p.all().forEach(part -> saved.add(part.save()));
        int rest = get(false);
        for (int i = 0; i < saved.size(); i++) {
            p.all().get(i).restore(saved.get(i));
        }
        assertThat(get(false)).isEqualTo(rest);
    }
}
