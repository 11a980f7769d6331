package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.Peripheral;
import org.junit.jupiter.api.Test;

/** The calendar and the watchdogs. */
class ClocksTest {
    private static final int RTC = 0x4600_7800;
    private static final int TAMP = 0x4600_7C00;
    private static final int IWDG = 0x4000_3000;
    private static final int WWDG = 0x4000_2C00;
    private static final int DR = 0x04;
    private static final int ICSR = 0x0C;
    private static final int CR = 0x18;
    private static final int SCR = 0x5C;
    private static final long SECOND = 160_000_000;

    private final PeripheralFixture p =
            PeripheralFixture.wired("[device]\nwall_clock = 2026-02-28T23:59:58Z\n");

    private void setCalendar(int time, int date) {
        p.write(RTC + ICSR, 1 << 7);
        p.write(RTC, time);
        p.write(RTC + DR, date);
        p.write(RTC + ICSR, 0);
    }

    @Test
    void theCalendarStartsAtTheWallTimeAndGoesOn() {
        assertThat(p.read(RTC)).isEqualTo(0x23_5958);
        assertThat(p.read(RTC + DR)).as("Saturday").isEqualTo(0x26_0000 | 6 << 13 | 0x0228);
        p.runTo(2 * SECOND);
        assertThat(p.read(RTC)).isZero();
        assertThat(p.read(RTC + DR)).as("Sunday").isEqualTo(0x26_0000 | 7 << 13 | 0x0301);
    }

    @Test
    void subSecondsCountDown() {
        p.runTo(SECOND / 2);
        assertThat(p.read(RTC + 8)).isEqualTo(0x7F);
    }

    @Test
    void firmwareSetsTheCalendar() {
        p.write(RTC + ICSR, 1 << 7);
        assertThat(p.read(RTC + ICSR) & (1 << 6)).as("INITF").isNotZero();
        setCalendar(0x12_3456, 0x30_0000 | 2 << 13 | 0x1231);
        p.runTo(SECOND);
        assertThat(p.read(RTC)).isEqualTo(0x12_3457);
        assertThat(p.read(RTC + DR)).isEqualTo(0x30_0000 | 2 << 13 | 0x1231);
    }

    @Test
    void halfDaysAreShownAsSuch() {
        p.write(RTC + CR, 1 << 6);
        assertThat(p.read(RTC)).isEqualTo(1 << 22 | 0x11_5958);
    }

    @Test
    void anAlarmInterruptsAtItsSecondAndComesAgain() {
        setCalendar(0x10_0000, 0x26_2101);
        p.write(RTC + 0x40, 1 << 31 | 1 << 23 | 1 << 15 | 0x30);
        p.write(RTC + CR, 1 << 8 | 1 << 12);
        p.runTo(30 * SECOND - 1);
        assertThat(p.raised).isEmpty();
        p.runTo(30 * SECOND);
        assertThat(p.level.get(2)).isTrue();
        assertThat(p.read(RTC + 0x54)).isEqualTo(1);
        p.write(RTC + SCR, 1);
        assertThat(p.level.get(2)).isFalse();
        p.runTo(90 * SECOND);
        assertThat(p.raised).containsEntry(2, 2);
    }

    @Test
    void anAlarmWaitsForItsDay() {
        setCalendar(0x23_5950, 0x26_2101);
        p.write(RTC + 0x48, 0x03 << 24 | 0x00_0005);
        p.write(RTC + CR, 1 << 9 | 1 << 13);
        p.runTo((10 + 86_400 + 5) * SECOND - 1);
        assertThat(p.raised).isEmpty();
        p.runTo((10 + 86_400 + 5) * SECOND);
        assertThat(p.raised).containsEntry(2, 1);
    }

    @Test
    void theWakeUpTimerComesAgainAndAgain() {
        p.write(RTC + 0x14, 4);
        p.write(RTC + CR, 4 | 1 << 10 | 1 << 14);
        for (int i = 1; i <= 3; i++) {
            p.runTo(5L * i * SECOND);
            assertThat(p.raised).containsEntry(2, i);
            p.write(RTC + SCR, 4);
        }
    }

    @Test
    void calendarAndBackupRegistersOutliveAReset() {
        setCalendar(0x10_0000, 0x26_2101);
        p.write(TAMP + 0x100, 0xCAFE);
        p.all().forEach(Peripheral::reset);
        assertThat(p.read(RTC)).isEqualTo(0x10_0000);
        assertThat(p.read(TAMP + 0x100)).isEqualTo(0xCAFE);
    }

    @Test
    void anIndependentWatchdogThatIsNotFedResets() {
        p.write(IWDG + 8, 31);
        p.write(IWDG, 0xCCCC);
        long period = 32L * 4 * 160_000_000 / 32_000;
        p.runTo(period - 1);
        p.write(IWDG, 0xAAAA);
        p.runTo(2 * period - 2);
        assertThat(p.resets).isEmpty();
        p.runTo(2 * period);
        assertThat(p.resets).containsExactly("IWDG was not fed in time");
    }

    @Test
    void anIndependentWatchdogWarnsEarly() {
        p.write(IWDG + 8, 31);
        p.write(IWDG, 0xCCCC);
        p.write(IWDG + 0x14, 1 << 15 | 10);
        long count = 4L * 160_000_000 / 32_000;
        p.runTo(21 * count);
        assertThat(p.level.get(27)).isTrue();
        p.write(IWDG + 0x14, 1 << 15 | 1 << 14 | 10);
        assertThat(p.level.get(27)).isFalse();
    }

    @Test
    void anIndependentWatchdogFedAboveItsWindowResets() {
        p.write(IWDG + 8, 31);
        p.write(IWDG, 0xCCCC);
        p.write(IWDG + 0x10, 16);
        p.write(IWDG, 0xAAAA);
        assertThat(p.resets).containsExactly("IWDG was fed too early, outside its window");
    }

    @Test
    void aWindowWatchdogWarnsAndThenResets() {
        p.write(WWDG + 4, 0x7F | 1 << 9);
        p.write(WWDG, 0x80 | 0x50);
        p.runTo(16 * 4096);
        assertThat(p.level.get(0)).isTrue();
        assertThat(p.read(WWDG) & 0x7F).isEqualTo(0x40);
        assertThat(p.resets).isEmpty();
        p.runTo(17 * 4096);
        assertThat(p.resets).containsExactly("WWDG was not fed in time");
    }

    @Test
    void aWindowWatchdogFedTooEarlyResets() {
        p.write(WWDG + 4, 0x50);
        p.write(WWDG, 0x80 | 0x7F);
        p.runTo(4096);
        p.write(WWDG, 0x7F);
        assertThat(p.resets).containsExactly("WWDG was fed too early, outside its window");
    }

    @Test
    void aWindowWatchdogFedInItsWindowGoesOn() {
        p.write(WWDG + 4, 0x50);
        p.write(WWDG, 0x80 | 0x7F);
        for (int i = 0; i < 5; i++) {
            p.runTo(p.now + 0x30 * 4096);
            p.write(WWDG, 0x7F);
        }
        assertThat(p.resets).isEmpty();
    }

    /** With PREDIV_S of 255 a mask of six bits matches four times a second. */
    @Test
    void anAlarmComparesAsManyBitsOfTheSubSecondsAsItsMaskSays() {
        setCalendar(0x10_0000, 0x26_2101);
        p.write(RTC + 0x40, 1 << 31 | 1 << 23 | 1 << 15 | 1 << 7);
        p.write(RTC + 0x44, 6 << 24 | 63);
        p.write(RTC + CR, 1 << 8 | 1 << 12);
        for (int i = 1; i <= 4; i++) {
            p.runTo(i * SECOND / 4 - 1);
            assertThat(p.raised.getOrDefault(2, 0)).isEqualTo(i - 1);
            p.runTo(i * SECOND / 4);
            assertThat(p.raised).containsEntry(2, i);
            p.write(RTC + SCR, 1);
        }
    }

    @Test
    void anAlarmMeetsASubSecondOfItsSecond() {
        setCalendar(0x10_0000, 0x26_2101);
        p.write(RTC + 0x40, 1 << 31 | 1 << 23 | 1 << 15 | 0x02);
        p.write(RTC + 0x44, 15 << 24 | 127);
        p.write(RTC + CR, 1 << 8 | 1 << 12);
        p.runTo(2 * SECOND + SECOND / 2 - 1);
        assertThat(p.raised).isEmpty();
        p.runTo(2 * SECOND + SECOND / 2);
        assertThat(p.raised).containsEntry(2, 1);
        assertThat(p.read(RTC + 8)).isEqualTo(127);
    }

    /** RTC_TS is PC13; GPIOC is an input after reset. */
    @Test
    void anEdgeAtThePinOfTimeStampsTakesOneAndASecondIsAnOverrun() {
        PeripheralFixture f =
                PeripheralFixture.wired(
                        """
                        [device]
                        wall_clock = 2026-02-28T23:59:58Z
                        [[pin]]
                        pin = "PC13"
                        level = "high"
                        at_ms = 500
                        [[pin]]
                        pin = "PC13"
                        level = "low"
                        at_ms = 1000
                        [[pin]]
                        pin = "PC13"
                        level = "high"
                        at_ms = 1500
                        """);
        f.write(0x4202_0800, -1 & ~(3 << 26)); // PC13 is an input
        f.write(RTC + CR, 1 << 11 | 1 << 15); // TSE at rising edges, TSIE
        f.runTo(SECOND);
        assertThat(f.read(RTC + 0x50) & 0x18).as("TSF").isEqualTo(8);
        assertThat(f.level.get(2)).isTrue();
        assertThat(f.read(RTC + 0x30)).isEqualTo(0x23_5958);
        assertThat(f.read(RTC + 0x34)).as("without the year").isEqualTo(6 << 13 | 0x0228);
        assertThat(f.read(RTC + 0x38)).isEqualTo(0x7F);
        f.runTo(2 * SECOND);
        assertThat(f.read(RTC + 0x50) & 0x18).as("TSOVF").isEqualTo(0x18);
        assertThat(f.read(RTC + 0x30)).as("the first stays").isEqualTo(0x23_5958);
        f.write(RTC + SCR, 0x18);
        assertThat(f.level.get(2)).isFalse();
    }
}
