package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Timed;

/**
 * LPTIM1 to LPTIM4: continuous and single counting from 0 to ARR by the clock that RCC selects for
 * them, compare values of two channels, repetition, and their interrupts. External triggers and
 * clocks, encoders, captures and DMA are not emulated; outputs are not shown.
 *
 * <p>The counter is computed from the instruction count when somebody looks.
 */
final class LowPowerTimer extends RegisterPeripheral {
    private static final int ISR = 0x00;
    private static final int DIER = 0x08;
    private static final int CFGR = 0x0C;
    private static final int CR = 0x10;
    private static final int CCR1 = 0x14;
    private static final int ARR = 0x18;
    private static final int RCR = 0x28;
    private static final int CCMR1 = 0x2C;
    private static final int CCR2 = 0x34;

    private static final int CC1IF = 1;
    private static final int ARRM = 1 << 1;
    private static final int CMP1OK = 1 << 3;
    private static final int ARROK = 1 << 4;
    private static final int UE = 1 << 7;
    private static final int REPOK = 1 << 8;
    private static final int CC2IF = 1 << 9;
    private static final int CMP2OK = 1 << 19;
    private static final int DIEROK = 1 << 24;

    /** Flags that have the places of their enables. */
    private static final int INTERRUPTS =
            CC1IF | ARRM | CMP1OK | ARROK | UE | REPOK | CC2IF | CMP2OK;

    private static final int ENABLE = 1;
    private static final int SNGSTRT = 1 << 1;
    private static final int CNTSTRT = 1 << 2;
    private static final int COUNTRST = 1 << 3;
    private static final int RSTARE = 1 << 4;
    private static final int COUNTER = 0xFFFF;

    /** CKSEL, TRIGEN, COUNTMODE and ENC: whatever is not counted by the inner clock at once. */
    private static final int OUTSIDE = 1 | 3 << 17 | 3 << 23;

    /** CC1SEL and CC2SEL: captures. */
    private static final int CAPTURES = 1 | 1 << 16;

    private final int irq;
    private final KernelClock clock;
    private final DmaBus dma;
    private Count count;

    LowPowerTimer(String name, int baseAddress, int irq, KernelClock clock, DmaBus dma) {
        super(name, baseAddress);
        this.irq = irq;
        this.clock = clock;
        this.dma = dma;
        keep(Count.STOPPED, () -> count, next -> count = next);
    }

    /**
     * Where the counter is.
     *
     * @param origin instruction at which it was 0 for the first time
     * @param seen ticks since then whose events have happened
     * @param single true when it stops at ARR
     * @param repetitions rounds that still pass before an update
     */
    private record Count(boolean runs, long origin, long seen, boolean single, int repetitions) {
        static final Count STOPPED = new Count(false, 0, 0, false, 0);

        Count at(long ticks, int left) {
            return new Count(runs, origin, ticks, single, left);
        }
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .register(ISR, "ISR")
                .readOnly(0, 32, "flags")
                .register(0x04, "ICR")
                .writeOnly(0, 32, "flags to clear")
                .onWrite((before, written) -> bank().clearBits(ISR, written))
                .register(DIER, "DIER")
                .field(0, 10, "CC1IE, ARRMIE, EXTTRIGIE, CMP1OKIE, ARROKIE, UEIE, REPOKIE, CC2IE")
                .reserved(10, 2)
                .field(12, 2, "CC1OIE, CC2OIE")
                .reserved(14, 2)
                .unimplemented(16, 1, "CC1DE")
                .reserved(17, 2)
                .field(19, 1, "CMP2OKIE")
                .reserved(20, 3)
                .unimplemented(23, 1, "UEDE")
                .reserved(24, 1)
                .unimplemented(25, 1, "CC2DE")
                .reserved(26, 6)
                .onWrite((before, written) -> bank().setBits(ISR, DIEROK))
                .plain(CFGR, "CFGR", "clock, prescaler and trigger")
                .register(CR, "CR")
                .field(0, 1, "ENABLE")
                .writeOnly(1, 3, "SNGSTRT, CNTSTRT, COUNTRST")
                .field(4, 1, "RSTARE")
                .reserved(5, 27)
                .onWrite((before, written) -> control(written))
                .plain(CCR1, "CCR1", "CCR1")
                .onWrite((before, written) -> bank().setBits(ISR, CMP1OK))
                .plain(ARR, "ARR", "ARR")
                .resetTo(1)
                .onWrite((before, written) -> setAutoReload(before))
                .register(0x1C, "CNT")
                .readOnly(0, 16, "CNT")
                .reserved(16, 16)
                .shows(stored -> (int) (ticks(guest().now()) % period()))
                .afterRead(this::counterRead)
                .plain(0x20, "OR", "option")
                .plain(0x24, "CFGR2", "inputs")
                .plain(RCR, "RCR", "REP")
                .onWrite((before, written) -> bank().setBits(ISR, REPOK))
                .plain(CCMR1, "CCMR1", "channels")
                .plain(CCR2, "CCR2", "CCR2")
                .onWrite((before, written) -> bank().setBits(ISR, CMP2OK));
    }

    // ---------------------------------------------------------------- counting

    private void control(int written) {
        if ((written & ENABLE) == 0) {
            count = Count.STOPPED;
            return;
        }
        if ((written & COUNTRST) != 0) {
            restart(count.runs(), count.single());
        }
        if ((written & (SNGSTRT | CNTSTRT)) != 0) {
            if ((bank().get(CFGR) & OUTSIDE) != 0 || (bank().get(CCMR1) & CAPTURES) != 0) {
                guest().warnOnce(
                                name()
                                        + ": external clocks and triggers, encoders and captures"
                                        + " are not emulated; it counts by its inner clock");
            }
            boolean single = (written & SNGSTRT) != 0;
            if (!count.runs() || count.single() != single) {
                restart(true, single);
            }
        }
    }

    private void restart(boolean runs, boolean single) {
        int repetitions = bank().get(RCR) & 0xFF;
        count = new Count(runs, guest().now(), 0, single, repetitions);
    }

    /** The value of the counter stays where it can. */
    private void setAutoReload(int before) {
        if (count.runs() && before != bank().get(ARR)) {
            long value = ticks(guest().now()) % ((before & COUNTER) + 1L) % period();
            long origin = guest().now() - instructions(value);
            count = new Count(true, origin, value, count.single(), count.repetitions());
        }
        bank().setBits(ISR, ARROK);
    }

    private void counterRead() {
        if (bank().isSet(CR, RSTARE)) {
            restart(count.runs(), count.single());
            guest().eventsChanged();
        }
    }

    private long period() {
        return (bank().get(ARR) & COUNTER) + 1L;
    }

    private int prescaler() {
        return bank().get(CFGR) >>> 9 & 7;
    }

    /** Ticks since the counter was 0 for the first time. */
    private long ticks(long now) {
        if (!count.runs()) {
            return 0;
        }
        return (now - count.origin())
                * clock.hz(guest())
                / ((long) guest().clockHz() << prescaler());
    }

    /** Instructions until so many ticks have passed. */
    private long instructions(long ticks) {
        long numerator = ticks * ((long) guest().clockHz() << prescaler());
        int hz = clock.hz(guest());
        return (numerator + hz - 1) / hz;
    }

    /** The first tick after those seen at which the counter has a value. */
    private long next(long value) {
        long period = period();
        return count.seen() + 1 + Math.floorMod(value - count.seen() - 1, period);
    }

    // ---------------------------------------------------------------- events

    private long nextTick() {
        long next = next(period() - 1);
        for (int register : new int[] {CCR1, CCR2}) {
            long value = bank().get(register) & COUNTER;
            if (value < period()) {
                next = Math.min(next, next(value));
            }
        }
        return next;
    }

    @Override
    public long nextEvent() {
        return count.runs() ? count.origin() + instructions(nextTick()) : Timed.NEVER;
    }

    @Override
    public void runEvents(long now) {
        while (count.runs() && nextEvent() <= now) {
            pass(nextTick());
        }
        changed();
    }

    /** Outputs go up at the compare value and down at the end of a round. */
    private void outputChanged(int channel, boolean high) {
        dma.triggered(DmaTrigger.ofLowPowerTimer(name(), channel), high);
    }

    private void pass(long tick) {
        long value = tick % period();
        if (value == (bank().get(CCR1) & COUNTER)) {
            bank().setBits(ISR, CC1IF);
            outputChanged(0, true);
        }
        if (value == (bank().get(CCR2) & COUNTER)) {
            bank().setBits(ISR, CC2IF);
            outputChanged(1, true);
        }
        int left = count.repetitions();
        if (value == period() - 1) {
            bank().setBits(ISR, ARRM);
            outputChanged(0, false);
            outputChanged(1, false);
            if (left == 0) {
                bank().setBits(ISR, UE);
            }
            left = left == 0 ? bank().get(RCR) & 0xFF : left - 1;
            if (count.single()) {
                count = Count.STOPPED;
                return;
            }
        }
        count = count.at(tick, left);
    }

    @Override
    void changed() {
        int wanted = bank().get(ISR) & bank().get(DIER) & INTERRUPTS;
        guest().setInterruptLine(irq, wanted != 0);
    }
}
