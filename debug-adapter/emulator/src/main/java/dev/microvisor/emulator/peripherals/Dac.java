package dev.microvisor.emulator.peripherals;

import java.util.Map;

/**
 * DAC1: two channels that put out what is written to them, at once or when software or a timer's
 * TRGO triggers, with DMA. Wave generation and sample-and-hold have no effect; the output voltage
 * leads nowhere.
 */
final class Dac extends RegisterPeripheral {
    static final int CHANNELS = 2;

    private static final int CR = 0x00;
    private static final int SWTRIGR = 0x04;
    private static final int DOR1 = 0x2C;
    private static final int SR = 0x34;

    private static final int EN = 1;
    private static final int TEN = 1 << 1;
    private static final int DMAEN = 1 << 12;

    /** Settings of channel 2 are this much further left than those of channel 1. */
    private static final int SECOND = 16;

    private static final int READY = 1 << 11;
    private static final int DATA = 0xFFF;

    /** Timers whose TRGO TSEL selects; 0 is software. */
    private static final Map<Integer, String> TRIGGERS =
            Map.of(
                    1, "TIM1", 2, "TIM2", 3, "TIM4", 4, "TIM5", 5, "TIM6", 6, "TIM7", 7, "TIM8", 8,
                    "TIM15");

    private final Runnable requestsChanged;

    /** Data that wait for a trigger. */
    private State state;

    Dac(int baseAddress, Runnable requestsChanged) {
        super("DAC1", baseAddress);
        this.requestsChanged = requestsChanged;
        keep(State.START, () -> state, next -> state = next);
    }

    /**
     * What is not in registers.
     *
     * @param first what channel 1 puts out next
     * @param requests channels that want a datum from DMA, channel 1 in bit 0
     */
    private record State(int first, int second, int requests) {
        static final State START = new State(0, 0, 0);

        int data(int channel) {
            return channel == 0 ? first : second;
        }

        State with(int channel, int data) {
            return channel == 0
                    ? new State(data, second, requests)
                    : new State(first, data, requests);
        }

        State requesting(int channels) {
            return new State(first, second, channels);
        }
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank = new RegisterBank();
        bank.register(CR, "CR");
        for (int i = 0; i < CHANNELS; i++) {
            int at = SECOND * i;
            bank.field(at, 6, "EN, TEN, TSEL")
                    .unimplemented(at + 6, 2, "WAVE")
                    .field(at + 8, 7, "MAMP, DMAEN, DMAUDRIE, CEN")
                    .reserved(at + 15, 1);
        }
        bank.onWrite((before, written) -> control())
                .register(SWTRIGR, "SWTRIGR")
                .writeOnly(0, 2, "SWTRIG")
                .reserved(2, 30)
                .onWrite((before, written) -> softwareTriggers(written));
        for (int i = 0; i < CHANNELS; i++) {
            int channel = i;
            String number = String.valueOf(i + 1);
            int base = 0x08 + 0x0C * i;
            bank.plain(base, "DHR12R" + number, "DATA")
                    .onWrite((before, written) -> put(channel, written));
            bank.plain(base + 4, "DHR12L" + number, "DATA")
                    .onWrite((before, written) -> put(channel, written >>> 4));
            bank.plain(base + 8, "DHR8R" + number, "DATA")
                    .onWrite((before, written) -> put(channel, (written & 0xFF) << 4));
        }
        bank.plain(0x20, "DHR12RD", "DATA").onWrite((b, w) -> putBoth(w, w >>> 16));
        bank.plain(0x24, "DHR12LD", "DATA").onWrite((b, w) -> putBoth(w >>> 4, w >>> 20));
        bank.plain(0x28, "DHR8RD", "DATA")
                .onWrite((b, w) -> putBoth((w & 0xFF) << 4, (w >>> 8 & 0xFF) << 4));
        for (int i = 0; i < CHANNELS; i++) {
            bank.register(DOR1 + 4 * i, "DOR" + (i + 1)).readOnly(0, 32, "DOR");
        }
        bank.register(SR, "SR").clearByOne(0, 32, "flags").shows(this::status);
        return bank.row(0x38, "CCR", "MCR", "SHSR1", "SHSR2", "SHHR", "SHRR")
                .register(0x54, "AUTOCR")
                .unimplemented(0, 32, "autonomous mode");
    }

    private int settings(int channel) {
        return bank().get(CR) >>> (SECOND * channel);
    }

    private boolean isOn(int channel) {
        return (settings(channel) & EN) != 0;
    }

    private int status(int stored) {
        return stored | (isOn(0) ? READY : 0) | (isOn(1) ? READY << SECOND : 0);
    }

    private void control() {
        for (int i = 0; i < CHANNELS; i++) {
            if (isOn(i) && (settings(i) & TEN) == 0) {
                convert(i);
            }
            if ((settings(i) & DMAEN) == 0) {
                state = state.requesting(state.requests() & ~(1 << i));
            }
        }
    }

    private void put(int channel, int data) {
        state = state.with(channel, data & DATA);
        if (isOn(channel) && (settings(channel) & TEN) == 0) {
            convert(channel);
        }
    }

    private void putBoth(int first, int second) {
        put(0, first);
        put(1, second);
    }

    private void convert(int channel) {
        bank().set(DOR1 + 4 * channel, state.data(channel));
    }

    private void softwareTriggers(int written) {
        for (int i = 0; i < CHANNELS; i++) {
            if ((written >>> i & 1) != 0 && (settings(i) >>> 2 & 0xF) == 0) {
                trigger(i);
            }
        }
    }

    private void trigger(int channel) {
        if (!isOn(channel) || (settings(channel) & TEN) == 0) {
            return;
        }
        convert(channel);
        if ((settings(channel) & DMAEN) != 0) {
            state = state.requesting(state.requests() | 1 << channel);
        }
    }

    private boolean listensTo(int channel, String timer) {
        int wanted = EN | TEN;
        return (settings(channel) & wanted) == wanted
                && timer.equals(TRIGGERS.get(settings(channel) >>> 2 & 0xF));
    }

    /** True when a pulse of a timer's TRGO makes a channel put out its next value. */
    boolean listensTo(String timer) {
        return listensTo(0, timer) || listensTo(1, timer);
    }

    /** A pulse of a timer's TRGO. */
    void trigger(String timer) {
        for (int i = 0; i < CHANNELS; i++) {
            if (listensTo(i, timer)) {
                trigger(i);
            }
        }
        requestsChanged.run();
    }

    boolean wantsDma(int channel) {
        return (state.requests() >>> channel & 1) != 0;
    }

    void dmaServed(int channel) {
        state = state.requesting(state.requests() & ~(1 << channel));
    }

    @Override
    void changed() {
        requestsChanged.run();
    }
}
