package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CordicTest {
    private static final int CSR = 0x4002_1000;
    private static final int WDATA = CSR + 4;
    private static final int RDATA = CSR + 8;
    private static final int NRES = 1 << 19;
    private static final int NARGS = 1 << 20;
    private static final int RRDY = 1 << 31;
    private static final int PRECISION = 6 << 4;

    private final PeripheralFixture p = new PeripheralFixture();

    private static int q31(double number) {
        return (int) Math.min(Integer.MAX_VALUE, Math.round(number * 0x1p31));
    }

    private double read() {
        return p.read(RDATA) / 0x1p31;
    }

    /** Values that are exact or well known: 60 degrees, a triangle of 3, 4 and 5, ln 2, … */
    @ParameterizedTest
    @CsvSource({
        "0, 0,  0.333333333333,  1,    0.5,            0.866025403784",
        "1, 0, -0.5,             0.5, -0.5,            0",
        "2, 0,  0.3,             0.4,  0.295167235301, 0.5",
        "3, 0, -0.3,             0.4,  0.5,            0.704832764699",
        "4, 1,  0.5,             1,    0.125,          0",
        "5, 1,  0.25,            1,    0.563812982603, 0.260547652747",
        "6, 1,  0.25,            1,    0.260547652747, 0.563812982603",
        "7, 1,  0.25,            1,    0.274653072167, 0",
        "8, 2,  0.5,             1,    0.086643397570, 0",
        "9, 1,  0.5,             1,    0.5,            0"
    })
    void theFunctionsOfTheManual(
            int function, int scale, double first, double second, double primary, double other) {
        p.write(CSR, function | PRECISION | scale << 8 | NARGS | NRES);
        p.write(WDATA, q31(first));
        assertThat(p.read(CSR) & RRDY).as("one argument is missing").isZero();
        p.write(WDATA, q31(second));
        assertThat(p.read(CSR) & RRDY).isNotZero();
        assertThat(read()).isCloseTo(primary, within(1e-9));
        assertThat(p.read(CSR) & RRDY).as("one result is left").isNotZero();
        assertThat(read()).isCloseTo(other, within(1e-9));
        assertThat(p.read(CSR) & RRDY).isZero();
    }

    @Test
    void halvesOfAWordAreTwoArgumentsAndTwoResults() {
        p.write(CSR, PRECISION | 1 << 21 | 1 << 22);
        p.write(WDATA, 0x7FFF << 16 | (0xC000 & 0xFFFF));
        int results = p.read(RDATA);
        assertThat((short) results).as("cosine of -90 degrees").isBetween((short) -1, (short) 0);
        assertThat((short) (results >>> 16)).as("sine").isLessThan((short) -32_760);
        assertThat(p.read(CSR) & RRDY).isZero();
    }

    /** Drivers write the arguments of the next operation before they read the last results. */
    @Test
    void theNextArgumentsWaitUntilResultsAreRead() {
        p.write(CSR, 9 | PRECISION);
        p.write(WDATA, q31(0.25));
        p.write(WDATA, q31(0.5625));
        assertThat(read()).isEqualTo(0.5);
        assertThat(p.read(CSR) & RRDY).isNotZero();
        assertThat(read()).isEqualTo(0.75);
        assertThat(p.read(CSR) & RRDY).isZero();
    }

    @Test
    void resultsInterrupt() {
        p.write(CSR, 1 | PRECISION | 1 << 16);
        assertThat(p.level.getOrDefault(123, false)).isFalse();
        p.write(WDATA, q31(0.5));
        assertThat(p.level.get(123)).isTrue();
        assertThat(p.read(RDATA)).as("one").isEqualTo(Integer.MAX_VALUE);
        assertThat(p.level.get(123)).isFalse();
    }

    @Test
    void twoChannelsOfDmaCalculateABlock() {
        ByteBuffer memory = ByteBuffer.wrap(p.memory).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 4; i++) {
            memory.putInt(4 * i, q31((i + 1) * (i + 1) / 64.0));
        }
        int dma = 0x4002_0000;
        int words = 2 | 2 << 16;
        p.write(dma + 0x90, words | 1 << 3);
        p.write(dma + 0x94, 102 | 1 << 10);
        p.write(dma + 0x98, 16);
        p.write(dma + 0x9C, PeripheralFixture.RAM);
        p.write(dma + 0xA0, WDATA);
        p.write(dma + 0x80 + 0x90, words | 1 << 19);
        p.write(dma + 0x80 + 0x94, 101);
        p.write(dma + 0x80 + 0x98, 16);
        p.write(dma + 0x80 + 0x9C, RDATA);
        p.write(dma + 0x80 + 0xA0, PeripheralFixture.RAM + 0x100);
        p.write(dma + 0x64, 1);
        p.write(dma + 0x80 + 0x64, 1);
        p.write(CSR, 9 | PRECISION | 1 << 17 | 1 << 18);
        p.runTo(10_000);
        for (int i = 0; i < 4; i++) {
            assertThat(memory.getInt(0x100 + 4 * i) / 0x1p31).isEqualTo((i + 1) / 8.0);
        }
        assertThat(p.warnings).isEmpty();
    }
}
