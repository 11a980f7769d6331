package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The converters beyond plain regular sequences, and what the factory says about them. */
class ConvertersTest {
    private static final int ADC1 = 0x4202_8000;
    private static final int ISR = ADC1;
    private static final int IER = ADC1 + 0x04;
    private static final int CR = ADC1 + 0x08;
    private static final int CFGR1 = ADC1 + 0x0C;
    private static final int CFGR2 = ADC1 + 0x10;
    private static final int SQR1 = ADC1 + 0x30;
    private static final int DR = ADC1 + 0x40;
    private static final int JSQR = ADC1 + 0x4C;
    private static final int JDR1 = ADC1 + 0x80;
    private static final int LTR1 = ADC1 + 0xA8;
    private static final int HTR1 = ADC1 + 0xAC;
    private static final int CCR = ADC1 + 0x308;
    private static final int IRQ = 37;
    private static final int ADSTART = 1 << 2;
    private static final int JADSTART = 1 << 3;
    private static final int CONVERSION = 1600;

    private final PeripheralFixture p =
            PeripheralFixture.wired(
                    """
                    [[analog]]
                    converter = "ADC1"
                    channel = 5
                    millivolts = 1650
                    [[analog]]
                    converter = "ADC1"
                    channel = 6
                    millivolts = 1100
                    [[analog]]
                    converter = "ADC1"
                    channel = 6
                    millivolts = 3000
                    at_ms = 1
                    """);

    private void enable() {
        p.write(CR, 1 << 28);
        p.write(CR, 1 << 28 | 1);
    }

    @Test
    void injectedConversionsHaveTheirOwnSequenceFlagsAndResults() {
        enable();
        p.write(JSQR, 1 | 6 << 9 | 5 << 15);
        p.write(IER, 1 << 6);
        p.write(CR, 1 << 28 | JADSTART);
        p.runTo(CONVERSION);
        assertThat(p.read(ISR) & 0x60).as("JEOC, not yet JEOS").isEqualTo(0x20);
        assertThat(p.read(JDR1)).isEqualTo(5461);
        p.runTo(2 * CONVERSION);
        assertThat(p.read(ISR) & 0x60).isEqualTo(0x60);
        assertThat(p.read(JDR1 + 4)).isEqualTo(8191);
        assertThat(p.read(CR) & JADSTART).isZero();
        assertThat(p.raised).containsEntry(IRQ, 1);
        assertThat(p.read(ISR) & 4).as("no regular conversion").isZero();
    }

    @Test
    void oversamplingAddsUpAndShifts() {
        enable();
        p.write(SQR1, 5 << 6);
        p.write(CFGR2, 15 << 16 | 1);
        p.write(CR, 1 << 28 | ADSTART);
        p.runTo(16 * CONVERSION);
        assertThat(p.read(DR)).isEqualTo(16 * 8191);
        p.write(CFGR2, 15 << 16 | 4 << 5 | 1);
        p.write(CR, 1 << 28 | ADSTART);
        p.runTo(32 * CONVERSION);
        assertThat(p.read(DR)).isEqualTo(8191);
    }

    @Test
    void aWatchdogTellsWhenItsChannelLeavesTheWindow() {
        enable();
        p.write(SQR1, 6 << 6);
        p.write(LTR1, 1000);
        p.write(HTR1, 9000);
        p.write(IER, 1 << 7);
        p.write(CFGR1, 1 << 13 | 1 << 22 | 1 << 23 | 6 << 26);
        p.write(CR, 1 << 28 | ADSTART);
        p.runTo(150_000);
        assertThat(p.raised).isEmpty();
        p.runTo(170_000);
        assertThat(p.raised).containsEntry(IRQ, 1);
        assertThat(p.read(ISR) & 1 << 7).isNotZero();
    }

    @Test
    void discontinuousSequencesGoOnWhereTheyPaused() {
        enable();
        p.write(SQR1, 1 | 5 << 6 | 6 << 12);
        p.write(CFGR1, 1 << 16);
        p.write(CR, 1 << 28 | ADSTART);
        p.runTo(10 * CONVERSION);
        assertThat(p.read(DR)).isEqualTo(8191);
        assertThat(p.read(ISR) & 8).as("EOS").isZero();
        p.write(CR, 1 << 28 | ADSTART);
        p.runTo(20 * CONVERSION);
        assertThat(p.read(DR)).isEqualTo(5461);
        assertThat(p.read(ISR) & 8).as("EOS").isNotZero();
    }

    /** Firmware computes its supply from VREFINT and the factory's value of it at 3.0 V. */
    @Test
    void theInternalReferenceAgreesWithTheFactorysCalibration() {
        enable();
        p.write(CCR, 1 << 22);
        p.write(CR, 1 << 28 | ADSTART);
        p.runTo(CONVERSION);
        int calibration = p.readByte(0x0BFA_07A5) | p.readByte(0x0BFA_07A6) << 8;
        assertThat(3000 * calibration / p.read(DR)).isBetween(3290, 3310);
        assertThat(p.warnings).isEmpty();
    }

    @Test
    void theTemperatureSensorIsAtThirtyDegrees() {
        enable();
        p.write(SQR1, 19 << 6);
        p.write(CCR, 1 << 23);
        p.write(CR, 1 << 28 | ADSTART);
        p.runTo(CONVERSION);
        int at30 = p.read(0x0BFA_0710) & 0xFFFF;
        int at130 = p.read(0x0BFA_0740) >>> 16;
        int atThreeVolts = p.read(DR) * 3300 / 3000;
        assertThat(30 + 100 * (atThreeVolts - at30) / (at130 - at30)).isBetween(28, 32);
    }

    @Test
    void theFactoryHasWrittenAUniqueNumberAndTheSizeOfFlash() {
        assertThat(p.read(0x0BFA_0700)).isNotIn(0, -1);
        assertThat(p.read(0x0BFA_07A0)).isEqualTo(2048);
        assertThat(p.read(0x0BFA_0000)).as("OTP is erased").isEqualTo(-1);
        PeripheralFixture other =
                PeripheralFixture.wired("[device]\nsid = \"UV0123456789abcdef0123456789abcdef\"\n");
        assertThat(other.read(0x0BFA_0700)).isNotEqualTo(p.read(0x0BFA_0700));
    }

    // ---------------------------------------------------------------- DAC1

    private static final int DAC1 = 0x4602_1800;
    private static final int DOR1 = DAC1 + 0x2C;
    private static final int TIM6 = 0x4000_1000;

    /** TIM6 with an update each 1000 instructions that is TRGO. */
    private void startTimer() {
        p.write(TIM6 + 0x2C, 999);
        p.write(TIM6 + 0x14, 1);
        p.write(TIM6 + 0x04, 2 << 4);
        p.write(TIM6, 1);
    }

    @Test
    void theDacPutsOutWhatIsWrittenInAnyAlignment() {
        p.write(DAC1 + 0x08, 1234);
        assertThat(p.read(DOR1)).as("off").isZero();
        p.write(DAC1, 1);
        assertThat(p.read(DOR1)).isEqualTo(1234);
        p.write(DAC1 + 0x0C, 0xABC0);
        assertThat(p.read(DOR1)).isEqualTo(0xABC);
        p.write(DAC1 + 0x10, 0xFF);
        assertThat(p.read(DOR1)).isEqualTo(0xFF0);
        p.write(DAC1, 0x1_0001);
        p.write(DAC1 + 0x20, 0x0456_0123);
        assertThat(p.read(DOR1)).isEqualTo(0x123);
        assertThat(p.read(DOR1 + 4)).isEqualTo(0x456);
    }

    @Test
    void aTriggerOfSoftwareOrOfATimerMakesTheDacTakeItsNextValue() {
        p.write(DAC1, 3);
        p.write(DAC1 + 0x08, 700);
        assertThat(p.read(DOR1)).isZero();
        p.write(DAC1 + 0x04, 1);
        assertThat(p.read(DOR1)).isEqualTo(700);
        p.write(DAC1, 3 | 5 << 2);
        p.write(DAC1 + 0x08, 800);
        startTimer();
        p.runTo(999);
        assertThat(p.read(DOR1)).isEqualTo(700);
        p.runTo(1000);
        assertThat(p.read(DOR1)).isEqualTo(800);
    }

    /** GPDMA1 channel 0 gives a value for each trigger. */
    @Test
    void dmaFeedsTheDac() {
        int channel = 0x4002_0050;
        for (int i = 0; i < 4; i++) {
            p.memory[4 * i] = (byte) (10 + i);
        }
        p.write(channel + 0x40, 2 | 1 << 3 | 2 << 16);
        p.write(channel + 0x44, 2 | 1 << 10);
        p.write(channel + 0x48, 16);
        p.write(channel + 0x4C, PeripheralFixture.RAM);
        p.write(channel + 0x50, DAC1 + 0x08);
        p.write(channel + 0x14, 1);
        p.write(DAC1, 3 | 5 << 2 | 1 << 12);
        startTimer();
        p.runTo(2500);
        assertThat(p.read(DOR1)).isEqualTo(10);
        p.runTo(5500);
        assertThat(p.read(DOR1)).isEqualTo(13);
    }

    private int converted() {
        p.write(CR, 1 << 28 | ADSTART);
        p.runTo(p.now + CONVERSION);
        return p.read(DR);
    }

    @Test
    void gainAndOffsetsChangeTheResult() {
        enable();
        p.write(SQR1, 5 << 6);
        assertThat(converted()).isEqualTo(8191);
        p.write(ADC1 + 0x70, 1 << 31 | 2048);
        assertThat(converted()).as("half").isEqualTo(4095);
        p.write(ADC1 + 0x60, 6 << 27 | 100);
        assertThat(converted()).as("an offset of another channel").isEqualTo(4095);
        p.write(ADC1 + 0x64, 5 << 27 | 5000);
        assertThat(converted()).as("signed").isEqualTo(4095 - 5000);
        p.write(ADC1 + 0x64, 5 << 27 | 1 << 25 | 5000);
        assertThat(converted()).as("unsigned saturation").isZero();
        p.write(ADC1 + 0x64, 5 << 27 | 1 << 24 | 1 << 26 | 5000);
        assertThat(converted()).as("signed saturation").isEqualTo(8191);
        p.write(ADC1 + 0x64, 0);
        p.write(CFGR2, 2 << 28);
        assertThat(converted()).as("shifted left").isEqualTo(4 * 4095);
    }
}
