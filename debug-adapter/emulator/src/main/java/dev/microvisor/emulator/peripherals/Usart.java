package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.guest.Timed;
import java.util.function.Supplier;

/**
 * A serial port. What the firmware sends is shown line by line and takes no time. What comes in
 * takes the time of its characters, and waits until the one before has been read, so that nothing
 * is lost; after the last one the line is idle, and the receiver times out. Synchronous modes have
 * no effect.
 */
final class Usart extends RegisterPeripheral {
    /** A line is shown when it gets longer than this, ended or not. */
    static final int MAX_LINE_BYTES = 4096;

    private static final int CR1 = 0x00;
    private static final int CR2 = 0x04;
    private static final int CR3 = 0x08;
    private static final int BRR = 0x0C;
    private static final int ISR = 0x1C;
    private static final int RTOR = 0x14;
    private static final int RDR = 0x24;
    private static final int TDR = 0x28;
    private static final int PRESC = 0x2C;

    private static final int UE = 1;
    private static final int RE = 1 << 2;
    private static final int TE = 1 << 3;
    private static final int IDLE = 1 << 4;
    private static final int RXNE = 1 << 5;
    private static final int TC = 1 << 6;
    private static final int TXE = 1 << 7;
    private static final int OVER8 = 1 << 15;
    private static final int RTOF = 1 << 11;
    private static final int CMF = 1 << 17;
    private static final int TEACK = 1 << 21;
    private static final int REACK = 1 << 22;
    private static final int TXFE = 1 << 23;
    private static final int RXFT = 1 << 26;
    private static final int TXFT = 1 << 27;
    private static final int FIFOEN = 1 << 29;
    private static final int CMIE = 1 << 14;
    private static final int RTOIE = 1 << 26;
    private static final int RTOEN = 1 << 23;
    private static final int TXFEIE = 1 << 30;
    private static final int TXFTIE = 1 << 23;
    private static final int RXFTIE = 1 << 28;
    private static final int DMAR = 1 << 6;
    private static final int DMAT = 1 << 7;
    private static final int RXFRQ = 1 << 3;

    /** Start, eight data and stop bits. */
    private static final int BITS_PER_CHARACTER = 10;

    private static final int[] PRESCALERS = {1, 2, 4, 6, 8, 10, 12, 16, 32, 64, 128, 256};

    private final int irq;
    private final Supplier<PeripheralListener> listener;
    private final Bench bench;
    private final Runnable requestsChanged;
    private State state = State.START;

    /**
     * @param requestsChanged called when the port may want a DMA transfer
     */
    Usart(
            String name,
            int baseAddress,
            int irq,
            Supplier<PeripheralListener> listener,
            Bench bench,
            Runnable requestsChanged) {
        super(name, baseAddress);
        this.irq = irq;
        this.listener = listener;
        this.bench = bench;
        this.requestsChanged = requestsChanged;
    }

    /**
     * What is not in registers.
     *
     * @param line what was sent of a line that has not ended
     * @param arrival instruction at which the next character is complete
     * @param idle instruction at which the line counts as idle
     * @param timeout instruction at which the receiver has waited for too long
     */
    private record State(Bytes line, long arrival, long idle, long timeout) {
        static final State START = new State(Bytes.EMPTY, Timed.NEVER, Timed.NEVER, Timed.NEVER);

        State(Bytes line, long arrival, long idle) {
            this(line, arrival, idle, Timed.NEVER);
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
                .field(13, 3, "MME, CMIE, OVER8")
                .field(16, 10, "DEDT, DEAT")
                .field(26, 3, "RTOIE, EOBIE, M1")
                .field(29, 3, "FIFOEN, TXFEIE, RXFFIE")
                .onWrite((before, written) -> enabled())
                .register(CR2, "CR2")
                .field(0, 24, "frame settings, RTOEN")
                .field(24, 8, "ADD")
                .register(CR3, "CR3")
                .field(0, 6, "EIE, IREN, IRLP, HDSEL, NACK, SCEN")
                .field(6, 2, "DMAR, DMAT")
                .field(8, 24, "flow control and thresholds")
                .register(BRR, "BRR")
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
                .resetTo(TC | TXE)
                .shows(this::flags)
                .register(0x20, "ICR")
                .writeOnly(0, 32, "flags to clear")
                .onWrite(
                        (before, written) ->
                                bank().clearBits(ISR, written & (IDLE | TC | RTOF | CMF)))
                .register(RDR, "RDR")
                .readOnly(0, 9, "RDR")
                .reserved(9, 23)
                .afterRead(this::taken)
                .register(TDR, "TDR")
                .field(0, 9, "TDR")
                .reserved(9, 23)
                .onWrite((before, written) -> send(written))
                .register(PRESC, "PRESC")
                .field(0, 4, "PRESCALER")
                .reserved(4, 28)
                .register(0x30, "AUTOCR")
                .unimplemented(0, 32, "autonomous mode");
    }

    private int flags(int stored) {
        int flags = stored | TXE;
        if (bank().isSet(CR1, FIFOEN)) {
            flags |= TXFE | TXFT | ((stored & RXNE) != 0 ? RXFT : 0);
        }
        if (bank().isSet(CR1, UE)) {
            flags |= bank().isSet(CR1, TE) ? TEACK : 0;
            flags |= bank().isSet(CR1, RE) ? REACK : 0;
        }
        return flags;
    }

    // ---------------------------------------------------------------- sending

    private void send(int data) {
        if (!bank().isSet(CR1, UE) || !bank().isSet(CR1, TE)) {
            guest().warnOnce(
                            name()
                                    + " is written to while its transmitter is off; nothing is sent");
            return;
        }
        bank().setBits(ISR, TC);
        Bytes line = state.line();
        int character = data & 0xFF;
        if (character == '\n' || line.size() >= MAX_LINE_BYTES) {
            String text = line.text();
            line = Bytes.EMPTY;
            listener.get()
                    .line(
                            name(),
                            text.endsWith("\r") ? text.substring(0, text.length() - 1) : text,
                            guest().now());
        }
        if (character != '\n') {
            line = line.plus(Bytes.of(new byte[] {(byte) character}));
        }
        state = new State(line, state.arrival(), state.idle(), state.timeout());
    }

    boolean wantsDmaWrite() {
        return bank().isSet(CR3, DMAT) && bank().isSet(CR1, UE) && bank().isSet(CR1, TE);
    }

    // ---------------------------------------------------------------- receiving

    /** Something waits for this port, or its receiver was switched on. */
    void listen() {
        boolean receives = bank().isSet(CR1, UE) && bank().isSet(CR1, RE);
        if (!receives) {
            state = new State(state.line(), Timed.NEVER, Timed.NEVER);
        } else if (state.arrival() == Timed.NEVER
                && !bank().isSet(ISR, RXNE)
                && bench.serialWaits(name())) {
            state = new State(state.line(), guest().now() + characterTime(), Timed.NEVER);
        }
        guest().eventsChanged();
    }

    /** Instructions that a character takes on the line. */
    private long characterTime() {
        return bitTime() * BITS_PER_CHARACTER;
    }

    private long bitTime() {
        long divider = bank().get(BRR);
        boolean lowPower = name().startsWith("LP");
        long perBit = lowPower ? divider / 256 : bank().isSet(CR1, OVER8) ? divider / 2 : divider;
        int prescaler = PRESCALERS[Math.min(bank().get(PRESC) & 0xF, PRESCALERS.length - 1)];
        return Math.max(1, perBit * prescaler);
    }

    private void arrive(long now) {
        int character = bench.takeSerial(name());
        bank().set(RDR, character);
        bank().setBits(ISR, RXNE);
        if (character == bank().get(CR2) >>> 24) {
            bank().setBits(ISR, CMF);
        }
        boolean last = !bench.serialWaits(name());
        boolean times = last && bank().isSet(CR2, RTOEN);
        state =
                new State(
                        state.line(),
                        Timed.NEVER,
                        last ? now + characterTime() : Timed.NEVER,
                        times ? now + (bank().get(RTOR) & 0xFF_FFFF) * bitTime() : Timed.NEVER);
    }

    private void taken() {
        if (bank().isSet(ISR, RXNE)) {
            bank().clearBits(ISR, RXNE);
            listen();
            changed();
        }
    }

    private void request(int written) {
        if ((written & RXFRQ) != 0) {
            taken();
        }
    }

    private void enabled() {
        if (!bank().isSet(CR1, UE)) {
            bank().set(ISR, TC | TXE);
        }
        listen();
    }

    boolean wantsDmaRead() {
        return bank().isSet(CR3, DMAR) && bank().isSet(ISR, RXNE);
    }

    // ---------------------------------------------------------------- as a part of the machine

    @Override
    void changed() {
        int flags = flags(bank().get(ISR));
        int enables = bank().get(CR1);
        // These flags have the places of their enables.
        boolean wanted = (flags & enables & (IDLE | RXNE | TC | TXE)) != 0;
        wanted |= (flags & RTOF) != 0 && (enables & RTOIE) != 0;
        wanted |= (flags & CMF) != 0 && (enables & CMIE) != 0;
        wanted |= (flags & TXFE) != 0 && (enables & TXFEIE) != 0;
        wanted |= (flags & TXFT) != 0 && bank().isSet(CR3, TXFTIE);
        wanted |= (flags & RXFT) != 0 && bank().isSet(CR3, RXFTIE);
        guest().setInterruptLine(irq, wanted && (enables & UE) != 0);
        requestsChanged.run();
    }

    @Override
    public long nextEvent() {
        return Math.min(state.arrival(), Math.min(state.idle(), state.timeout()));
    }

    @Override
    public void runEvents(long now) {
        if (state.arrival() <= now) {
            arrive(now);
        } else {
            boolean idle = state.idle() <= now;
            boolean timeout = state.timeout() <= now;
            bank().setBits(ISR, (idle ? IDLE : 0) | (timeout ? RTOF : 0));
            state =
                    new State(
                            state.line(),
                            Timed.NEVER,
                            idle ? Timed.NEVER : state.idle(),
                            timeout ? Timed.NEVER : state.timeout());
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
        state = State.START;
    }
}
