package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.cloud.hardware.AnalogEvent;
import dev.microvisor.emulator.guest.Timed;
import java.util.ArrayList;
import java.util.List;

/**
 * ADC1 (14 bits, a sequence of ranks) or ADC4 (12 bits, a set of channels): regular and injected
 * conversions, single, continuous and discontinuous, oversampled, under analog watchdogs. It reads
 * the voltages that the cloud file gives, and those inside the chip. Of the hardware triggers the
 * timers' TRGO work. The injected queue has no effect.
 */
final class Adc extends RegisterPeripheral {
    private static final int ISR = 0x00;
    private static final int IER = 0x04;
    private static final int CR = 0x08;
    private static final int CFGR1 = 0x0C;
    private static final int CHSELR = 0x28;
    private static final int CFGR2 = 0x10;
    private static final int SQR1 = 0x30;
    private static final int DR = 0x40;
    private static final int JSQR = 0x4C;
    private static final int JDR1 = 0x80;
    private static final int OFR1 = 0x60;
    private static final int GCOMP = 0x70;
    private static final int CCR = 0x308;

    private static final int ADRDY = 1;
    private static final int EOSMP = 1 << 1;
    private static final int EOC = 1 << 2;
    private static final int EOS = 1 << 3;
    private static final int OVR = 1 << 4;
    private static final int JEOC = 1 << 5;
    private static final int JEOS = 1 << 6;
    private static final int AWDS = 7 << 7;
    private static final int EOCAL = 1 << 11;
    private static final int LDORDY = 1 << 12;
    private static final int INTERRUPTS =
            ADRDY | EOSMP | EOC | EOS | OVR | JEOC | JEOS | AWDS | EOCAL;
    private static final int ADEN = 1;
    private static final int ADDIS = 1 << 1;
    private static final int ADSTART = 1 << 2;
    private static final int JADSTART = 1 << 3;
    private static final int ADSTP = 1 << 4;
    private static final int JADSTP = 1 << 5;
    private static final int ADCAL = 1 << 31;
    private static final int ADVREGEN = 1 << 28;
    private static final int EXTEN_SHIFT = 10;
    private static final int CONT = 1 << 13;
    private static final int DISCEN = 1 << 16;
    private static final int CHSELRMOD = 1 << 21;
    private static final int JAUTO = 1 << 25;

    /** ROVSE of ADC1, OVSE of ADC4. */
    private static final int ROVSE = 1;

    private static final int JOVSE = 1 << 1;
    private static final int END_OF_LIST = 0xF;

    /** Of GCOMP, whose top bit switches it on: the factor, and that of one. */
    private static final int GAIN = 0x3FFF;

    private static final int GAIN_ONE = 4096;

    /** Of each OFR. */
    private static final int OFFSETS = 4;

    private static final int OFFSET = 0xFF_FFFF;
    private static final int OFFSETPOS = 1 << 24;
    private static final int USAT = 1 << 25;
    private static final int SSAT = 1 << 26;
    private static final int OFFSET_CHANNEL_SHIFT = 27;

    /** Instructions that a conversion takes. */
    private static final int CONVERSION = 1600;

    private final AdcKind kind;
    private final Bench bench;
    private final Runnable requestsChanged;
    private final AdcWatchdogs watchdogs;
    private State state;

    Adc(int baseAddress, AdcKind kind, Bench bench, Runnable requestsChanged) {
        super(kind.name(), baseAddress);
        this.kind = kind;
        this.bench = bench;
        this.requestsChanged = requestsChanged;
        this.watchdogs = new AdcWatchdogs(kind, offset -> bank().get(offset));
        keep(State.IDLE, () -> state, next -> state = next);
    }

    /**
     * Sequences that go on.
     *
     * @param next rank that is converted now, or next when the sequence is discontinuous
     * @param due instruction at which it is done
     * @param injectedNext injected rank that is converted now
     * @param injectedDue instruction at which that is done
     */
    private record State(int next, long due, int injectedNext, long injectedDue) {
        static final State IDLE = new State(0, Timed.NEVER, 0, Timed.NEVER);

        State regular(int rank, long when) {
            return new State(rank, when, injectedNext, injectedDue);
        }

        State injected(int rank, long when) {
            return new State(next, due, rank, when);
        }
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank =
                new RegisterBank()
                        .register(ISR, "ISR")
                        .clearByOne(0, 32, "flags")
                        .shows(stored -> bank().isSet(CR, ADVREGEN) ? stored | LDORDY : stored)
                        .steady()
                        .plain(IER, "IER", "interrupt enables")
                        .register(CR, "CR")
                        .field(0, 1, "ADEN")
                        .writeOnly(1, 1, "ADDIS")
                        .field(2, 1, "ADSTART")
                        .field(3, 1, "JADSTART")
                        .writeOnly(4, 2, "ADSTP, JADSTP")
                        .field(6, 25, "calibration settings, ADVREGEN, DEEPPWD")
                        .writeOnly(31, 1, "ADCAL")
                        .onWrite(this::control)
                        .plain(CFGR1, "CFGR1", "mode")
                        .register(DR, "DR")
                        .readOnly(0, 32, "DATA")
                        .afterRead(this::taken)
                        .plain(JSQR, "JSQR", "injected sequence");
        // Where the two differ these are the names of ADC1's, and ADC4's where only it has them.
        bank.row(CFGR2, "CFGR2", "SMPR1", "SMPR2", "PCSEL")
                .row(0x20, "AWD1TR", "AWD2TR", "CHSELR", "AWD3TR")
                .row(SQR1, "SQR1", "SQR2", "SQR3", "SQR4")
                .row(0x44, "PWRR")
                .row(OFR1, "OFR1", "OFR2", "OFR3", "OFR4", "GCOMP")
                .row(0xA0, "AWD2CR", "AWD3CR")
                .row(0xA8, "LTR1", "HTR1", "LTR2", "HTR2", "LTR3", "HTR3")
                .row(0xC0, "DIFSEL", "CALFACT", "CALFACT2")
                .row(0xD0, "OR")
                .row(CCR, "CCR");
        for (int i = 0; i < 4; i++) {
            bank.register(JDR1 + 4 * i, "JDR" + (i + 1)).readOnly(0, 32, "JDATA");
        }
        return bank;
    }

    private void control(int before, int written) {
        if ((written & ADDIS) != 0) {
            bank().clearBits(CR, ADEN | ADSTART | JADSTART);
            state = State.IDLE;
        } else if ((before & ADEN) == 0 && (written & ADEN) != 0) {
            bank().setBits(ISR, ADRDY);
        } else {
            // Only hardware clears these.
            bank().setBits(CR, before & (ADEN | ADSTART | JADSTART));
        }
        if ((written & ADCAL) != 0) {
            bank().setBits(ISR, EOCAL);
        }
        if ((written & ADSTP) != 0) {
            bank().clearBits(CR, ADSTART);
            state = state.regular(0, Timed.NEVER);
        } else if ((written & ADSTART) != 0 && (before & ADSTART) == 0) {
            start();
        }
        if ((written & JADSTP) != 0) {
            bank().clearBits(CR, JADSTART);
            state = state.injected(0, Timed.NEVER);
        } else if ((written & JADSTART) != 0 && (before & JADSTART) == 0) {
            startInjected();
        }
    }

    private void start() {
        if (!isTriggered()) {
            state = state.regular(state.next(), guest().now() + conversion(ROVSE));
            return;
        }
        check(kind.triggers().containsKey(trigger()));
    }

    private void startInjected() {
        if (!isInjectedTriggered()) {
            state = state.injected(0, guest().now() + conversion(JOVSE));
            return;
        }
        check(kind.injectedTriggers().containsKey(injectedTrigger()));
    }

    private void check(boolean knownTrigger) {
        if (!knownTrigger) {
            guest().warnOnce(
                            name()
                                    + ": of the hardware triggers only TRGO of timers is emulated;"
                                    + " nothing is converted");
        }
        guest().eventsChanged();
    }

    /** Instructions until a result. */
    private long conversion(int oversampled) {
        return (long) CONVERSION * times(oversampled);
    }

    /** Conversions that make a result. */
    private int times(int oversampled) {
        boolean on = bank().isSet(CFGR2, kind == AdcKind.ADC1 ? oversampled : ROVSE);
        return on ? kind.oversampling(bank().get(CFGR2)) : 1;
    }

    private boolean isInjectedTriggered() {
        return (bank().get(JSQR) >>> 7 & 3) != 0;
    }

    private int injectedTrigger() {
        return bank().get(JSQR) >>> 2 & 0x1F;
    }

    /** EXTEN: a sequence begins at an edge of the trigger. */
    private boolean isTriggered() {
        return (bank().get(CFGR1) >>> EXTEN_SHIFT & 3) != 0;
    }

    private int trigger() {
        return (bank().get(CFGR1) & (1 << EXTEN_SHIFT) - 1) >>> kind.triggerShift();
    }

    /** True when a pulse of a timer's TRGO begins a sequence. */
    boolean listensTo(String timer) {
        return regularListensTo(timer) || injectedListensTo(timer);
    }

    private boolean regularListensTo(String timer) {
        return bank().isSet(CR, ADSTART)
                && isTriggered()
                && timer.equals(kind.triggers().get(trigger()));
    }

    private boolean injectedListensTo(String timer) {
        return bank().isSet(CR, JADSTART)
                && isInjectedTriggered()
                && timer.equals(kind.injectedTriggers().get(injectedTrigger()));
    }

    /** A pulse of a timer's TRGO; one that comes while a sequence goes on is lost. */
    void trigger(String timer) {
        if (regularListensTo(timer) && state.due() == Timed.NEVER) {
            state = state.regular(state.next(), guest().now() + conversion(ROVSE));
        }
        if (injectedListensTo(timer) && state.injectedDue() == Timed.NEVER) {
            state = state.injected(0, guest().now() + conversion(JOVSE));
        }
        guest().eventsChanged();
    }

    /** Channels in the order in which they are converted. */
    private List<Integer> sequence() {
        List<Integer> channels = new ArrayList<>();
        if (kind == AdcKind.ADC1) {
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

    /** A result, and what the watchdogs say to it. */
    private int convert(int channel, boolean injected) {
        int dropped = 2 * (bank().get(CFGR1) >>> 2 & 3);
        long most = (1L << (kind.bits() - dropped)) - 1;
        long once = millivolts(channel) * most / AnalogEvent.REFERENCE_MILLIVOLTS;
        int times = times(injected ? JOVSE : ROVSE);
        int shift = times > 1 ? bank().get(CFGR2) >>> 5 & 0xF : 0;
        int result = (int) ((once * times) >> shift);
        if (kind == AdcKind.ADC1) {
            result = withOffset(channel, withGain(result));
        }
        bank().setBits(ISR, watchdogs.flags(channel, result << dropped, injected));
        return kind == AdcKind.ADC1 ? result << (bank().get(CFGR2) >>> 28) : result;
    }

    private int withGain(int result) {
        int gain = bank().get(GCOMP);
        return gain < 0 ? (int) ((long) result * (gain & GAIN) / GAIN_ONE) : result;
    }

    /** The first of the four offsets that is for this channel and not zero. */
    private int withOffset(int channel, int result) {
        for (int i = 0; i < OFFSETS; i++) {
            int settings = bank().get(OFR1 + 4 * i);
            int offset = settings & OFFSET;
            if (offset != 0 && settings >>> OFFSET_CHANNEL_SHIFT == channel) {
                int sum = (settings & OFFSETPOS) != 0 ? result + offset : result - offset;
                if ((settings & USAT) != 0) {
                    return Math.max(0, Math.min(sum, (1 << kind.bits()) - 1));
                }
                if ((settings & SSAT) != 0) {
                    int half = 1 << (kind.bits() - 1);
                    return Math.max(-half, Math.min(sum, half - 1));
                }
                return sum;
            }
        }
        return result;
    }

    private long millivolts(int channel) {
        if (bench.hasVoltage(name(), channel)) {
            return bench.millivolts(name(), channel);
        }
        AdcKind.Inner inner = kind.inner().get(channel);
        if (inner != null && inner.isConnected(bank().get(CCR))) {
            return inner.millivolts();
        }
        guest().warnOnce(
                        name()
                                + " channel "
                                + channel
                                + ": nothing is connected, it reads 0. [[analog]] in the cloud"
                                + " file gives it a voltage");
        return 0;
    }

    private void taken() {
        bank().clearBits(ISR, EOC);
        changed();
    }

    boolean wantsDmaRead() {
        return (bank().get(CFGR1) & kind.dmaMask()) != 0 && bank().isSet(ISR, EOC);
    }

    @Override
    void changed() {
        int flags = bank().get(ISR) & bank().get(IER);
        guest().setInterruptLine(kind.irq(), (flags & INTERRUPTS) != 0);
        requestsChanged.run();
    }

    @Override
    public long nextEvent() {
        return Math.min(state.due(), state.injectedDue());
    }

    @Override
    public void runEvents(long now) {
        if (state.due() <= now) {
            convertRegular(now);
        }
        if (state.injectedDue() <= now) {
            convertInjected(now);
        }
        changed();
    }

    private void convertRegular(long now) {
        List<Integer> sequence = sequence();
        int rank = Math.min(state.next(), sequence.size() - 1);
        if (bank().isSet(ISR, EOC)) {
            bank().setBits(ISR, OVR);
        }
        bank().set(DR, convert(sequence.get(rank), false));
        bank().setBits(ISR, EOC | EOSMP);
        boolean last = rank + 1 >= sequence.size();
        if (last) {
            bank().setBits(ISR, EOS);
            if (bank().isSet(CFGR1, JAUTO) && kind == AdcKind.ADC1) {
                state = state.injected(0, now + conversion(JOVSE));
            }
        }
        int following = last ? 0 : rank + 1;
        boolean pauses = bank().isSet(CFGR1, DISCEN) && following % groupSize() == 0;
        if (pauses || (last && !bank().isSet(CFGR1, CONT))) {
            if (!isTriggered()) {
                bank().clearBits(CR, ADSTART);
            }
            state = state.regular(following, Timed.NEVER);
        } else {
            state = state.regular(following, now + conversion(ROVSE));
        }
    }

    /** Ranks that one trigger converts in discontinuous mode. */
    private int groupSize() {
        return kind == AdcKind.ADC1 ? (bank().get(CFGR1) >>> 17 & 7) + 1 : 1;
    }

    private void convertInjected(long now) {
        int sequence = bank().get(JSQR);
        int rank = state.injectedNext();
        bank().set(JDR1 + 4 * rank, convert(sequence >>> (9 + 6 * rank) & 0x1F, true));
        bank().setBits(ISR, JEOC);
        if (rank < (sequence & 3)) {
            state = state.injected(rank + 1, now + conversion(JOVSE));
            return;
        }
        bank().setBits(ISR, JEOS);
        if (!isInjectedTriggered()) {
            bank().clearBits(CR, JADSTART);
        }
        state = state.injected(0, Timed.NEVER);
    }
}
