package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.cloud.hardware.AnalogEvent;
import dev.microvisor.emulator.guest.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ADC1 (14 bits, a sequence of ranks) or ADC4 (12 bits, a set of channels): regular conversions
 * started by software, single, continuous and discontinuous by DMA or interrupt. It reads the
 * voltages that the cloud file gives. Of the hardware triggers the timers' TRGO work. Injected
 * conversions, analog watchdogs and oversampling are not emulated.
 */
final class Adc extends RegisterPeripheral {
    private static final int ISR = 0x00;
    private static final int IER = 0x04;
    private static final int CR = 0x08;
    private static final int CFGR1 = 0x0C;
    private static final int CHSELR = 0x28;
    private static final int SQR1 = 0x30;
    private static final int DR = 0x40;

    private static final int ADRDY = 1;
    private static final int EOSMP = 1 << 1;
    private static final int EOC = 1 << 2;
    private static final int EOS = 1 << 3;
    private static final int OVR = 1 << 4;
    private static final int LDORDY = 1 << 12;
    private static final int ADEN = 1;
    private static final int ADDIS = 1 << 1;
    private static final int ADSTART = 1 << 2;
    private static final int ADSTP = 1 << 4;
    private static final int ADVREGEN = 1 << 28;
    private static final int EXTEN_SHIFT = 10;
    private static final int CONT = 1 << 13;
    private static final int CHSELRMOD = 1 << 21;
    private static final int END_OF_LIST = 0xF;

    /** Instructions that a conversion takes. */
    private static final int CONVERSION = 1600;

    private final Kind kind;
    private final Bench bench;
    private final Runnable requestsChanged;
    private State state = State.IDLE;

    Adc(int baseAddress, Kind kind, Bench bench, Runnable requestsChanged) {
        super(kind.name(), baseAddress);
        this.kind = kind;
        this.bench = bench;
        this.requestsChanged = requestsChanged;
    }

    /** Which of the two it is. */
    enum Kind {
        ADC1(
                37,
                14,
                3,
                5,
                Map.of(
                        4, "TIM3", 7, "TIM8", 9, "TIM1", 11, "TIM2", 12, "TIM4", 13, "TIM6", 14,
                        "TIM15")),
        ADC4(113, 12, 1, 6, Map.of(2, "TIM2", 3, "TIM15", 4, "TIM6"));

        private final int irq;
        private final int bits;
        private final int dmaMask;
        private final int triggerShift;
        private final Map<Integer, String> triggers;

        /**
         * @param triggerShift where EXTSEL begins in CFGR1; it ends below EXTEN
         * @param triggers timers whose TRGO EXTSEL selects
         */
        Kind(int irq, int bits, int dmaMask, int triggerShift, Map<Integer, String> triggers) {
            this.irq = irq;
            this.bits = bits;
            this.dmaMask = dmaMask;
            this.triggerShift = triggerShift;
            this.triggers = triggers;
        }
    }

    /**
     * A sequence that goes on.
     *
     * @param next rank that is converted now
     * @param due instruction at which it is done
     */
    private record State(int next, long due) {
        static final State IDLE = new State(0, Timed.NEVER);
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank =
                new RegisterBank()
                        .register(ISR, "ISR")
                        .clearByOne(0, 32, "flags")
                        .shows(stored -> bank().isSet(CR, ADVREGEN) ? stored | LDORDY : stored)
                        .plain(IER, "IER", "interrupt enables")
                        .register(CR, "CR")
                        .field(0, 1, "ADEN")
                        .writeOnly(1, 1, "ADDIS")
                        .field(2, 1, "ADSTART")
                        .unimplemented(3, 1, "JADSTART")
                        .writeOnly(4, 2, "ADSTP, JADSTP")
                        .field(6, 25, "calibration settings, ADVREGEN, DEEPPWD")
                        .writeOnly(31, 1, "ADCAL")
                        .onWrite(this::control)
                        .plain(CFGR1, "CFGR1", "mode")
                        .register(DR, "DR")
                        .readOnly(0, 32, "DATA")
                        .afterRead(this::taken)
                        .register(0x4C, "JSQR")
                        .unimplemented(0, 32, "injected conversions");
        int[] kept = {
            0x10, 0x14, 0x18, 0x1C, 0x20, 0x24, CHSELR, 0x2C, SQR1, 0x34, 0x38, 0x3C, 0x44, 0x60,
            0x64, 0x68, 0x6C, 0x70, 0x80, 0x84, 0x88, 0x8C, 0xA0, 0xA4, 0xA8, 0xAC, 0xB0, 0xB4,
            0xB8, 0xBC, 0xC0, 0xC4, 0xC8, 0xD0, 0x308
        };
        for (int offset : kept) {
            bank.plain(offset, String.format("+0x%02X", offset), "setting");
        }
        return bank;
    }

    private void control(int before, int written) {
        if ((written & ADDIS) != 0) {
            bank().clearBits(CR, ADEN | ADSTART);
            state = State.IDLE;
        } else if ((before & ADEN) == 0 && (written & ADEN) != 0) {
            bank().setBits(ISR, ADRDY);
        } else {
            // Only hardware clears these.
            bank().setBits(CR, before & (ADEN | ADSTART));
        }
        if ((written & ADSTP) != 0) {
            bank().clearBits(CR, ADSTART);
            state = State.IDLE;
        } else if ((written & ADSTART) != 0 && (before & ADSTART) == 0) {
            start();
        }
    }

    private void start() {
        if (!isTriggered()) {
            state = new State(0, guest().now() + CONVERSION);
            return;
        }
        if (!kind.triggers.containsKey(trigger())) {
            guest().warnOnce(
                            name()
                                    + ": of the hardware triggers only TRGO of timers is emulated;"
                                    + " nothing is converted");
        }
        guest().eventsChanged();
    }

    /** EXTEN: a sequence begins at an edge of the trigger. */
    private boolean isTriggered() {
        return (bank().get(CFGR1) >>> EXTEN_SHIFT & 3) != 0;
    }

    private int trigger() {
        return (bank().get(CFGR1) & (1 << EXTEN_SHIFT) - 1) >>> kind.triggerShift;
    }

    /** True when a pulse of a timer's TRGO begins a sequence. */
    boolean listensTo(String timer) {
        return bank().isSet(CR, ADSTART)
                && isTriggered()
                && timer.equals(kind.triggers.get(trigger()));
    }

    /** A pulse of a timer's TRGO; one that comes while a sequence goes on is lost. */
    void trigger(String timer) {
        if (listensTo(timer) && state.due() == Timed.NEVER) {
            state = new State(0, guest().now() + CONVERSION);
            guest().eventsChanged();
        }
    }

    /** Channels in the order in which they are converted. */
    private List<Integer> sequence() {
        List<Integer> channels = new ArrayList<>();
        if (kind == Kind.ADC1) {
            int ranks = (bank().get(SQR1) & 0xF) + 1;
            for (int rank = 1; rank <= ranks; rank++) {
                // Five ranks to a register, six bits each; the first has the length in front.
                int register = SQR1 + 4 * (rank / 5);
                channels.add(bank().get(register) >>> (rank % 5 * 6) & 0x1F);
            }
        } else if (bank().isSet(CFGR1, CHSELRMOD)) {
            int list = bank().get(CHSELR);
            for (int i = 0; i < 8 && (list >>> (4 * i) & 0xF) != END_OF_LIST; i++) {
                channels.add(list >>> (4 * i) & 0xF);
            }
        } else {
            for (int i = 0; i < 24; i++) {
                if ((bank().get(CHSELR) >>> i & 1) != 0) {
                    channels.add(i);
                }
            }
        }
        return channels.isEmpty() ? List.of(0) : channels;
    }

    private int convert(int channel) {
        if (!bench.hasVoltage(name(), channel)) {
            guest().warnOnce(
                            name()
                                    + " channel "
                                    + channel
                                    + ": nothing is connected, it reads 0. [[analog]] in the cloud"
                                    + " file gives it a voltage");
        }
        int bits = kind.bits - 2 * (bank().get(CFGR1) >>> 2 & 3);
        long most = (1L << bits) - 1;
        return (int) (bench.millivolts(name(), channel) * most / AnalogEvent.REFERENCE_MILLIVOLTS);
    }

    private void taken() {
        bank().clearBits(ISR, EOC);
        changed();
    }

    boolean wantsDmaRead() {
        return (bank().get(CFGR1) & kind.dmaMask) != 0 && bank().isSet(ISR, EOC);
    }

    @Override
    void changed() {
        int flags = bank().get(ISR) & bank().get(IER);
        guest().setInterruptLine(kind.irq, (flags & (ADRDY | EOSMP | EOC | EOS | OVR)) != 0);
        requestsChanged.run();
    }

    @Override
    public long nextEvent() {
        return state.due();
    }

    @Override
    public void runEvents(long now) {
        List<Integer> sequence = sequence();
        int rank = Math.min(state.next(), sequence.size() - 1);
        if (bank().isSet(ISR, EOC)) {
            bank().setBits(ISR, OVR);
        }
        bank().set(DR, convert(sequence.get(rank)));
        bank().setBits(ISR, EOC | EOSMP);
        boolean last = rank + 1 >= sequence.size();
        if (last) {
            bank().setBits(ISR, EOS);
        }
        if (last && !bank().isSet(CFGR1, CONT)) {
            if (!isTriggered()) {
                bank().clearBits(CR, ADSTART);
            }
            state = State.IDLE;
        } else {
            state = new State(last ? 0 : rank + 1, now + CONVERSION);
        }
        changed();
    }

    @Override
    Object extraState() {
        return state;
    }

    @Override
    void restoreExtraState(Object saved) {
        state = (State) saved;
    }

    @Override
    void resetExtraState() {
        state = State.IDLE;
    }
}
