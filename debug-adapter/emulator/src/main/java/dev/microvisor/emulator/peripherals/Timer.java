package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Timed;

/**
 * TIM2 to TIM8 as up-counting time bases: counter, prescaler, auto-reload, update flag, interrupt
 * and one-pulse mode. Capture, compare, slave modes and DMA are not emulated.
 *
 * <p>The counter is not stepped: it is computed from the instruction count when somebody looks, and
 * an event is due only when an update would interrupt.
 */
final class Timer extends RegisterPeripheral {
    private static final int CR1 = 0x00;
    private static final int DIER = 0x0C;
    private static final int SR = 0x10;
    private static final int EGR = 0x14;
    private static final int CNT = 0x24;
    private static final int PSC = 0x28;
    private static final int ARR = 0x2C;

    private static final int CEN = 1;
    private static final int UDIS = 1 << 1;
    private static final int URS = 1 << 2;
    private static final int OPM = 1 << 3;
    private static final int ARPE = 1 << 7;
    private static final int UIF = 1;
    private static final int UIE = 1;
    private static final int UG = 1;

    private final int irq;
    private final int counterBits;
    private final boolean basic;
    private Count count;

    /**
     * @param irq of the update event
     * @param counterBits 16 or 32
     * @param basic true for TIM6 and TIM7, which have no channels
     */
    Timer(String name, int baseAddress, int irq, int counterBits, boolean basic) {
        super(name, baseAddress);
        this.irq = irq;
        this.counterBits = counterBits;
        this.basic = basic;
        resetExtraState();
    }

    /**
     * Where the counter is and what it counts with now. Prescaler and, when preloaded, auto-reload
     * take effect at an update.
     *
     * @param at instruction number at which the counter had the value
     */
    private record Count(long at, long value, long prescaler, long autoReload) {
        long ticksPerUpdate() {
            return autoReload + 1;
        }

        long instructionsPerTick() {
            return prescaler + 1;
        }
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
                        .unimplemented(4, 1, "DIR")
                        .unimplemented(5, 2, "CMS")
                        .field(7, 1, "ARPE")
                        .field(8, 2, "CKD")
                        .reserved(10, 1)
                        .unimplemented(11, 1, "UIFREMAP")
                        .unimplemented(12, 1, "DITHEN")
                        .reserved(13, 19)
                        .register(0x04, "CR2")
                        .field(0, 32, "MMS and channel settings")
                        .register(DIER, "DIER")
                        .field(0, 1, "UIE")
                        .unimplemented(1, 31, "interrupts and DMA of channels")
                        .register(SR, "SR")
                        .clearByZero(0, 1, "UIF")
                        .clearByZero(1, 31, "flags of channels")
                        .register(EGR, "EGR")
                        .writeOnly(0, 1, "UG")
                        .writeOnly(1, 31, "events of channels")
                        .onWrite((before, written) -> generate(written))
                        .register(CNT, "CNT")
                        .field(0, 32, "CNT")
                        .shows(() -> (int) valueAt(guest().now()))
                        .onWrite((before, written) -> setCounter(written))
                        .register(PSC, "PSC")
                        .field(0, 16, "PSC")
                        .reserved(16, 16)
                        .register(ARR, "ARR")
                        .field(0, 32, "ARR")
                        .resetTo(maximum())
                        .onWrite((before, written) -> setAutoReload());
        return basic ? bank : withChannels(bank);
    }

    private static RegisterBank withChannels(RegisterBank bank) {
        String[] names = {"SMCR", "CCMR1", "CCMR2", "CCER"};
        int[] offsets = {0x08, 0x18, 0x1C, 0x20};
        for (int i = 0; i < names.length; i++) {
            bank.register(offsets[i], names[i]).unimplemented(0, 32, names[i]);
        }
        String[] stored = {"RCR", "CCR1", "CCR2", "CCR3", "CCR4", "BDTR", "CCR5", "CCR6", "CCMR3"};
        for (int i = 0; i < stored.length; i++) {
            bank.register(0x30 + 4 * i, stored[i]).field(0, 32, stored[i]);
        }
        String[] rest = {"DTR2", "ECR", "TISEL", "AF1", "AF2"};
        for (int i = 0; i < rest.length; i++) {
            bank.register(0x54 + 4 * i, rest[i]).field(0, 32, rest[i]);
        }
        return bank.register(0x3DC, "DCR")
                .unimplemented(0, 32, "DCR")
                .register(0x3E0, "DMAR")
                .unimplemented(0, 32, "DMAR");
    }

    private int maximum() {
        return counterBits == 32 ? -1 : 0xFFFF;
    }

    private boolean running() {
        return bank().isSet(CR1, CEN) && count.autoReload() != 0;
    }

    private long ticksUntil(long now) {
        return running() ? (now - count.at()) / count.instructionsPerTick() : 0;
    }

    private long valueAt(long now) {
        return (count.value() + ticksUntil(now)) % count.ticksPerUpdate();
    }

    /** Instruction number of the next update; only meaningful while running. */
    private long nextUpdate() {
        long ticks = Math.max(1, count.ticksPerUpdate() - count.value());
        return count.at() + ticks * count.instructionsPerTick();
    }

    /** Does all updates that are due and moves the base to now. */
    @Override
    void beforeAccess() {
        long now = guest().now();
        if (!running()) {
            count = new Count(now, count.value(), count.prescaler(), count.autoReload());
            return;
        }
        if (nextUpdate() <= now) {
            long at = nextUpdate();
            update(at, true);
            if (running() && nextUpdate() <= now) {
                skipUpdates(now);
            }
        }
        rebase(now);
    }

    /** Further updates with the same prescaler and auto-reload change nothing but the base. */
    private void skipUpdates(long now) {
        long period = count.ticksPerUpdate() * count.instructionsPerTick();
        long periods = (now - count.at()) / period;
        count = new Count(count.at() + periods * period, 0, count.prescaler(), count.autoReload());
    }

    private void rebase(long now) {
        if (!running()) {
            return;
        }
        long ticks = ticksUntil(now);
        count =
                new Count(
                        count.at() + ticks * count.instructionsPerTick(),
                        count.value() + ticks,
                        count.prescaler(),
                        count.autoReload());
    }

    /** The counter starts again with new settings. */
    private void update(long at, boolean overflow) {
        count =
                new Count(
                        at,
                        0,
                        bank().get(PSC),
                        Integer.toUnsignedLong(bank().get(ARR) & maximum()));
        if (!bank().isSet(CR1, UDIS) && (overflow || !bank().isSet(CR1, URS))) {
            bank().setBits(SR, UIF);
        }
        if (overflow && bank().isSet(CR1, OPM)) {
            bank().clearBits(CR1, CEN);
        }
    }

    private void generate(int written) {
        if ((written & UG) != 0) {
            update(guest().now(), false);
        }
    }

    private void setCounter(int value) {
        count =
                new Count(
                        guest().now(),
                        Integer.toUnsignedLong(value & maximum()),
                        count.prescaler(),
                        count.autoReload());
    }

    private void setAutoReload() {
        if (!bank().isSet(CR1, ARPE)) {
            count =
                    new Count(
                            count.at(),
                            count.value(),
                            count.prescaler(),
                            Integer.toUnsignedLong(bank().get(ARR) & maximum()));
        }
    }

    @Override
    void changed() {
        guest().setInterruptLine(irq, requests());
    }

    private boolean requests() {
        return bank().isSet(SR, UIF) && bank().isSet(DIER, UIE);
    }

    @Override
    public long nextEvent() {
        boolean interrupts = bank().isSet(DIER, UIE) && !bank().isSet(SR, UIF);
        return interrupts && running() && !bank().isSet(CR1, UDIS) ? nextUpdate() : Timed.NEVER;
    }

    @Override
    public void runEvents(long now) {
        beforeAccess();
        changed();
    }

    @Override
    Object extraState() {
        return count;
    }

    @Override
    void restoreExtraState(Object state) {
        count = (Count) state;
    }

    @Override
    void resetExtraState() {
        count = new Count(0, 0, 0, Integer.toUnsignedLong(maximum()));
    }
}
