package dev.microvisor.emulator.peripherals;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Dates and times as the RTC's registers hold them: binary-coded decimals, years 2000 to 2099. */
final class RtcCalendar {
    private static final int PM = 1 << 22;
    private static final int HOURS_IN_HALF_DAY = 12;

    private RtcCalendar() {}

    private static int bcd(int value) {
        return ((value / 10) << 4) | (value % 10);
    }

    private static int fromBcd(int value) {
        return (value >>> 4) * 10 + (value & 0xF);
    }

    /** TR of a time, counted in seconds since 1970. */
    static int time(long second, boolean halfDays) {
        LocalDateTime time = at(second);
        int hour = time.getHour();
        int afternoon = 0;
        if (halfDays) {
            afternoon = hour >= HOURS_IN_HALF_DAY ? PM : 0;
            hour = hour % HOURS_IN_HALF_DAY == 0 ? HOURS_IN_HALF_DAY : hour % HOURS_IN_HALF_DAY;
        }
        return afternoon | bcd(hour) << 16 | bcd(time.getMinute()) << 8 | bcd(time.getSecond());
    }

    /**
     * DR of a time.
     *
     * @param weekdayShift days by which the firmware's weekdays differ from the calendar's
     */
    static int date(long second, int weekdayShift) {
        LocalDateTime time = at(second);
        return bcd(time.getYear() % 100) << 16
                | weekday(second, weekdayShift) << 13
                | bcd(time.getMonthValue()) << 8
                | bcd(time.getDayOfMonth());
    }

    /** 1 for Monday. */
    static int weekday(long second, int weekdayShift) {
        return Math.floorMod(at(second).getDayOfWeek().getValue() - 1 + weekdayShift, 7) + 1;
    }

    static int dayOfMonth(long second) {
        return at(second).getDayOfMonth();
    }

    /** The time that registers hold; values that no calendar has are taken to the nearest one. */
    static long second(int time, int date, boolean halfDays) {
        int month = Math.min(12, Math.max(1, fromBcd(date >>> 8 & 0x1F)));
        int day = Math.max(1, fromBcd(date & 0x3F));
        return LocalDateTime.of(2000 + fromBcd(date >>> 16 & 0xFF) % 100, month, 1, 0, 0)
                        .plusDays(day - 1L)
                        .toEpochSecond(ZoneOffset.UTC)
                + secondOfDay(time, halfDays);
    }

    static int secondOfDay(int time, boolean halfDays) {
        return (hour(time, halfDays) * 60 + fromBcd(time >>> 8 & 0x7F)) * 60 + fromBcd(time & 0x7F);
    }

    private static int hour(int time, boolean halfDays) {
        int hour = fromBcd(time >>> 16 & 0x3F);
        if (!halfDays) {
            return hour;
        }
        return hour % HOURS_IN_HALF_DAY + ((time & PM) != 0 ? HOURS_IN_HALF_DAY : 0);
    }

    /** Day of the month, or of the week, that an alarm names. */
    static int alarmDay(int alarm) {
        return fromBcd(alarm >>> 24 & 0x3F);
    }

    private static LocalDateTime at(long second) {
        return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    }
}
