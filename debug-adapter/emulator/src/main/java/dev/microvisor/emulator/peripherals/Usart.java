package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.guest.Timed;
import java.util.List;
import java.util.function.Supplier;

/**
 * A serial port. What the firmware sends takes the time of its characters, and is shown line by
 * line when it is written. What comes in takes its time, too; after the last character the line is
 * idle, and the receiver times out. Synchronous modes, LIN, IrDA and smartcards have no effect.
 */
final class Usart extends RegisterPeripheral {
    /** A line is shown when it gets longer than this, ended or not. */
    static final int MAX_LINE_BYTES = 4096;

    /** Characters that wait for the transmitter, or in the receiver's FIFO. */
    private static final int FIFO = 8;

    private static final int CR1 = 0x00;
    private static final int CR2 = 0x04;
    private static final int CR3 = 0x08;
    private static final int RTOR = 0x14;
    private static final int ISR = 0x1C;
    private static final int RDR = 0x24;
    private static final int TDR = 0x28;

    // CR1
    private static final int UE = 1;
    private static final int RE = 1 << 2;
    private static final int TE = 1 << 3;
    private static final int PEIE = 1 << 8;
    private static final int CMIE = 1 << 14;
    private static final int RTOIE = 1 << 26;
    private static final int FIFOEN = 1 << 29;
    private static final int TXFEIE = 1 << 30;
    private static final int RXFFIE = 1 << 31;

    // CR2 and CR3
    private static final int RTOEN = 1 << 23;
    private static final int EIE = 1;
    private static final int DMAR = 1 << 6;
    private static final int DMAT = 1 << 7;
    private static final int RTSE = 1 << 8;
    private static final int OVRDIS = 1 << 12;
    private static final int TXFTIE = 1 << 23;
    private static final int RXFTIE = 1 << 28;
    private static final int RXFTCFG_SHIFT = 25;
    private static final int TXFTCFG_SHIFT = 29;

    // ISR; the first four and those of single bits in ICR are cleared there
    private static final int PE = 1;
    private static final int FE = 1 << 1;
    private static final int NE = 1 << 2;
    private static final int ORE = 1 << 3;
    private static final int IDLE = 1 << 4;
    private static final int RXNE = 1 << 5;
    private static final int TC = 1 << 6;
    private static final int TXE = 1 << 7;
    private static final int RTOF = 1 << 11;
    private static final int CMF = 1 << 17;
    private static final int TEACK = 1 << 21;
    private static final int REACK = 1 << 22;
    private static final int TXFE = 1 << 23;
    private static final int RXFF = 1 << 24;
    private static final int RXFT = 1 << 26;
    private static final int TXFT = 1 << 27;
    private static final int CLEARABLE = PE | FE | NE | ORE | IDLE | TC | RTOF | CMF;

    // RQR
    private static final int ABRRQ = 1;
    private static final int SBKRQ = 1 << 1;
    private static final int RXFRQ = 1 << 3;
    private static final int TXFRQ = 1 << 4;

    /** Characters at which a FIFO has come to its threshold, by RXFTCFG and TXFTCFG. */
    private static final List<Integer> THRESHOLDS = List.of(1, 2, 4, 6, 7, FIFO, FIFO, FIFO);

    private final int irq;
    private final Supplier<PeripheralListener> listener;
    private final Bench bench;
    private final Runnable requestsChanged;
    private final SerialClock clock;
    private State state;

    /**
     * @param requestsChanged called when the port may want a DMA transfer
     */
    Usart(
            String name,
            int irq,
            SerialClock clock,
            Supplier<PeripheralListener> listener,
            Bench bench,
            Runnable requestsChanged) {
        super(name, AddressMap.base(name));
        this.irq = irq;
        this.clock = clock;
        this.listener = listener;
        this.bench = bench;
        this.requestsChanged = requestsChanged;
        keep(State.START, () -> state, next -> state = next);
    }

    /**
     * What is not in registers.
     *
     * @param line what was sent of a line that has not ended
     * @param sending what goes out
     * @param received what has come in and was not read: the value and flags of each character
     * @param arrival instruction at which the next character is complete
     * @param idle instruction at which the line counts as idle
     * @param timeout instruction at which the receiver has waited for too long
     */
    private record State(
            Bytes line, Sending sending, Bytes received, long arrival, long idle, long timeout) {
        static final State START = new State(Bytes.EMPTY, Sending.NOTHING, Bytes.EMPTY);

        State(Bytes line, Sending sending, Bytes received) {
            this(line, sending, received, Timed.NEVER, Timed.NEVER, Timed.NEVER);
        }

        State with(Bytes newLine, Sending newSending) {
            return new State(newLine, newSending, received, arrival, idle, timeout);
        }

        State with(Sending newSending) {
            return with(line, newSending);
        }

        State with(Bytes newReceived) {
            return new State(line, sending, newReceived, arrival, idle, timeout);
        }

        State next(long newArrival, long newIdle, long newTimeout) {
            return new State(line, sending, received, newArrival, newIdle, newTimeout);
        }

        int count() {
            return received.size() / 2;
        }
    }

    /**
     * The transmitter.
     *
     * @param done instruction at which the character on the line has gone; never when there is none
     * @param waiting characters behind it, in TDR or its FIFO
     */
    private record Sending(long done, int waiting) {
        static final Sending NOTHING = new Sending(Timed.NEVER, 0);

        boolean isNothing() {
            return done == Timed.NEVER;
        }
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .register(CR1, "CR1")
                .field(0, 1, "UE")
                .unimplemented(1, 1, "UESM")
                .field(2, 1, "RE")
                .field(3, 1, "TE")
                .field(4, 2, "IDLEIE, RXNEIE")
                .field(6, 1, "TCIE")
                .field(7, 1, "TXEIE")
                .field(8, 5, "PEIE, PS, PCE, WAKE, M0")
                .unimplemented(13, 1, "MME (mute mode)")
                .field(14, 2, "CMIE, OVER8")
                .field(16, 10, "DEDT, DEAT")
                .field(26, 3, "RTOIE, EOBIE, M1")
                .field(29, 3, "FIFOEN, TXFEIE, RXFFIE")
                .onWrite((before, written) -> enabled())
                .register(CR2, "CR2")
                .unimplemented(0, 1, "SLVEN")
                .field(1, 10, "frame settings")
                .unimplemented(11, 1, "CLKEN (synchronous mode)")
                .field(12, 2, "STOP")
                .unimplemented(14, 1, "LINEN")
                .field(15, 5, "SWAP, inversions, MSBFIRST")
                .unimplemented(20, 1, "ABREN (auto baud rate)")
                .field(21, 3, "ABRMODE, RTOEN")
                .field(24, 8, "ADD")
                .register(CR3, "CR3")
                .field(0, 1, "EIE")
                .unimplemented(1, 2, "IREN, IRLP")
                .field(3, 1, "HDSEL")
                .unimplemented(4, 2, "NACK, SCEN (smartcard)")
                .field(6, 2, "DMAR, DMAT")
                .field(8, 5, "flow control, OVRDIS")
                .unimplemented(13, 1, "DDRE")
                .field(14, 18, "driver enable, thresholds")
                .register(0x0C, "BRR")
                .field(0, 20, "BRR")
                .reserved(20, 12)
                .register(0x10, "GTPR")
                .field(0, 16, "PSC, GT")
                .reserved(16, 16)
                .plain(RTOR, "RTOR", "RTO, BLEN")
                .register(0x18, "RQR")
                .writeOnly(0, 5, "requests")
                .reserved(5, 27)
                .onWrite((before, written) -> request(written))
                .register(ISR, "ISR")
                .readOnly(0, 29, "flags")
                .reserved(29, 3)
                .resetTo(TC)
                .shows(this::flags)
                .steady()
                .register(0x20, "ICR")
                .writeOnly(0, 32, "flags to clear")
                .onWrite((before, written) -> bank().clearBits(ISR, written & CLEARABLE))
                .register(RDR, "RDR")
                .readOnly(0, 9, "RDR")
                .reserved(9, 23)
                .afterRead(this::taken)
                .register(TDR, "TDR")
                .field(0, 9, "TDR")
                .reserved(9, 23)
                .onWrite((before, written) -> send(written))
                .register(0x2C, "PRESC")
                .field(0, 4, "PRESCALER")
                .reserved(4, 28)
                .register(0x30, "AUTOCR")
                .unimplemented(0, 32, "autonomous mode");
    }

    private int flags(int stored) {
        int received = state.count();
        int free = capacity() - state.sending().waiting();
        int flags = stored;
        flags |= free > 0 ? TXE : 0;
        flags |= received > 0 ? RXNE : 0;
        if (bank().isSet(CR1, FIFOEN)) {
            flags |= free == FIFO ? TXFE : 0;
            flags |= free >= threshold(TXFTCFG_SHIFT) ? TXFT : 0;
            flags |= received >= threshold(RXFTCFG_SHIFT) ? RXFT : 0;
            flags |= received > FIFO ? RXFF : 0;
        }
        if (bank().isSet(CR1, UE)) {
            flags |= bank().isSet(CR1, TE) ? TEACK : 0;
            flags |= bank().isSet(CR1, RE) ? REACK : 0;
        }
        return flags;
    }

    private int threshold(int shift) {
        return THRESHOLDS.get(bank().get(CR3) >>> shift & 7);
    }

    /** Characters that fit between the firmware and the line. */
    private int capacity() {
        return bank().isSet(CR1, FIFOEN) ? FIFO : 1;
    }

    private void enabled() {
        if (!bank().isSet(CR1, UE)) {
            bank().set(ISR, TC);
            state = new State(state.line(), Sending.NOTHING, Bytes.EMPTY);
        }
        listen();
    }

    private void request(int written) {
        if ((written & (ABRRQ | SBKRQ)) != 0) {
            guest().warnOnce(name() + "_RQR: breaks and auto baud rate have no effect here");
        }
        if ((written & RXFRQ) != 0) {
            state = state.with(Bytes.EMPTY);
            listen();
        }
        if ((written & TXFRQ) != 0) {
            state = state.with(new Sending(state.sending().done(), 0));
        }
    }

    private long characterTime() {
        return clock.character(bank()::get, guest());
    }

    // ---------------------------------------------------------------- sending

    private void send(int data) {
        if (!bank().isSet(CR1, UE) || !bank().isSet(CR1, TE)) {
            guest().warnOnce(
                            name()
                                    + " is written to while its transmitter is off; nothing is sent");
            return;
        }
        bank().clearBits(ISR, TC);
        Sending before = state.sending();
        Sending after;
        if (before.isNothing()) {
            after = new Sending(guest().now() + characterTime(), 0);
        } else {
            if (before.waiting() == capacity()) {
                guest().warnOnce(
                                name()
                                        + " is written to before TXE says that it has room: on the"
                                        + " chip a character is lost");
            }
            after = new Sending(before.done(), Math.min(before.waiting() + 1, capacity()));
        }
        state = state.with(shown((byte) data), after);
    }

    /** What is left of a line when a character follows; whole lines are shown. */
    private Bytes shown(byte character) {
        Bytes line = state.line();
        if (character == '\n' || line.size() >= MAX_LINE_BYTES) {
            String text = line.text();
            line = Bytes.EMPTY;
            listener.get()
                    .line(
                            name(),
                            text.endsWith("\r") ? text.substring(0, text.length() - 1) : text,
                            guest().now());
        }
        return character == '\n' ? line : line.plus(Bytes.of(new byte[] {character}));
    }

    /** The character on the line has gone. */
    private void sent(long now) {
        int waiting = state.sending().waiting();
        if (waiting == 0) {
            bank().setBits(ISR, TC);
            state = state.with(Sending.NOTHING);
        } else {
            state = state.with(new Sending(now + characterTime(), waiting - 1));
        }
    }

    boolean wantsDmaWrite() {
        return bank().isSet(CR3, DMAT)
                && bank().isSet(CR1, UE)
                && bank().isSet(CR1, TE)
                && state.sending().waiting() < capacity();
    }

    // ---------------------------------------------------------------- receiving

    /** Something waits for this port, or its receiver was switched on, or has room again. */
    void listen() {
        boolean receives = bank().isSet(CR1, UE) && bank().isSet(CR1, RE);
        if (!receives) {
            state = state.next(Timed.NEVER, Timed.NEVER, Timed.NEVER);
        } else if (state.arrival() == Timed.NEVER && comes()) {
            state = state.next(guest().now() + characterTime(), Timed.NEVER, Timed.NEVER);
        }
        guest().eventsChanged();
    }

    /** Whether there is a next character that does not wait for room. */
    private boolean comes() {
        return bench.serialWaits(name())
                && (hasRoom() || !(bench.isSerialHeld(name()) || bank().isSet(CR3, RTSE)));
    }

    /** The receiver's FIFO has RDR behind it. */
    private boolean hasRoom() {
        return state.count() < (bank().isSet(CR1, FIFOEN) ? FIFO + 1 : 1);
    }

    private void arrive(long now) {
        Bench.Incoming incoming = bench.takeSerial(name());
        if (hasRoom()) {
            keep(incoming);
        } else if (bank().isSet(CR3, OVRDIS)) {
            state = state.with(state.received().slice(0, state.received().size() - 2));
            keep(incoming);
        } else {
            bank().setBits(ISR, ORE);
        }
        if (incoming.value() == bank().get(CR2) >>> 24) {
            bank().setBits(ISR, CMF);
        }
        boolean last = !bench.serialWaits(name());
        boolean times = last && bank().isSet(CR2, RTOEN);
        state =
                state.next(
                        comes() ? now + characterTime() : Timed.NEVER,
                        last ? now + characterTime() : Timed.NEVER,
                        times
                                ? now
                                        + clock.bits(
                                                bank().get(RTOR) & 0xFF_FFFF, bank()::get, guest())
                                : Timed.NEVER);
    }

    private void keep(Bench.Incoming incoming) {
        int error =
                switch (incoming.error()) {
                    case NONE -> 0;
                    case PARITY -> PE;
                    case FRAMING -> FE;
                    case NOISE -> NE;
                };
        byte[] both = {(byte) incoming.value(), (byte) error};
        state = state.with(state.received().plus(Bytes.of(both)));
        showFirst();
    }

    /** The character that is read next is in RDR, and what is wrong with it in ISR. */
    private void showFirst() {
        if (!state.received().isEmpty()) {
            bank().set(RDR, state.received().at(0));
            bank().setBits(ISR, state.received().at(1));
        }
    }

    private void taken() {
        if (!state.received().isEmpty()) {
            state = state.with(state.received().slice(2, state.received().size()));
            showFirst();
            listen();
            changed();
        }
    }

    boolean wantsDmaRead() {
        return bank().isSet(CR3, DMAR) && state.count() > 0;
    }

    // ---------------------------------------------------------------- as a part of the machine

    @Override
    void changed() {
        int flags = flags(bank().get(ISR));
        int enables = bank().get(CR1);
        // These flags have the places of their enables.
        boolean wanted = (flags & enables & (IDLE | RXNE | TC | TXE)) != 0;
        wanted |= (flags & PE) != 0 && (enables & PEIE) != 0;
        wanted |= (flags & (FE | NE | ORE)) != 0 && bank().isSet(CR3, EIE);
        wanted |= (flags & ORE) != 0 && (enables & RXNE) != 0;
        wanted |= (flags & RTOF) != 0 && (enables & RTOIE) != 0;
        wanted |= (flags & CMF) != 0 && (enables & CMIE) != 0;
        wanted |= (flags & TXFE) != 0 && (enables & TXFEIE) != 0;
        wanted |= (flags & RXFF) != 0 && (enables & RXFFIE) != 0;
        wanted |= (flags & TXFT) != 0 && bank().isSet(CR3, TXFTIE);
        wanted |= (flags & RXFT) != 0 && bank().isSet(CR3, RXFTIE);
        guest().setInterruptLine(irq, wanted && (enables & UE) != 0);
        requestsChanged.run();
    }

    @Override
    public long nextEvent() {
        return Math.min(
                Math.min(state.sending().done(), state.arrival()),
                Math.min(state.idle(), state.timeout()));
    }

    @Override
    public void runEvents(long now) {
        if (state.sending().done() <= now) {
            sent(now);
        }
        if (state.arrival() <= now) {
            arrive(now);
        }
        boolean idle = state.idle() <= now;
        boolean timeout = state.timeout() <= now;
        bank().setBits(ISR, (idle ? IDLE : 0) | (timeout ? RTOF : 0));
        state =
                state.next(
                        state.arrival(),
                        idle ? Timed.NEVER : state.idle(),
                        timeout ? Timed.NEVER : state.timeout());
        changed();
    }
}
