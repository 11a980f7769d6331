package dev.microvisor.emulator.peripherals;

import static dev.microvisor.emulator.peripherals.TimerRegisters.ARR;
import static dev.microvisor.emulator.peripherals.TimerRegisters.BDTR;
import static dev.microvisor.emulator.peripherals.TimerRegisters.CCER;
import static dev.microvisor.emulator.peripherals.TimerRegisters.CCR1;
import static dev.microvisor.emulator.peripherals.TimerRegisters.CR1;
import static dev.microvisor.emulator.peripherals.TimerRegisters.CR2;
import static dev.microvisor.emulator.peripherals.TimerRegisters.PSC;
import static dev.microvisor.emulator.peripherals.TimerRegisters.RCR;
import static dev.microvisor.emulator.peripherals.TimerRegisters.SMCR;
import static dev.microvisor.emulator.peripherals.TimerRegisters.SR;

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
final class Timer extends RegisterPeripheral implements TimerRegisters.Effects {
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
        return TimerRegisters.declare(kind, this);
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

    @Override
    public int shownCounter() {
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
            if (sendsEnable()) {
                triggerOutput.level(name(), false);
            }
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

    /** TRGO is the level of CEN. */
    boolean sendsEnable() {
        return (bank().get(CR2) & MMS) == MMS_ENABLE;
    }

    /** The level of TRGO where it is that of CEN; low where it is pulses. */
    boolean isHigh() {
        return sendsEnable() && bank().isSet(CR1, CEN);
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

    @Override
    public void control(int before) {
        boolean started = (before & CEN) == 0 && bank().isSet(CR1, CEN);
        if (sendsEnable()) {
            if (started) {
                triggerOutput.pulse(name());
            }
            if (((before ^ bank().get(CR1)) & CEN) != 0) {
                triggerOutput.level(name(), isHigh());
            }
        }
        if (started && kind.channels() > 0) {
            inputs.master().filter(inputs::isGatedBy).ifPresent(this::checkGate);
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

    @Override
    public void setCounter(int value) {
        count = count.withValue(guest().now(), Integer.toUnsignedLong(value & kind.maximum()));
    }

    @Override
    public void setAutoReload() {
        if (!bank().isSet(CR1, ARPE)) {
            long reload = Integer.toUnsignedLong(bank().get(ARR) & kind.maximum());
            count =
                    count.shape() == Shape.DOWN
                            ? count.withAutoReload(reload).withValue(count.at(), count.value())
                            : count.withAutoReload(reload);
        }
    }

    @Override
    public void generate(int written) {
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

    @Override
    public void captureRead(int channel) {
        if (!channels.isOutput(channel)) {
            bank().clearBits(SR, TimerChannels.flag(channel));
            changed();
        }
    }

    @Override
    public void slaveModeSet() {
        if (inputs.mode() == TimerInputs.Mode.NOT_EMULATED) {
            guest().warnOnce(name() + "_SMCR: this slave mode has no effect in the emulator");
        }
        inputs.master().ifPresent(master -> setGate(triggerOutput.isHigh(master)));
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

    /** The level of another timer's TRGO has changed. */
    void gatedBy(String timer, boolean high) {
        if (kind.channels() > 0 && inputs.isGatedBy(timer)) {
            beforeAccess();
            setGate(high);
            if (inputs.restarts() && !high) {
                restart();
            }
            events.raise(TIF);
            changed();
            guest().eventsChanged();
        }
    }

    private void checkGate(String master) {
        if (!triggerOutput.isLevel(master)) {
            guest().warnOnce(
                            name()
                                    + " counts while TRGO of "
                                    + master
                                    + " is high, which is emulated where MMS selects the enable bit"
                                    + " of that timer; it does not count now");
        }
    }

    private void setGate(boolean high) {
        int bit = 1 << TimerInputs.TRGO;
        levels = high ? levels | bit : levels & ~bit;
    }

    /** A pulse of another timer's TRGO. */
    void triggeredBy(String timer) {
        if (listensTo(timer) && inputs.actOnTrigger()) {
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
        boolean ends = sendsEnable() && bank().isSet(CR1, OPM);
        if ((sendsUpdates() || ends) && triggerOutput.isHeard(name())) {
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
