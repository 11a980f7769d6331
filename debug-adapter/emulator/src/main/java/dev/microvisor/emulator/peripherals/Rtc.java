package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Timed;
import java.time.Instant;
import java.util.function.IntConsumer;

/**
 * The RTC: a calendar that starts at the wall time of the cloud file and goes as virtual time does,
 * two alarms and the wake-up timer. It counts seconds whatever its prescalers say. Time stamps of
 * its pin are taken; binary mode and calibration are not emulated. A reset of the application does
 * not touch it.
 */
final class Rtc extends RegisterPeripheral {
    private static final int TR = 0x00;
    private static final int DR = 0x04;
    private static final int ICSR = 0x0C;
    private static final int PRER = 0x10;
    private static final int WUTR = 0x14;
    private static final int CR = 0x18;
    private static final int ALRMAR = 0x40;
    private static final int ALRMBR = 0x48;
    private static final int SR = 0x50;
    private static final int IRQ = 2;

    private static final int WUTWF = 1 << 2;
    private static final int INITS = 1 << 4;
    private static final int RSF = 1 << 5;
    private static final int INITF = 1 << 6;
    private static final int INIT = 1 << 7;
    private static final int FMT = 1 << 6;
    private static final int ALRAE = 1 << 8;
    private static final int ALRBE = 1 << 9;
    private static final int WUTE = 1 << 10;
    private static final int TSEDGE = 1 << 3;
    private static final int TSE = 1 << 11;
    private static final int TSTR = 0x30;
    private static final int TSDR = 0x34;
    private static final int TSSSR = 0x38;

    /** A time stamp has no year. */
    private static final int TSDR_BITS = 0xFFFF;

    private static final int ALRAF = 1;
    private static final int ALRBF = 1 << 1;
    private static final int WUTF = 1 << 2;

    /** Enables of the interrupts are this much further left in CR than their flags in SR. */
    private static final int ENABLE_SHIFT = 12;

    private static final int FLAGS = 0xF;
    private static final int TSF = 1 << 3;

    /** A time stamp came while the one before was not read; interrupts with that one. */
    private static final int TSOVF = 1 << 4;

    /** From ALRMAR to ALRMASSR, and from ALRMBR to ALRMBSSR. */
    private static final int ALARM_SUB_SECONDS = 4;

    private static final int SUB_SECOND_BITS = 15;
    private static final int LSE_HZ = 32_768;
    private static final int HOUR = 3600;

    private final IntConsumer triggers;
    private State state;

    /**
     * @param triggers told of alarms and wake-ups, as DMA channels select them
     */
    Rtc(int baseAddress, Instant wallClock, IntConsumer triggers) {
        super("RTC", baseAddress);
        this.triggers = triggers;
        keep(() -> state, next -> state = next, before -> before);
        state = new State(0, wallClock.getEpochSecond(), 0, Timed.NEVER, Timed.NEVER, Timed.NEVER);
    }

    /**
     * What is not in registers.
     *
     * @param at instruction at which the second of the calendar began
     * @param second of the calendar, since 1970
     * @param weekdayShift see {@link RtcCalendar#date}
     * @param alarmA instruction at which the alarm comes
     * @param wakeUp instruction at which the wake-up timer ends
     */
    private record State(
            long at, long second, int weekdayShift, long alarmA, long alarmB, long wakeUp) {}

    @Override
    RegisterBank declare() {
        RegisterBank bank =
                new RegisterBank()
                        .plain(TR, "TR", "time")
                        .shows(stored -> initialising() ? stored : time())
                        .plain(DR, "DR", "date")
                        .resetTo(0x2101)
                        .shows(stored -> initialising() ? stored : date())
                        .register(0x08, "SSR")
                        .readOnly(0, 32, "SS")
                        .shows(this::subSecond)
                        .register(ICSR, "ICSR")
                        .readOnly(0, 7, "WUTWF, SHPF, INITS, RSF, INITF")
                        .field(7, 1, "INIT")
                        .unimplemented(8, 5, "BIN, BCDU")
                        .reserved(13, 19)
                        .shows(this::status)
                        .onWrite(this::initialise)
                        .plain(PRER, "PRER", "prescalers")
                        .resetTo(0x007F_00FF)
                        .plain(WUTR, "WUTR", "WUT")
                        .resetTo(0xFFFF)
                        .register(CR, "CR")
                        .field(0, 16, "settings and enables")
                        .writeOnly(16, 2, "ADD1H, SUB1H")
                        .field(18, 6, "outputs")
                        .unimplemented(24, 2, "ITSE, TAMPTS (time stamps of other events)")
                        .field(26, 6, "outputs and tamper settings")
                        .onWrite(this::control)
                        .register(0x24, "WPR")
                        .writeOnly(0, 32, "KEY")
                        .plain(ALRMAR, "ALRMAR", "alarm A")
                        .onWrite((before, written) -> scheduleAlarms())
                        .plain(ALRMBR, "ALRMBR", "alarm B")
                        .onWrite((before, written) -> scheduleAlarms())
                        .register(SR, "SR")
                        .readOnly(0, 32, "flags")
                        .register(0x54, "MISR")
                        .readOnly(0, 32, "masked flags")
                        .shows(this::masked)
                        .register(0x5C, "SCR")
                        .writeOnly(0, 32, "flags to clear")
                        .onWrite((before, written) -> bank().clearBits(SR, written));
        bank.plain(ALRMAR + ALARM_SUB_SECONDS, "ALRMASSR", "sub-seconds of alarm A")
                .onWrite((before, written) -> scheduleAlarms())
                .plain(ALRMBR + ALARM_SUB_SECONDS, "ALRMBSSR", "sub-seconds of alarm B")
                .onWrite((before, written) -> scheduleAlarms());
        bank.register(TSTR, "TSTR")
                .readOnly(0, 32, "time of a stamp")
                .register(TSDR, "TSDR")
                .readOnly(0, 32, "date of a stamp")
                .register(TSSSR, "TSSSR")
                .readOnly(0, 32, "sub-second of a stamp")
                .row(0x1C, "PRIVCFGR", "SECCFGR")
                .row(0x28, "CALR", "SHIFTR")
                .row(0x58, "SMISR")
                .row(0x70, "ALRABINR", "ALRBBINR");
        return bank.lasting();
    }

    // ---------------------------------------------------------------- calendar

    private boolean initialising() {
        return bank().isSet(ICSR, INIT);
    }

    private boolean halfDays() {
        return bank().isSet(CR, FMT);
    }

    private long second() {
        return state.second() + (guest().now() - state.at()) / guest().clockHz();
    }

    private int time() {
        return RtcCalendar.time(second(), halfDays());
    }

    private int date() {
        return RtcCalendar.date(second(), state.weekdayShift());
    }

    /** Counts down from PREDIV_S within each second. */
    private int subSecond() {
        long last = bank().get(PRER) & 0x7FFF;
        long within = (guest().now() - state.at()) % guest().clockHz();
        return (int) (last - within * (last + 1) / guest().clockHz());
    }

    private int status(int stored) {
        int flags = stored | INITS | RSF;
        flags |= initialising() ? INITF : 0;
        return bank().isSet(CR, WUTE) ? flags : flags | WUTWF;
    }

    private void initialise(int before, int written) {
        boolean was = (before & INIT) != 0;
        if (!was && initialising()) {
            bank().set(TR, time());
            bank().set(DR, date());
        } else if (was && !initialising()) {
            setCalendar();
        }
    }

    private void setCalendar() {
        int date = bank().get(DR);
        long second = RtcCalendar.second(bank().get(TR), date, halfDays());
        int shift = (date >>> 13 & 7) - RtcCalendar.weekday(second, 0);
        state =
                new State(
                        guest().now(),
                        second,
                        Math.floorMod(shift, 7),
                        state.alarmA(),
                        state.alarmB(),
                        state.wakeUp());
        scheduleAlarms();
    }

    private void control(int before, int written) {
        int hours = (written >>> 16 & 1) - (written >>> 17 & 1);
        if (hours != 0) {
            state =
                    new State(
                            state.at(),
                            state.second() + (long) hours * HOUR,
                            state.weekdayShift(),
                            state.alarmA(),
                            state.alarmB(),
                            state.wakeUp());
        }
        if (((before ^ bank().get(CR)) & WUTE) != 0) {
            scheduleWakeUp(bank().isSet(CR, WUTE) ? guest().now() + wakeUpTime() : Timed.NEVER);
        }
        scheduleAlarms();
    }

    // ---------------------------------------------------------------- alarms

    private long instructionOf(long second) {
        return second < 0
                ? Timed.NEVER
                : state.at() + (second - state.second()) * guest().clockHz();
    }

    private long alarm(int enable, int register) {
        if (!bank().isSet(CR, enable)) {
            return Timed.NEVER;
        }
        RtcAlarm alarm = new RtcAlarm(bank().get(register), halfDays(), state.weekdayShift());
        int subSeconds = bank().get(register + ALARM_SUB_SECONDS);
        int compared = Math.min(SUB_SECOND_BITS, subSeconds >>> 24 & 0x3F);
        if (compared == 0) {
            return instructionOf(alarm.after(second()));
        }
        int mask = (1 << compared) - 1;
        if (alarm.after(second() - 1) == second()) {
            long due = inSecond(second(), subSeconds & mask, mask);
            if (due != Timed.NEVER) {
                return due;
            }
        }
        long next = alarm.after(second());
        return next < 0 ? Timed.NEVER : inSecond(next, subSeconds & mask, mask);
    }

    /**
     * The next instruction of a second at which SSR, which counts down, matches.
     *
     * @param mask the bits that are compared
     */
    private long inSecond(long second, int wanted, int mask) {
        int last = bank().get(PRER) & 0x7FFF;
        long begin = instructionOf(second);
        int first = last - Math.floorMod(last - wanted, mask + 1);
        for (int value = first; value >= 0; value -= mask + 1) {
            long steps = (long) last - value;
            long due = begin + (steps * guest().clockHz() + last) / (last + 1);
            if (due > guest().now()) {
                return due;
            }
        }
        return Timed.NEVER;
    }

    private void scheduleAlarms() {
        state =
                new State(
                        state.at(),
                        state.second(),
                        state.weekdayShift(),
                        alarm(ALRAE, ALRMAR),
                        alarm(ALRBE, ALRMBR),
                        state.wakeUp());
    }

    /** Instructions from one end of the wake-up timer to the next. */
    private long wakeUpTime() {
        int clock = bank().get(CR) & 7;
        long ticks = (bank().get(WUTR) & 0xFFFF) + 1L;
        if (clock < 4) {
            return Math.max(1, ticks * (16 >>> clock) * guest().clockHz() / LSE_HZ);
        }
        return (ticks + (clock >= 6 ? 1 << 16 : 0)) * guest().clockHz();
    }

    private void scheduleWakeUp(long due) {
        state =
                new State(
                        state.at(),
                        state.second(),
                        state.weekdayShift(),
                        state.alarmA(),
                        state.alarmB(),
                        due);
    }

    private int masked() {
        int enabled = bank().get(CR) >>> ENABLE_SHIFT & FLAGS;
        return bank().get(SR) & (enabled | ((enabled & TSF) != 0 ? TSOVF : 0));
    }

    // ---------------------------------------------------------------- time stamps

    /** The level at RTC_TS, which is PC13, has changed. */
    void stampPin(boolean rising) {
        if (!bank().isSet(CR, TSE) || bank().isSet(CR, TSEDGE) == rising) {
            return;
        }
        if (bank().isSet(SR, TSF)) {
            bank().setBits(SR, TSOVF);
        } else {
            bank().set(TSTR, time());
            bank().set(TSDR, date() & TSDR_BITS);
            bank().set(TSSSR, subSecond());
            bank().setBits(SR, TSF);
        }
        changed();
    }

    @Override
    void changed() {
        guest().setInterruptLine(IRQ, masked() != 0);
    }

    @Override
    public long nextEvent() {
        return Math.min(state.wakeUp(), Math.min(state.alarmA(), state.alarmB()));
    }

    @Override
    public void runEvents(long now) {
        int flags = state.alarmA() <= now ? ALRAF : 0;
        flags |= state.alarmB() <= now ? ALRBF : 0;
        if (state.wakeUp() <= now) {
            flags |= WUTF;
            scheduleWakeUp(state.wakeUp() + wakeUpTime());
        }
        bank().setBits(SR, flags);
        scheduleAlarms();
        changed();
        for (int i = 0; i < 3; i++) {
            if ((flags >>> i & 1) != 0) {
                triggers.accept(DmaTrigger.RTC_ALARM_A + i);
            }
        }
    }
}
