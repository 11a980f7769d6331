package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Guest;
import java.util.function.Supplier;

/** What becomes of a timer's events: flags in SR, interrupts, and DMA requests. */
final class TimerEvents {
    static final int DIER = TimerRegisters.DIER;
    static final int SR = TimerRegisters.SR;

    static final int UPDATE = 1;
    static final int CHANNELS = 0x1E;
    static final int TRIGGER = 1 << 6;
    static final int BREAK = 1 << 7;

    /** Commutation and trigger share an interrupt. */
    static final int TRIGGERS = TRIGGER | 1 << 5;

    /** From the flag of an event in SR to the enable of its DMA request in DIER. */
    private static final int TO_DMA = 8;

    private static final int REQUESTS = UPDATE | CHANNELS | TRIGGER;

    private final TimerKind kind;
    private final Supplier<RegisterBank> bank;
    private final Runnable requestsChanged;

    /** Events, as in SR, for which a DMA controller has not moved anything yet. */
    private int requests;

    TimerEvents(TimerKind kind, Supplier<RegisterBank> bank, Runnable requestsChanged) {
        this.kind = kind;
        this.bank = bank;
        this.requestsChanged = requestsChanged;
    }

    /** Events have happened: their flags, and their DMA requests where those are enabled. */
    void raise(int flags) {
        bank.get().setBits(SR, flags);
        requests |= flags & bank.get().get(DIER) >>> TO_DMA & REQUESTS;
    }

    /** True while an event, given by its flag in SR, asks for a datum to be moved. */
    boolean wantsDma(int event) {
        return (requests & event) != 0;
    }

    void dmaServed(int event) {
        requests &= ~event;
    }

    /** Events that would interrupt or request, and have not happened yet. */
    int awaited() {
        int enabled = bank.get().get(DIER);
        return (enabled & ~bank.get().get(SR)) | (enabled >>> TO_DMA & ~requests);
    }

    /** Tells interrupt and request lines what is pending now. */
    void tell(Guest guest) {
        requests &= bank.get().get(DIER) >>> TO_DMA;
        if (requests != 0) {
            requestsChanged.run();
        }
        TimerKind.Irqs irqs = kind.irqs();
        int wanted = bank.get().get(SR) & bank.get().get(DIER);
        if (irqs.update() == irqs.brk()) {
            guest.setInterruptLine(irqs.update(), (wanted & 0xFF) != 0);
            return;
        }
        guest.setInterruptLine(irqs.update(), (wanted & UPDATE) != 0);
        guest.setInterruptLine(irqs.captureCompare(), (wanted & CHANNELS) != 0);
        guest.setInterruptLine(irqs.trigger(), (wanted & TRIGGERS) != 0);
        guest.setInterruptLine(irqs.brk(), (wanted & BREAK) != 0);
    }

    /** DMA requests that are pending, as part of the timer's state. */
    int requests() {
        return requests;
    }

    void setRequests(int value) {
        requests = value;
    }
}
