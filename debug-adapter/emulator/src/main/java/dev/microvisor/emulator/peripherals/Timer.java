package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Timed;
import dev.microvisor.emulator.peripherals.TimerCount.Shape;

/**
 * TIM1 to TIM8 and TIM15 to TIM17: up, down and centre-aligned counting, updates with repetition,
 * compare and capture with their interrupts and DMA requests, one-pulse mode, and the slave modes
 * of {@link TimerInputs}. Inputs are driven by the cloud file under the timer's own names ({@code
 * TIM2_CH1}); outputs are not shown. Compare values take effect at once, preloaded or not. The
 * clock of all timers is that of the core. The counter is not stepped: it is computed from the
 * instruction count when somebody looks, and an event is due only when something would interrupt.
 */
final class Timer extends RegisterPeripheral {
    private static final int CR1 = 0x00;
    private static final int CR2 = 0x04;
    private static final int SMCR = 0x08;
    private static final int DIER = TimerEvents.DIER;
    private static final int SR = TimerEvents.SR;
    private static final int EGR = 0x14;
    private static final int CCMR1 = 0x18;
    private static final int CCER = 0x20;
    private static final int CNT = 0x24;
    private static final int PSC = 0x28;
    private static final int ARR = 0x2C;
    private static final int RCR = 0x30;
    private static final int CCR1 = 0x34;
    private static final int BDTR = 0x44;
    private static final int MOE = 1 << 15;

    private static final int CEN = 1;
    private static final int UDIS = 1 << 1;
    private static final int URS = 1 << 2;
    private static final int OPM = 1 << 3;
    private static final int DIR = 1 << 4;
    private static final int CMS = 3 << 5;
    private static final int ARPE = 1 << 7;
    private static final int UIFREMAP = 1 << 11;
    private static final int MMS = 7 << 4 | 1 << 25;
    private static final int MMS_ENABLE = 1 << 4;
    private static final int MMS_UPDATE = 2 << 4;
    private static final int UIF = TimerEvents.UPDATE;
    private static final int UG = 1;
    private static final int TIF = TimerEvents.TRIGGER;
    private static final int CC1OF = 1 << 9;

    private final TimerKind kind;
    private final TimerEvents events;
    private final TimerTriggers triggerOutput;
    private final TimerInputs inputs =
            new TimerInputs(() -> bank().get(SMCR), () -> bank().get(CCER));
    private final TimerChannels channels;
    private TimerCount count;

    /** Levels at the inputs, channel 1 in bit 0. */
    private int levels;

    Timer(
            String name,
            int baseAddress,
            TimerKind kind,
            Runnable requestsChanged,
            TimerTriggers triggerOutput) {
        super(name, baseAddress);
        this.kind = kind;
        this.channels = new TimerChannels(kind, this::bank);
        this.events = new TimerEvents(kind, this::bank, requestsChanged);
        this.triggerOutput = triggerOutput;
        long reload = Integer.toUnsignedLong(kind.maximum());
        keep(new TimerCount(Shape.UP, 0, 0, 0, reload, 0), () -> count, next -> count = next);
        keep(0, () -> levels, next -> levels = next);
        keep(0, events::requests, events::setRequests);
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank =
                new RegisterBank()
                        .register(CR1, "CR1")
                        .field(0, 1, "CEN")
                        .field(1, 1, "UDIS")
                        .field(2, 1, "URS")
                        .field(3, 1, "OPM")
                        .field(4, 1, "DIR")
                        .field(5, 2, "CMS")
                        .field(7, 1, "ARPE")
                        .field(8, 2, "CKD")
                        .reserved(10, 1)
                        .field(11, 1, "UIFREMAP")
                        .unimplemented(12, 1, "DITHEN")
                        .reserved(13, 19)
                        .onWrite((before, written) -> control(before))
                        .plain(CR2, "CR2", "MMS and channel settings")
                        .register(DIER, "DIER")
                        .field(0, 8, "UIE, CC1IE to CC4IE, COMIE, TIE, BIE")
                        .field(8, 5, "UDE, CC1DE to CC4DE")
                        .unimplemented(13, 1, "COMDE")
                        .field(14, 1, "TDE")
                        .reserved(15, 5)
                        .unimplemented(20, 4, "encoder interrupts")
                        .reserved(24, 8)
                        .register(SR, "SR")
                        .clearByZero(0, 32, "UIF, CC1IF to CC4IF, COMIF, TIF, BIF, CC1OF to CC4OF")
                        .register(EGR, "EGR")
                        .writeOnly(0, 32, "UG, CC1G to CC4G, COMG, TG, BG")
                        .onWrite((before, written) -> generate(written))
                        .plain(CNT, "CNT", "CNT")
                        .shows(this::shownCounter)
                        .onWrite((before, written) -> setCounter(written))
                        .register(PSC, "PSC")
                        .field(0, 16, "PSC")
                        .reserved(16, 16)
                        .plain(ARR, "ARR", "ARR")
                        .resetTo(kind.maximum())
                        .onWrite((before, written) -> setAutoReload());
        if (kind.repeats()) {
            bank.register(RCR, "RCR")
                    .field(0, 16, "REP")
                    .reserved(16, 16)
                    .plain(BDTR, "BDTR", "break and dead time");
        }
        // Drivers read these of basic timers, too.
        return kind.channels() == 0
                ? bank.register(SMCR, "SMCR").reserved(0, 32).register(CCER, "CCER").reserved(0, 32)
                : withChannels(bank);
    }

    private RegisterBank withChannels(RegisterBank bank) {
        bank.plain(SMCR, "SMCR", "slave mode")
                .onWrite((before, written) -> checkSlaveMode())
                .plain(CCMR1, "CCMR1", "channels 1 and 2")
                .plain(0x1C, "CCMR2", "channels 3 and 4")
                .plain(CCER, "CCER", "enables and polarities");
        for (int i = 0; i < kind.channels(); i++) {
            int channel = i;
            bank.register(CCR1 + 4 * i, "CCR" + (i + 1))
                    .field(0, 32, "CCR")
                    .afterRead(() -> captureRead(channel));
        }
        return bank.row(0x48, "CCR5", "CCR6", "CCMR3", "DTR2", "ECR", "TISEL", "AF1", "AF2", "OR1")
                .register(0x3DC, "DCR")
                .unimplemented(0, 32, "DCR")
                .register(0x3E0, "DMAR")
                .unimplemented(0, 32, "DMAR");
    }

    TimerEvents events() {
        return events;
    }

    // ---------------------------------------------------------------- counting

    private boolean counting() {
        return bank().isSet(CR1, CEN) && count.autoReload() != 0;
    }

    /** True while time makes the counter count. */
    private boolean running() {
        return counting()
                && (kind.channels() == 0 || (!inputs.areClock() && inputs.letCount(levels)));
    }

    private TimerCount at(long now) {
        return running() ? count.after(count.ticksUntil(now)) : count.movedTo(now);
    }

    private int shownCounter() {
        int value = (int) at(guest().now()).value() & kind.maximum();
        boolean remapped = bank().isSet(CR1, UIFREMAP) && bank().isSet(SR, UIF);
        return remapped ? value | 1 << 31 : value;
    }

    private long instructionAfter(long ticks) {
        return count.at() + ticks * count.instructionsPerTick();
    }

    /** Does all that is due and moves the base to now. */
    @Override
    void beforeAccess() {
        long now = guest().now();
        boolean first = true;
        while (running() && instructionAfter(count.ticksToOverflow()) <= now) {
            if (!first) {
                // Settings have been loaded by now: the cycles are all alike from here on.
                skipCycles(now);
                first = true;
                continue;
            }
            long ticks = count.ticksToOverflow();
            compare(ticks);
            count = count.after(ticks);
            overflow(1);
            first = false;
        }
        if (running()) {
            long ticks = count.ticksUntil(now);
            compare(ticks);
            count = count.after(ticks);
        } else {
            count = count.movedTo(now);
        }
    }

    private void skipCycles(long now) {
        long cycles = count.ticksUntil(now) / count.cycle();
        if (cycles == 0) {
            return;
        }
        long overflows = cycles * (count.cycle() / count.ticksBetweenOverflows());
        compare(count.cycle());
        count = count.after(cycles * count.cycle());
        overflow(overflows);
    }

    /** Sets the flags of the channels whose value comes within so many ticks. */
    private void compare(long ticks) {
        for (int i = 0; i < kind.channels(); i++) {
            if (channels.isOutput(i) && count.ticksToValue(channels.compareValue(i)) <= ticks) {
                events.raise(TimerChannels.flag(i));
            }
        }
    }

    /** Overflows or underflows have happened; as many as repetitions ask for make an update. */
    private void overflow(long times) {
        long left = count.repetitions();
        if (times <= left) {
            count = count.withRepetitions(left - times);
            return;
        }
        long period = repetitions() + 1;
        long more = (times - left - 1) % period;
        load(true);
        count = count.withRepetitions(repetitions() - more);
        if (bank().isSet(CR1, OPM)) {
            bank().clearBits(CR1, CEN);
        }
    }

    private long repetitions() {
        return kind.repeats() ? bank().get(RCR) : 0;
    }

    /** An update: settings take effect, and the flag is set unless that is suppressed. */
    private void load(boolean byCounting) {
        if (bank().isSet(CR1, UDIS)) {
            return;
        }
        long reload = Integer.toUnsignedLong(bank().get(ARR) & kind.maximum());
        long phase = count.shape() == Shape.CENTRE ? count.phase() % Math.max(1, 2 * reload) : 0;
        count =
                new TimerCount(
                        count.shape(), count.at(), phase, bank().get(PSC), reload, repetitions());
        if (byCounting || !bank().isSet(CR1, URS)) {
            events.raise(UIF);
        }
        if (sendsUpdates()) {
            triggerOutput.pulse(name());
        }
    }

    private boolean sendsUpdates() {
        return (bank().get(CR2) & MMS) == MMS_UPDATE;
    }

    /** Counting starts anew, as UG and the slave mode want it. */
    private void restart() {
        long now = guest().now();
        count =
                new TimerCount(
                        count.shape(),
                        now,
                        0,
                        count.prescaler(),
                        count.autoReload(),
                        repetitions());
        load(false);
    }

    private void control(int before) {
        boolean started = (before & CEN) == 0 && bank().isSet(CR1, CEN);
        if (started && (bank().get(CR2) & MMS) == MMS_ENABLE) {
            triggerOutput.pulse(name());
        }
        if (((before ^ bank().get(CR1)) & (DIR | CMS)) != 0) {
            count = count.withShape(shape());
        }
    }

    private Shape shape() {
        if (bank().isSet(CR1, CMS)) {
            return Shape.CENTRE;
        }
        return bank().isSet(CR1, DIR) ? Shape.DOWN : Shape.UP;
    }

    private void setCounter(int value) {
        count = count.withValue(guest().now(), Integer.toUnsignedLong(value & kind.maximum()));
    }

    private void setAutoReload() {
        if (!bank().isSet(CR1, ARPE)) {
            long reload = Integer.toUnsignedLong(bank().get(ARR) & kind.maximum());
            count =
                    count.shape() == Shape.DOWN
                            ? count.withAutoReload(reload).withValue(count.at(), count.value())
                            : count.withAutoReload(reload);
        }
    }

    private void generate(int written) {
        if ((written & UG) != 0) {
            restart();
        }
        for (int i = 0; i < kind.channels(); i++) {
            if ((written & TimerChannels.flag(i)) != 0) {
                if (channels.isOutput(i)) {
                    events.raise(TimerChannels.flag(i));
                } else {
                    capture(i);
                }
            }
        }
        events.raise(written & (TimerEvents.TRIGGERS | TimerEvents.BREAK));
        if (kind.repeats() && (written & TimerEvents.BREAK) != 0) {
            bank().clearBits(BDTR, MOE);
        }
    }

    // ---------------------------------------------------------------- channels

    /** The level at an input of the timer has changed. */
    void edge(int input, boolean rising) {
        beforeAccess();
        for (int i = 0; i < kind.channels(); i++) {
            boolean listens =
                    (channels.selection(i) == 1 && i == input)
                            || (channels.selection(i) == 2 && (i ^ 1) == input);
            boolean enabled = (bank().get(CCER) >>> (4 * i) & 1) != 0;
            if (listens && enabled && inputs.wantsEdge(i, rising)) {
                capture(i);
            }
        }
        levels = rising ? levels | 1 << input : levels & ~(1 << input);
        slave(input, rising);
        changed();
        guest().eventsChanged();
    }

    private void capture(int channel) {
        int flag = TimerChannels.flag(channel);
        if (bank().isSet(SR, flag)) {
            bank().setBits(SR, CC1OF << channel);
        }
        bank().set(CCR1 + 4 * channel, (int) count.value() & kind.maximum());
        events.raise(flag);
    }

    private void captureRead(int channel) {
        if (!channels.isOutput(channel)) {
            bank().clearBits(SR, TimerChannels.flag(channel));
            changed();
        }
    }

    private void checkSlaveMode() {
        if (inputs.mode() == TimerInputs.Mode.NOT_EMULATED) {
            guest().warnOnce(name() + "_SMCR: this slave mode has no effect in the emulator");
        }
    }

    private void slave(int input, boolean rising) {
        if (inputs.mode() == TimerInputs.Mode.ENCODER) {
            if (input < 2 && inputs.counts(input)) {
                boolean otherHigh = (levels >>> (input ^ 1) & 1) != 0;
                boolean up = inputs.isUp(input, rising, otherHigh);
                bank().clearBits(CR1, DIR);
                bank().setBits(CR1, up ? 0 : DIR);
                step(up ? Shape.UP : Shape.DOWN);
            }
        } else if (inputs.isGate(input)) {
            if (inputs.restarts() && !inputs.letCount(levels)) {
                restart();
            }
            events.raise(TIF);
        } else if (inputs.triggers(input, rising)) {
            triggered();
        }
    }

    /** An active edge of the trigger, wherever it comes from. */
    private void triggered() {
        if (inputs.actOnTrigger()) {
            if (inputs.mode() == TimerInputs.Mode.CLOCK) {
                step(shape());
            }
            if (inputs.restarts()) {
                restart();
            }
            bank().setBits(CR1, inputs.start() ? CEN : 0);
            events.raise(TIF);
        }
    }

    /** True when a pulse of another timer's TRGO would do something here. */
    boolean listensTo(String timer) {
        return kind.channels() > 0 && inputs.listensTo(timer);
    }

    /** A pulse of another timer's TRGO. */
    void triggeredBy(String timer) {
        if (listensTo(timer)) {
            beforeAccess();
            triggered();
            changed();
            guest().eventsChanged();
        }
    }

    /** An edge is counted; the prescaler does not divide edges here. */
    private void step(Shape direction) {
        if (!counting()) {
            return;
        }
        if (bank().get(PSC) != 0) {
            guest().warnOnce(name() + "_PSC: the prescaler does not divide edges in the emulator");
        }
        count = count.withShape(direction);
        compare(1);
        boolean overflows = count.ticksToOverflow() == 1;
        count = count.after(1).movedTo(guest().now());
        if (overflows) {
            overflow(1);
        }
    }

    // ---------------------------------------------------------------- interrupts

    @Override
    void changed() {
        events.tell(guest());
    }

    @Override
    public long nextEvent() {
        if (!running()) {
            return Timed.NEVER;
        }
        int missing = events.awaited();
        if (sendsUpdates() && triggerOutput.isHeard(name())) {
            missing |= UIF;
        }
        if ((missing & (UIF | TimerEvents.CHANNELS)) == 0) {
            return Timed.NEVER;
        }
        long ticks = Timed.NEVER;
        boolean pending =
                bank().get(PSC) != count.prescaler()
                        || (bank().get(ARR) & kind.maximum()) != (int) count.autoReload()
                        || bank().isSet(CR1, OPM);
        if (pending) {
            ticks = count.ticksToOverflow();
        } else if ((missing & UIF) != 0 && !bank().isSet(CR1, UDIS)) {
            ticks = count.ticksToOverflow() + count.repetitions() * count.ticksBetweenOverflows();
        }
        for (int i = 0; i < kind.channels(); i++) {
            if ((missing & TimerChannels.flag(i)) != 0 && channels.isOutput(i)) {
                ticks = Math.min(ticks, count.ticksToValue(channels.compareValue(i)));
            }
        }
        return ticks == Timed.NEVER ? Timed.NEVER : instructionAfter(ticks);
    }

    @Override
    public void runEvents(long now) {
        beforeAccess();
        changed();
    }
}
