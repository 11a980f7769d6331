package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimerTest {
    private static final int TIM1 = 0x4001_2C00;
    private static final int TIM2 = 0x4000_0000;
    private static final int CR1 = 0x00;
    private static final int SMCR = 0x08;
    private static final int DIER = 0x0C;
    private static final int SR = 0x10;
    private static final int EGR = 0x14;
    private static final int CCMR1 = 0x18;
    private static final int CCER = 0x20;
    private static final int CNT = 0x24;
    private static final int PSC = 0x28;
    private static final int ARR = 0x2C;
    private static final int RCR = 0x30;
    private static final int CCR1 = 0x34;

    private PeripheralFixture p = new PeripheralFixture();

    private void start(int timer, int prescaler, int reload, int control) {
        p.write(timer + PSC, prescaler);
        p.write(timer + ARR, reload);
        p.write(timer + CR1, control & ~1);
        p.write(timer + EGR, 1);
        p.write(timer + SR, 0);
        // UG updates, too.
        p.raised.clear();
        p.write(timer + CR1, control | 1);
    }

    @Test
    void aCompareValueInterruptsWhenTheCounterMeetsIt() {
        p.write(TIM2 + CCR1 + 4, 30);
        p.write(TIM2 + DIER, 1 << 2);
        start(TIM2, 9, 99, 0);
        p.runTo(299);
        assertThat(p.level.getOrDefault(45, false)).isFalse();
        p.runTo(300);
        assertThat(p.level.get(45)).isTrue();
        assertThat(p.read(TIM2 + SR) & (1 << 2)).isNotZero();
        p.write(TIM2 + SR, ~(1 << 2));
        assertThat(p.level.get(45)).isFalse();
        p.runTo(1299);
        assertThat(p.raised).containsEntry(45, 1);
        p.runTo(1300);
        assertThat(p.raised).containsEntry(45, 2);
    }

    @Test
    void aCounterGoesDown() {
        p.write(TIM2 + DIER, 1);
        start(TIM2, 0, 999, 1 << 4);
        p.runTo(10);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(989);
        p.runTo(999);
        assertThat(p.raised).isEmpty();
        p.runTo(1000);
        assertThat(p.raised).containsEntry(45, 1);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(999);
    }

    @Test
    void aCentreAlignedCounterGoesUpAndDown() {
        p.write(TIM2 + DIER, 1);
        start(TIM2, 0, 100, 1 << 5);
        p.runTo(90);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(90);
        p.runTo(100);
        assertThat(p.raised).containsEntry(45, 1);
        p.write(TIM2 + SR, 0);
        p.runTo(110);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(90);
        p.runTo(200);
        assertThat(p.raised).containsEntry(45, 2);
        assertThat(p.read(TIM2 + CNT)).isZero();
    }

    @Test
    void anAdvancedTimerUpdatesAfterItsRepetitionsOnItsOwnInterrupt() {
        p.write(TIM1 + RCR, 3);
        p.write(TIM1 + DIER, 1);
        start(TIM1, 0, 99, 0);
        p.runTo(399);
        assertThat(p.raised).isEmpty();
        p.runTo(400);
        assertThat(p.raised).containsEntry(42, 1).hasSize(1);
        p.write(TIM1 + SR, 0);
        p.runTo(800);
        assertThat(p.raised).containsEntry(42, 2);
    }

    @Test
    void updatesThatNobodyWaitsForAreCountedWhenSomebodyLooks() {
        p.write(TIM1 + RCR, 3);
        start(TIM1, 0, 99, 0);
        p.now = 100L * 1_000_001 + 7;
        assertThat(p.read(TIM1 + CNT)).isEqualTo(7);
        assertThat(p.read(TIM1 + SR) & 1).isEqualTo(1);
        p.write(TIM1 + SR, 0);
        p.write(TIM1 + DIER, 1);
        p.runTo(100L * 1_000_003);
        assertThat(p.raised).as("1,000,001 = 4 n + 1 overflows, three more to come").isEmpty();
        p.runTo(100L * 1_000_004);
        assertThat(p.raised).containsEntry(42, 1);
    }

    @Test
    void anEdgeAtAnInputCapturesTheCounter() {
        p =
                PeripheralFixture.wired(
                        """
                        [[pin]]
                        pin = "TIM2_CH1"
                        level = "toggle"
                        at_us = 10
                        every_us = 5
                        """);
        p.write(TIM2 + CCMR1, 1);
        p.write(TIM2 + CCER, 1);
        p.write(TIM2 + DIER, 2);
        start(TIM2, 0, -1, 0);
        p.runTo(1600);
        assertThat(p.level.get(45)).isTrue();
        assertThat(p.read(TIM2 + CCR1)).isEqualTo(1600);
        assertThat(p.level.get(45)).as("reading takes the flag back").isFalse();
        p.runTo(1600 + 800);
        assertThat(p.raised).as("a falling edge").containsEntry(45, 1);
        p.runTo(1600 + 1600);
        p.runTo(1600 + 3200);
        assertThat(p.read(TIM2 + SR) & (1 << 9)).as("overcapture").isNotZero();
        assertThat(p.read(TIM2 + CCR1)).isEqualTo(1600 + 3200);
    }

    @Test
    void theSlaveModeMeasuresPeriodAndPulse() {
        p =
                PeripheralFixture.wired(
                        """
                        [[pin]]
                        pin = "TIM2_CH1"
                        level = "high"
                        at_us = 10
                        every_us = 20
                        [[pin]]
                        pin = "TIM2_CH1"
                        level = "low"
                        at_us = 15
                        every_us = 20
                        """);
        p.write(TIM2 + CCMR1, 1 | 2 << 8);
        p.write(TIM2 + CCER, 1 | 1 << 4 | 1 << 5);
        p.write(TIM2 + SMCR, 4 | 5 << 4);
        start(TIM2, 0, -1, 0);
        p.runTo(51 * 160);
        assertThat(p.read(TIM2 + CCR1)).isEqualTo(20 * 160);
        assertThat(p.read(TIM2 + CCR1 + 4)).isEqualTo(5 * 160);
    }

    @Test
    void aSlaveModeThatIsNotEmulatedWarns() {
        // Gated by ETRF.
        p.write(TIM2 + SMCR, 5 | 7 << 4);
        assertThat(p.warnings).hasSize(1);
        assertThat(p.warnings.get(0)).startsWith("TIM2_SMCR:");
    }

    @Test
    void aGateThatIsAnOutputOfAnotherTimerWarns() {
        p.write(TIM1 + 0x04, 4 << 4);
        p.write(TIM2 + SMCR, 5);
        p.write(TIM2, 1);
        assertThat(p.warnings).hasSize(1);
        assertThat(p.warnings.get(0)).startsWith("TIM2 counts while TRGO of TIM1");
    }

    @Test
    void stoppingKeepsTheCounter() {
        start(TIM2, 0, -1, 0);
        p.runTo(500);
        p.write(TIM2 + CR1, 0);
        p.runTo(900);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(500);
        p.write(TIM2 + CR1, 1);
        p.runTo(1000);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(600);
    }

    private void edges(String... inputsAndLevels) {
        StringBuilder toml = new StringBuilder();
        for (int i = 0; i < inputsAndLevels.length; i++) {
            String[] parts = inputsAndLevels[i].split(" ");
            toml.append("[[pin]]\npin = \"TIM2_").append(parts[0]).append("\"\nlevel = \"");
            toml.append(parts[1]).append("\"\nat_ms = ").append(i + 1).append('\n');
        }
        p = PeripheralFixture.wired(toml.toString());
    }

    private void runToMs(int ms) {
        p.runTo(ms * 160_000L + 1000);
    }

    @Test
    void anEncoderCountsItsEdgesUpAndDown() {
        edges("CH1 high", "CH2 high", "CH1 low", "CH2 low", "CH2 high", "CH1 high", "CH2 low");
        p.write(TIM2 + SMCR, 3);
        start(TIM2, 0, 99, 0);
        runToMs(4);
        assertThat(p.read(TIM2 + CNT)).as("one turn forwards").isEqualTo(4);
        assertThat(p.read(TIM2 + CR1) & (1 << 4)).as("DIR").isZero();
        runToMs(7);
        assertThat(p.read(TIM2 + CNT)).as("three edges back").isEqualTo(1);
        assertThat(p.read(TIM2 + CR1) & (1 << 4)).as("DIR").isNotZero();
    }

    @Test
    void anEncoderGoesRoundBelowZero() {
        edges("CH2 high", "CH1 high");
        p.write(TIM2 + SMCR, 1);
        start(TIM2, 0, 99, 0);
        runToMs(1);
        assertThat(p.read(TIM2 + CNT)).as("mode 1 counts edges of TI1 only").isZero();
        runToMs(2);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(99);
        assertThat(p.read(TIM2 + SR) & 1).as("UIF").isEqualTo(1);
    }

    @Test
    void aGateLetsTheCounterCountWhileItsInputIsHigh() {
        edges("CH1 high", "CH1 low", "CH1 high", "CH1 low");
        p.write(TIM2 + DIER, 1 << 6);
        p.write(TIM2 + SMCR, 5 | 5 << 4);
        start(TIM2, 159, -1, 0);
        p.runTo(160_000 - 1);
        assertThat(p.read(TIM2 + CNT)).isZero();
        runToMs(2);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(1000);
        assertThat(p.level.get(45)).as("trigger").isTrue();
        runToMs(4);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(2000);
        assertThat(p.warnings).isEmpty();
    }

    @Test
    void anInvertedGateOpensWhenItsInputIsLowAndMayRestartTheCounter() {
        edges("CH2 high", "CH2 low", "CH2 high");
        p.write(TIM2 + CCER, 1 << 5);
        p.write(TIM2 + SMCR, 1 << 16 | 1 | 6 << 4);
        start(TIM2, 159, -1, 0);
        p.runTo(160_000 - 1);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(999);
        runToMs(1);
        assertThat(p.read(TIM2 + CNT)).as("closed").isZero();
        p.runTo(3 * 160_000 - 1);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(999);
    }

    @Test
    void edgesAreTheClockInExternalClockMode() {
        edges("CH1 high", "CH1 low", "CH1 high", "CH1 low", "CH1 high");
        p.write(TIM2 + DIER, 1);
        p.write(TIM2 + SMCR, 7 | 5 << 4);
        start(TIM2, 0, 2, 0);
        runToMs(4);
        assertThat(p.read(TIM2 + CNT)).as("rising edges").isEqualTo(2);
        assertThat(p.raised).isEmpty();
        runToMs(5);
        assertThat(p.read(TIM2 + CNT)).isZero();
        assertThat(p.level.get(45)).as("update").isTrue();
    }

    /** TRGO of TIM1 at each update, every 100 instructions; TS = 0 selects it. */
    private void startMaster() {
        p.write(TIM1 + 0x04, 2 << 4);
        start(TIM1, 0, 99, 0);
    }

    @Test
    void anotherTimersUpdatesAreAClock() {
        p.write(TIM2 + SMCR, 7);
        p.write(TIM2 + CR1, 1);
        startMaster();
        p.write(TIM2 + CNT, 0);
        p.runTo(1050);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(10);
        assertThat(p.read(TIM2 + SR) & 1 << 6).as("TIF").isNotZero();
    }

    @Test
    void anotherTimersUpdateStartsACounter() {
        p.write(TIM2 + SMCR, 6);
        startMaster();
        p.write(TIM2 + CR1, 0);
        p.write(TIM2 + CNT, 0);
        p.runTo(99);
        assertThat(p.read(TIM2 + CR1) & 1).isZero();
        p.runTo(150);
        assertThat(p.read(TIM2 + CR1) & 1).isEqualTo(1);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(50);
    }

    @Test
    void anotherTimersUpdateRestartsACounter() {
        p.write(TIM2 + SMCR, 4);
        p.write(TIM2 + CR1, 1);
        startMaster();
        p.runTo(430);
        assertThat(p.read(TIM2 + CNT)).isEqualTo(30);
    }

    @Test
    void aBreakSwitchesTheOutputsOff() {
        p.write(TIM1 + 0x44, 1 << 15 | 1 << 12);
        p.write(TIM1 + DIER, 1 << 7);
        p.write(TIM1 + EGR, 1 << 7);
        assertThat(p.raised).containsEntry(41, 1);
        assertThat(p.read(TIM1 + 0x44)).as("MOE").isEqualTo(1 << 12);
    }

    /** MMS: CEN is TRGO; the slave is gated by it. */
    @Test
    void aTimerCountsWhileAnotherOneIsEnabled() {
        int tim2 = 0x4000_0000;
        int tim3 = 0x4000_0400;
        p.write(tim2 + 0x04, 1 << 4);
        p.write(tim3 + 0x08, 1 << 4 | 5);
        p.write(tim3, 1);
        p.runTo(1000);
        assertThat(p.read(tim3 + 0x24)).as("closed").isZero();
        p.write(tim2, 1);
        p.runTo(1500);
        assertThat(p.read(tim3 + 0x24)).isEqualTo(500);
        p.write(tim2, 0);
        p.runTo(3000);
        assertThat(p.read(tim3 + 0x24)).as("closed again").isEqualTo(500);
        assertThat(p.read(tim3 + 0x10) & 1 << 6).as("TIF").isNotZero();
        assertThat(p.warnings).isEmpty();
    }

    @Test
    void theGateOfAOnePulseTimerClosesAtItsEnd() {
        int tim2 = 0x4000_0000;
        int tim3 = 0x4000_0400;
        p.write(tim3 + 0x08, 1 << 4 | 5);
        p.write(tim3, 1);
        p.write(tim2 + 0x04, 1 << 4);
        p.write(tim2 + 0x2C, 199);
        p.write(tim2 + 0x14, 1);
        p.write(tim2, 1 | 1 << 3);
        p.runTo(1000);
        assertThat(p.read(tim2) & 1).isZero();
        assertThat(p.read(tim3 + 0x24)).isEqualTo(200);
    }
}
