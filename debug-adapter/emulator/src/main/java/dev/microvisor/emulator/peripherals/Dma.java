package dev.microvisor.emulator.peripherals;

import static dev.microvisor.emulator.peripherals.DmaRegisters.CBR1;
import static dev.microvisor.emulator.peripherals.DmaRegisters.CBR2;
import static dev.microvisor.emulator.peripherals.DmaRegisters.CCR;
import static dev.microvisor.emulator.peripherals.DmaRegisters.CDAR;
import static dev.microvisor.emulator.peripherals.DmaRegisters.CLBAR;
import static dev.microvisor.emulator.peripherals.DmaRegisters.CLLR;
import static dev.microvisor.emulator.peripherals.DmaRegisters.CSAR;
import static dev.microvisor.emulator.peripherals.DmaRegisters.CSR;
import static dev.microvisor.emulator.peripherals.DmaRegisters.CTR1;
import static dev.microvisor.emulator.peripherals.DmaRegisters.CTR2;
import static dev.microvisor.emulator.peripherals.DmaRegisters.CTR3;
import static dev.microvisor.emulator.peripherals.DmaRegisters.FLAGS;
import static dev.microvisor.emulator.peripherals.DmaRegisters.IDLEF;
import static dev.microvisor.emulator.peripherals.DmaRegisters.STRIDE;

import dev.microvisor.emulator.guest.Timed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * GPDMA1 and LPDMA1: channels with requests of peripherals or of software, blocks, and linked
 * lists, which is how circular transfers are made, and triggers. Two-dimensional addressing is not
 * emulated. A block begins some instructions after it was asked for, so that its interrupt does not
 * come before the code that starts it is through.
 */
final class Dma extends RegisterPeripheral implements DmaBus.Controller, DmaRegisters.Effects {

    private static final int EN = 1;
    private static final int RESET = 1 << 1;
    private static final int SUSP = 1 << 2;
    private static final int TCF = 1 << 8;
    private static final int HTF = 1 << 9;
    private static final int DTEF = 1 << 10;
    private static final int ULEF = 1 << 11;
    private static final int USEF = 1 << 12;
    private static final int SUSPF = 1 << 13;
    private static final int TOF = 1 << 14;
    private static final int SWREQ = 1 << 9;
    private static final String NO_PERIPHERAL =
            "a peripheral whose DMA is not emulated; nothing is transferred";
    private static final int DREQ = 1 << 10;
    private static final int SINC = 1 << 3;
    private static final int DINC = 1 << 19;
    private static final int BNDT = 0xFFFF;

    /** Registers that an item of a linked list may hold, in its order, with their bits in CLLR. */
    private static final int[][] ITEM = {
        {CTR1, 31},
        {CTR2, 30},
        {CBR1, 29},
        {CSAR, 28},
        {CDAR, 27},
        {CTR3, 26},
        {CBR2, 25},
        {CLLR, 16}
    };

    /** From the start of a block until its first transfer, in instructions. */
    private static final int START_DELAY = 64;

    /** From a later request until its transfer, in instructions. */
    private static final int REQUEST_DELAY = 8;

    private final DmaKind kind;
    private final DmaBus bus;
    private List<DmaChannel> channels;
    private boolean moving;

    Dma(int baseAddress, DmaKind kind, DmaBus bus) {
        super(kind.name(), baseAddress, 0x1000);
        this.kind = kind;
        this.bus = bus;
        bus.connect(this);
        keep(idle(), () -> channels, next -> channels = next);
    }

    @Override
    public boolean isTriggeredBy(int event) {
        for (int i = 0; i < kind.channels(); i++) {
            if (isActive(i) && trigger(i).isUsed() && trigger(i).selected() == event) {
                return true;
            }
        }
        return false;
    }

    private List<DmaChannel> idle() {
        return List.copyOf(Collections.nCopies(kind.channels(), DmaChannel.IDLE));
    }

    @Override
    RegisterBank declare() {
        return DmaRegisters.declare(kind, this);
    }

    private int get(int channel, int register) {
        return bank().get(channel * STRIDE + register);
    }

    /** Flags that firmware clears. */
    @Override
    public void clear(int channel, int flags) {
        bank().clearBits(channel * STRIDE + CSR, flags & FLAGS);
    }

    private void set(int channel, int register, int value) {
        bank().set(channel * STRIDE + register, value);
    }

    private void flag(int channel, int flags) {
        bank().setBits(channel * STRIDE + CSR, flags);
    }

    private boolean isActive(int channel) {
        return (get(channel, CCR) & (EN | SUSP)) == EN;
    }

    // ---------------------------------------------------------------- control

    @Override
    public void control(int channel, int before, int written) {
        if ((written & RESET) != 0) {
            end(channel, 0);
            bank().clearBits(channel * STRIDE + CCR, SUSP);
            return;
        }
        if ((before & EN) == 0 && (written & EN) != 0) {
            bank().clearBits(channel * STRIDE + CSR, IDLEF);
            begin(channel);
        } else if ((written & EN) == 0 && (before & EN) != 0) {
            // Hardware ignores it; only RESET and errors end a channel.
            bank().setBits(channel * STRIDE + CCR, EN);
        }
        if ((written & SUSP) != 0 && (before & SUSP) == 0) {
            flag(channel, SUSPF | IDLEF);
            put(channel, channels.get(channel).paused());
        }
        requestsChanged();
    }

    private void begin(int channel) {
        if (channel >= kind.first2d() && (get(channel, CBR1) >>> 16 & 0x7FF) != 0) {
            warn(channel, "repeated blocks (BRC) are not emulated; one block is moved");
        }
        boolean bySoftware = (get(channel, CTR2) & SWREQ) != 0;
        if (!bySoftware && !bus.knows(line(channel))) {
            int request = get(channel, CTR2) & 0x7F;
            warn(channel, "request " + request + " comes from " + NO_PERIPHERAL);
        }
        if (trigger(channel).isUsed() && !trigger(channel).isEmulated()) {
            int selected = get(channel, CTR2) >>> 16 & 0x3F;
            warn(channel, "trigger " + selected + " comes from " + NO_PERIPHERAL);
        }
        if (!kind.reaches(get(channel, CSAR)) || !kind.reaches(get(channel, CDAR))) {
            warn(
                    channel,
                    "it reaches SRAM4 (0x28000000) and the peripherals from 0x46000000 on; other"
                            + " addresses are data transfer errors, as on the chip");
        }
        if (bytesLeft(channel) == 0) {
            if (get(channel, CLLR) == 0) {
                end(channel, USEF);
            } else {
                follow(channel);
            }
            return;
        }
        put(channel, DmaChannel.IDLE.atBlock(bytesLeft(channel)));
    }

    private void warn(int channel, String what) {
        guest().warnOnce(kind.name() + " channel " + channel + ": " + what);
    }

    private DmaTrigger trigger(int channel) {
        return kind.trigger(get(channel, CTR2));
    }

    /** The request line of a channel at the bus. */
    private int line(int channel) {
        return kind.line(get(channel, CTR2) & 0x7F);
    }

    private int bytesLeft(int channel) {
        return get(channel, CBR1) & BNDT;
    }

    private void end(int channel, int flags) {
        flag(channel, flags | IDLEF);
        bank().clearBits(channel * STRIDE + CCR, EN);
        put(channel, DmaChannel.IDLE);
    }

    private void put(int channel, DmaChannel state) {
        List<DmaChannel> changed = new ArrayList<>(channels);
        changed.set(channel, state);
        channels = List.copyOf(changed);
    }

    /** Loads the next item of the linked list. */
    private void follow(int channel) {
        int link = get(channel, CLLR);
        int address = (get(channel, CLBAR) & 0xFFFF_0000) | (link & 0xFFFC);
        int[] loaded = new int[ITEM.length];
        for (int i = 0; i < ITEM.length; i++) {
            loaded[i] = get(channel, ITEM[i][0]);
            if ((link >>> ITEM[i][1] & 1) != 0) {
                OptionalInt word = bus.read(guest(), address, Integer.BYTES);
                if (word.isEmpty()) {
                    end(channel, ULEF);
                    return;
                }
                loaded[i] = word.getAsInt();
                address += Integer.BYTES;
            }
        }
        for (int i = 0; i < ITEM.length; i++) {
            set(channel, ITEM[i][0], loaded[i]);
        }
        if (bytesLeft(channel) == 0) {
            end(channel, USEF);
            return;
        }
        put(channel, channels.get(channel).atBlock(bytesLeft(channel)));
    }

    // ---------------------------------------------------------------- transfers

    private boolean isRequested(int channel) {
        DmaChannel state = channels.get(channel);
        boolean waits =
                state.linking()
                        || (trigger(channel).isForData() && state.allowed() == 0 && !state.hit());
        return !waits && ((get(channel, CTR2) & SWREQ) != 0 || bus.requested(line(channel)));
    }

    /** An edge of an event; one is remembered, more are an overrun. */
    @Override
    public void triggered(int event, boolean rising) {
        for (int i = 0; i < kind.channels(); i++) {
            if (isActive(i) && trigger(i).isHitBy(event, rising)) {
                if (channels.get(i).linking()) {
                    follow(i);
                } else if (channels.get(i).hit()) {
                    flag(i, TOF);
                } else {
                    put(i, channels.get(i).hit(true));
                }
            }
        }
        changed();
        requestsChanged();
    }

    /** Gives a time to every channel that may go on and has none. */
    @Override
    public void requestsChanged() {
        if (moving) {
            return;
        }
        for (int i = 0; i < kind.channels(); i++) {
            DmaChannel channel = channels.get(i);
            if (channel.due() == Timed.NEVER && isActive(i) && isRequested(i)) {
                long delay = channel.begun() ? REQUEST_DELAY : START_DELAY + 2L * channel.block();
                put(i, channel.due(guest().now() + delay));
                guest().eventsChanged();
            }
        }
    }

    @Override
    public long nextEvent() {
        long next = Timed.NEVER;
        for (DmaChannel channel : channels) {
            next = Math.min(next, channel.due());
        }
        return next;
    }

    @Override
    public void runEvents(long now) {
        moving = true;
        boolean progress = true;
        boolean[] due = new boolean[kind.channels()];
        for (int i = 0; i < kind.channels(); i++) {
            due[i] = channels.get(i).due() <= now;
        }
        // Two channels of one peripheral wait for each other, so they take turns.
        while (progress) {
            progress = false;
            for (int i = 0; i < kind.channels(); i++) {
                if (due[i] && isActive(i) && isRequested(i)) {
                    progress = true;
                    due[i] = move(i);
                }
            }
        }
        for (int i = 0; i < kind.channels(); i++) {
            DmaChannel channel = channels.get(i);
            if (channel.due() <= now) {
                put(
                        i,
                        channel.begun() || channel.block() > bytesLeft(i)
                                ? channel.paused()
                                : channel.due(Timed.NEVER));
            }
        }
        moving = false;
        changed();
        requestsChanged();
    }

    /**
     * Moves one datum.
     *
     * @return false when the block has ended
     */
    private boolean move(int channel) {
        if ((get(channel, CTR2) & SWREQ) == 0) {
            bus.served(line(channel));
        }
        useTrigger(channel);
        DmaFormat format = new DmaFormat(get(channel, CTR1));
        DmaChannel.Held held = channels.get(channel).held();
        if (held.bytes() == 0 || format.packs()) {
            OptionalInt datum = take(channel, format);
            if (datum.isEmpty()) {
                end(channel, DTEF);
                return false;
            }
            held = held.plus(format.taken(datum.getAsInt()), format.takenBytes());
        }
        boolean incomplete = held.bytes() < format.targetBytes() && bytesLeft(channel) > 0;
        if (!incomplete) {
            // Where the target asks for data, it gets one at a time.
            boolean one = (get(channel, CTR2) & (SWREQ | DREQ)) == DREQ;
            do {
                if (!give(channel, format, held)) {
                    end(channel, DTEF);
                    return false;
                }
                held = held.without(format.targetBytes());
            } while (held.bytes() > 0 && !one);
        }
        put(channel, channels.get(channel).holding(held));
        if (bytesLeft(channel) > 0 || held.bytes() > 0) {
            return true;
        }
        blockEnded(channel);
        return false;
    }

    /** Reads a datum; empty where nothing may be read. */
    private OptionalInt take(int channel, DmaFormat format) {
        int sourceBytes = format.sourceBytes();
        int source = get(channel, CSAR);
        OptionalInt datum =
                kind.reaches(source) ? bus.read(guest(), source, sourceBytes) : OptionalInt.empty();
        if ((format.settings() & SINC) != 0) {
            set(channel, CSAR, source + sourceBytes);
        }
        int left = Math.max(0, bytesLeft(channel) - sourceBytes);
        set(channel, CBR1, (get(channel, CBR1) & ~BNDT) | left);
        int block = channels.get(channel).block();
        if (left <= block / 2 && left + sourceBytes > block / 2) {
            flag(channel, HTF);
        }
        return datum;
    }

    /** Writes a datum, or what is left of one at the end of a block. */
    private boolean give(int channel, DmaFormat format, DmaChannel.Held held) {
        int target = get(channel, CDAR);
        boolean written = kind.reaches(target);
        if (held.bytes() >= format.targetBytes()) {
            written = bus.write(guest(), target, format.targetBytes(), format.given(held.value()));
        } else {
            for (int i = 0; i < held.bytes(); i++) {
                int piece = held.value() >>> (Byte.SIZE * i);
                written = written && bus.write(guest(), target + i, 1, piece & 0xFF);
            }
        }
        if ((format.settings() & DINC) != 0) {
            set(channel, CDAR, target + format.targetBytes());
        }
        return written;
    }

    /** What is moved next was allowed by an event. */
    private void useTrigger(int channel) {
        DmaChannel state = channels.get(channel);
        if (trigger(channel).isForData()) {
            int burst = (get(channel, CTR1) >>> 4 & 0x3F) + 1;
            boolean next = state.allowed() == 0;
            int allowed = next ? trigger(channel).allowance(burst) : state.allowed();
            put(channel, (next ? state.hit(false) : state).allowed(allowed - 1));
        }
    }

    private void blockEnded(int channel) {
        boolean last = get(channel, CLLR) == 0;
        int events = get(channel, CTR2) >>> 30 & 3;
        if (last || events != 3) {
            flag(channel, TCF);
            bus.pulse(kind.firstEnd() + channel);
        }
        DmaChannel state = channels.get(channel);
        if (last) {
            end(channel, 0);
        } else if (trigger(channel).isForLinks() && !state.hit()) {
            put(channel, state.waitingToLink());
        } else {
            put(channel, trigger(channel).isForLinks() ? state.hit(false) : state);
            follow(channel);
        }
    }

    // ---------------------------------------------------------------- interrupts

    @Override
    public int pendingChannels() {
        int pending = 0;
        for (int i = 0; i < kind.channels(); i++) {
            pending |= interrupts(i) ? 1 << i : 0;
        }
        return pending;
    }

    /** Enables have the places of their flags. */
    private boolean interrupts(int channel) {
        return (get(channel, CSR) & get(channel, CCR) & FLAGS) != 0;
    }

    @Override
    void changed() {
        for (int i = 0; i < kind.channels(); i++) {
            guest().setInterruptLine(kind.irqs().get(i), interrupts(i));
        }
    }
}
