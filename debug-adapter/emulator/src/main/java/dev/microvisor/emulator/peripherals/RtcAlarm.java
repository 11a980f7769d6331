package dev.microvisor.emulator.peripherals;

/** When an alarm of the RTC comes, as ALRMAR or ALRMBR sets it. */
record RtcAlarm(int setting, boolean halfDays, int weekdayShift) {
    private static final int IGNORE_SECONDS = 1 << 7;
    private static final int IGNORE_MINUTES = 1 << 15;
    private static final int IGNORE_HOURS = 1 << 23;
    private static final int BY_WEEKDAY = 1 << 30;
    private static final int IGNORE_DAY = 1 << 31;
    private static final int SECONDS_IN_DAY = 86_400;

    /** Days that are searched: an alarm on the 31st comes within two months. */
    private static final int MAX_DAYS = 70;

    /**
     * The first matching second after a time.
     *
     * @return negative when none comes
     */
    long after(long second) {
        long midnight = Math.floorDiv(second, (long) SECONDS_IN_DAY) * SECONDS_IN_DAY;
        int from = (int) (second - midnight) + 1;
        for (int day = 0; day < MAX_DAYS; day++) {
            if (isOnDay(midnight)) {
                int found = inDay(from);
                if (found >= 0) {
                    return midnight + found;
                }
            }
            midnight += SECONDS_IN_DAY;
            from = 0;
        }
        return -1;
    }

    private boolean isOnDay(long second) {
        if ((setting & IGNORE_DAY) != 0) {
            return true;
        }
        int wanted = RtcCalendar.alarmDay(setting);
        return (setting & BY_WEEKDAY) != 0
                ? RtcCalendar.weekday(second, weekdayShift) == (wanted & 0xF)
                : RtcCalendar.dayOfMonth(second) == wanted;
    }

    private int inDay(int from) {
        int wanted = RtcCalendar.secondOfDay(setting, halfDays);
        int second = from;
        while (second < SECONDS_IN_DAY) {
            if ((setting & IGNORE_HOURS) == 0 && second / 3600 != wanted / 3600) {
                second = (second / 3600 + 1) * 3600;
            } else if ((setting & IGNORE_MINUTES) == 0 && second / 60 % 60 != wanted / 60 % 60) {
                second = (second / 60 + 1) * 60;
            } else if ((setting & IGNORE_SECONDS) == 0 && second % 60 != wanted % 60) {
                second++;
            } else {
                return second;
            }
        }
        return -1;
    }
}
