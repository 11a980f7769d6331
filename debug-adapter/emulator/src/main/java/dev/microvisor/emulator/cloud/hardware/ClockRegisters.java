package dev.microvisor.emulator.cloud.hardware;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Registers of a real-time clock, in BCD: what a DS1307, DS3231 or PCF8523 has. Years are those
 * from 2000 on.
 *
 * @param places of second, minute, hour, day of the week, day, month and year
 * @param sunday the number of that day: 7 counts from Monday as 1, 0 from Sunday as 0
 */
public record ClockRegisters(List<Integer> places, int sunday) {
    /** How many there are. */
    public static final int COUNT = 7;

    private static final int CENTURY = 2000;

    /** In the register of the hour: 12 hours and a bit for the second half of the day. */
    private static final int HALF_DAYS = 1 << 6;

    private static final int AFTERNOON = 1 << 5;

    public ClockRegisters {
        places = List.copyOf(places);
        if (places.size() != COUNT) {
            throw new IllegalArgumentException("a clock has " + COUNT + " registers: " + places);
        }
    }

    /**
     * What the registers hold at a time.
     *
     * @param registers that are there now, which say whether days have 12 or 24 hours
     */
    public Map<Integer, Integer> at(long epochSecond, Map<Integer, Integer> registers) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
        boolean half = (registers.getOrDefault(places.get(2), 0) & HALF_DAYS) != 0;
        int hour = time.getHour();
        int shownHour =
                half
                        ? HALF_DAYS | (hour >= 12 ? AFTERNOON : 0) | bcd((hour + 11) % 12 + 1)
                        : bcd(hour);
        int weekday = time.getDayOfWeek().getValue();
        int[] values = {
            bcd(time.getSecond()),
            bcd(time.getMinute()),
            shownHour,
            weekday == 7 ? sunday : weekday,
            bcd(time.getDayOfMonth()),
            bcd(time.getMonthValue()),
            bcd(time.getYear() % 100)
        };
        Map<Integer, Integer> all = new HashMap<>();
        for (int i = 0; i < COUNT; i++) {
            all.put(places.get(i), values[i]);
        }
        return all;
    }

    /** The time that registers say; the one given when they say none. */
    public long epochSecond(Map<Integer, Integer> registers, long otherwise) {
        int hour = registers.getOrDefault(places.get(2), 0);
        boolean half = (hour & HALF_DAYS) != 0;
        int hours =
                half
                        ? number(hour & 0x1F) % 12 + ((hour & AFTERNOON) != 0 ? 12 : 0)
                        : number(hour & 0x3F);
        try {
            return LocalDateTime.of(
                            CENTURY + number(registers.getOrDefault(places.get(6), 0)),
                            number(registers.getOrDefault(places.get(5), 0) & 0x1F),
                            number(registers.getOrDefault(places.get(4), 0) & 0x3F),
                            hours,
                            number(registers.getOrDefault(places.get(1), 0) & 0x7F),
                            number(registers.getOrDefault(places.get(0), 0) & 0x7F))
                    .toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            // Firmware may write the registers one at a time.
            return otherwise;
        }
    }

    private static int bcd(int number) {
        return (number / 10) << 4 | number % 10;
    }

    private static int number(int bcd) {
        return (bcd >>> 4) * 10 + (bcd & 0xF);
    }
}
