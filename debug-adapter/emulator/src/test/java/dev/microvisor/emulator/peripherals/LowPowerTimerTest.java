package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** LPTIM1 on the clock that it has after reset: 4 MHz, 40 instructions a tick. */
class LowPowerTimerTest {
    private static final int LPTIM1 = 0x4600_4400;
    private static final int ISR = LPTIM1;
    private static final int ICR = LPTIM1 + 0x04;
    private static final int DIER = LPTIM1 + 0x08;
    private static final int CFGR = LPTIM1 + 0x0C;
    private static final int CR = LPTIM1 + 0x10;
    private static final int CCR1 = LPTIM1 + 0x14;
    private static final int ARR = LPTIM1 + 0x18;
    private static final int CNT = LPTIM1 + 0x1C;
    private static final int RCR = LPTIM1 + 0x28;
    private static final int ARRM = 1 << 1;
    private static final int UE = 1 << 7;
    private static final int TICK = 40;
    private static final int IRQ = 67;

    private final PeripheralFixture p = new PeripheralFixture();

    private void start(int autoReload, int enables, int how) {
        p.write(CR, 1);
        p.write(DIER, enables);
        p.write(ARR, autoReload);
        p.write(ICR, -1);
        p.write(CR, 1 | how);
    }

    @Test
    void registersSayWhenTheyHaveTakenAValue() {
        p.write(CR, 1);
        p.write(ARR, 100);
        assertThat(p.read(ISR) & 1 << 4).isNotZero();
        p.write(CCR1, 5);
        assertThat(p.read(ISR) & 1 << 3).isNotZero();
        p.write(DIER, 2);
        assertThat(p.read(ISR) & 1 << 24).isNotZero();
        p.write(ICR, 1 << 24);
        assertThat(p.read(ISR) & 1 << 24).isZero();
    }

    @Test
    void countingOnInterruptsEachTimeItReachesAutoReload() {
        start(99, ARRM, 4);
        p.runTo(99 * TICK - 1);
        assertThat(p.raised).isEmpty();
        assertThat(p.read(CNT)).isEqualTo(98);
        p.runTo(99 * TICK);
        assertThat(p.raised).containsEntry(IRQ, 1);
        p.write(ICR, ARRM);
        assertThat(p.level.get(IRQ)).isFalse();
        p.runTo(199 * TICK);
        assertThat(p.raised).containsEntry(IRQ, 2);
        p.runTo(200 * TICK);
        assertThat(p.read(CNT)).isZero();
    }

    @Test
    void aSingleRoundStopsAtAutoReload() {
        start(99, ARRM, 2);
        p.runTo(1000 * TICK);
        assertThat(p.raised).containsEntry(IRQ, 1);
        assertThat(p.read(CNT)).isZero();
        p.write(ICR, ARRM);
        p.write(CR, 1 | 2);
        p.runTo(1100 * TICK);
        assertThat(p.raised).containsEntry(IRQ, 2);
    }

    @Test
    void aCompareValueHasItsOwnFlag() {
        p.write(CR, 1);
        p.write(CCR1, 30);
        start(99, 1, 4);
        p.runTo(29 * TICK);
        assertThat(p.raised).isEmpty();
        p.runTo(30 * TICK);
        assertThat(p.raised).containsEntry(IRQ, 1);
    }

    @Test
    void thePrescalerAndRepetitionsMakeItSlower() {
        p.write(CFGR, 3 << 9);
        p.write(RCR, 1);
        start(9, UE, 4);
        p.runTo(2 * 10 * 8 * TICK - 8 * TICK - 1);
        assertThat(p.raised).isEmpty();
        p.runTo(2 * 10 * 8 * TICK);
        assertThat(p.raised).containsEntry(IRQ, 1);
    }

    @Test
    void switchingOffStopsIt() {
        start(99, ARRM, 4);
        p.write(CR, 0);
        p.runTo(1000 * TICK);
        assertThat(p.raised).isEmpty();
        assertThat(p.read(CNT)).isZero();
    }

    @Test
    void anExternalTriggerIsSaidNotToBeEmulated() {
        p.write(CFGR, 1 << 17);
        start(99, ARRM, 4);
        assertThat(p.warnings).anyMatch(text -> text.startsWith("LPTIM1: external"));
    }
}
