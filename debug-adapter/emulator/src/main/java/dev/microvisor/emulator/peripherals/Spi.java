package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.hardware.SpiDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * An SPI controller as a master, with the devices that the cloud file wires to its bus. Frames take
 * no time, so the bus stands still while the receive FIFO is full, and nothing is overrun in
 * drivers that read. Drivers that only send overrun the FIFO and go on, as on the chip. Slave mode
 * and I2S are not emulated. Where no device is selected, MISO is high.
 */
final class Spi extends RegisterPeripheral {
    private static final int CR1 = 0x00;
    private static final int CR2 = 0x04;
    private static final int CFG1 = 0x08;
    private static final int CFG2 = 0x0C;
    private static final int IER = 0x10;
    private static final int SR = 0x14;

    private static final int CRCPOLY = 0x40;
    private static final int TXCRC = 0x44;
    private static final int RXCRC = 0x48;

    private static final int SPE = 1;
    private static final int MASRX = 1 << 8;
    private static final int CSTART = 1 << 9;
    private static final int CSUSP = 1 << 10;
    private static final int HDDIR = 1 << 11;
    private static final int RXDMAEN = 1 << 14;
    private static final int TXDMAEN = 1 << 15;
    private static final int RCRCINI = 1 << 14;
    private static final int TCRCINI = 1 << 15;
    private static final int CRCEN = 1 << 22;
    private static final int CRCE = 1 << 7;
    private static final int MASTER = 1 << 22;
    private static final int RXP = 1;
    private static final int TXP = 1 << 1;
    private static final int DXP = 1 << 2;
    private static final int EOT = 1 << 3;
    private static final int TXTF = 1 << 4;
    private static final int OVR = 1 << 6;
    private static final int SUSP = 1 << 11;
    private static final int TXC = 1 << 12;
    private static final int RXWNE = 1 << 15;
    private static final int CLEARABLE = 0xBF8;
    private static final int TSIZE = 0xFFFF;
    private static final int FIFO_BYTES = 16;

    /**
     * How often a driver looks at the flags of a bus that stands still, without reading what came
     * in, before it is taken for one that never will.
     */
    private static final int PATIENCE = 64;

    /** What COMM in CFG2 says. */
    private static final int FULL_DUPLEX = 0;

    private static final int TRANSMIT_ONLY = 1;
    private static final int RECEIVE_ONLY = 2;

    private final int irq;
    private final List<SpiDevice> devices;
    private final Predicate<String> pinIsLow;
    private final Runnable requestsChanged;
    private State state;

    /**
     * @param pinIsLow whether an output such as {@code PA4} is low
     */
    Spi(
            String name,
            int baseAddress,
            int irq,
            List<SpiDevice> devices,
            Predicate<String> pinIsLow,
            Runnable requestsChanged) {
        super(name, baseAddress);
        this.irq = irq;
        this.devices = List.copyOf(devices);
        this.pinIsLow = pinIsLow;
        this.requestsChanged = requestsChanged;
        state = new State(Bytes.EMPTY, Bytes.EMPTY, 0, devices.stream().map(SpiSlave::of).toList());
        keep(() -> state, next -> state = next, State::afterReset);
    }

    /**
     * What is not in registers.
     *
     * @param out bytes that wait to be sent
     * @param in bytes that were received
     * @param left frames until TSIZE have gone
     * @param slaves in the order of the devices
     * @param looks at the flags since the bus stands still
     */
    private record State(Bytes out, Bytes in, int left, List<SpiSlave> slaves, int looks) {
        State {
            slaves = List.copyOf(slaves);
        }

        State(Bytes out, Bytes in, int left, List<SpiSlave> slaves) {
            this(out, in, left, slaves, 0);
        }

        /** What the devices hold outlives a reset of the application. */
        State afterReset() {
            List<SpiSlave> deselected = slaves.stream().map(SpiSlave::selected).toList();
            return new State(Bytes.EMPTY, Bytes.EMPTY, 0, deselected);
        }

        State lookedAt() {
            return new State(out, in, left, slaves, looks + 1);
        }
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .register(CR1, "CR1")
                .field(0, 1, "SPE")
                .reserved(1, 7)
                .field(8, 2, "MASRX, CSTART")
                .writeOnly(10, 1, "CSUSP")
                .field(11, 2, "HDDIR, SSI")
                .field(13, 4, "CRC settings, IOLOCK")
                .reserved(17, 15)
                .onWrite(this::control)
                .register(CR2, "CR2")
                .field(0, 16, "TSIZE")
                .reserved(16, 16)
                .register(CFG1, "CFG1")
                .field(0, 23, "DSIZE, FTHLV, UDRCFG, RXDMAEN, TXDMAEN, CRCSIZE, CRCEN")
                .reserved(23, 5)
                .field(28, 4, "MBR, BPASS")
                .resetTo(0x0007_0007)
                .plain(CFG2, "CFG2", "mode")
                .register(IER, "IER")
                .field(0, 10, "interrupt enables")
                .reserved(10, 22)
                .register(SR, "SR")
                .readOnly(0, 32, "flags")
                .resetTo(TXC)
                .shows(this::flags)
                .register(0x18, "IFCR")
                .writeOnly(0, 32, "flags to clear")
                .onWrite((before, written) -> bank().clearBits(SR, written & CLEARABLE))
                .register(0x1C, "AUTOCR")
                .unimplemented(0, 32, "autonomous mode")
                .register(0x20, "TXDR")
                .writeOnly(0, 32, "TXDR")
                .onWriteOf(this::push)
                .register(0x30, "RXDR")
                .readOnly(0, 32, "RXDR")
                .shows(this::front)
                .plain(CRCPOLY, "CRCPOLY", "CRCPOLY")
                .resetTo(0x107)
                .register(TXCRC, "TXCRC")
                .readOnly(0, 32, "TXCRC")
                .register(RXCRC, "RXCRC")
                .readOnly(0, 32, "RXCRC")
                .plain(0x4C, "UDRDR", "UDRDR");
    }

    // ---------------------------------------------------------------- settings

    private int frameBytes() {
        int bits = (bank().get(CFG1) & 0x1F) + 1;
        return bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
    }

    private int thresholdBytes() {
        return ((bank().get(CFG1) >>> 5 & 0xF) + 1) * frameBytes();
    }

    private int direction() {
        int communication = bank().get(CFG2) >>> 17 & 3;
        if (communication == 3) {
            return bank().isSet(CR1, HDDIR) ? TRANSMIT_ONLY : RECEIVE_ONLY;
        }
        return communication;
    }

    private boolean limited() {
        return (bank().get(CR2) & TSIZE) != 0;
    }

    private boolean isOn() {
        return bank().isSet(CR1, SPE) && bank().isSet(CFG2, MASTER);
    }

    private int flags(int stored) {
        int inBytes = state.in().size();
        boolean room = state.out().size() + thresholdBytes() <= FIFO_BYTES;
        int queued = state.out().size() / frameBytes();
        boolean wanted = direction() != RECEIVE_ONLY && (!limited() || queued < state.left());
        int flags = stored & ~TXC;
        flags |= inBytes >= thresholdBytes() ? RXP : 0;
        flags |= bank().isSet(CR1, SPE) && room && wanted ? TXP : 0;
        flags |= (flags & (RXP | TXP)) == (RXP | TXP) ? DXP : 0;
        flags |= inBytes >= 4 ? RXWNE : 0;
        flags |= (inBytes % 4 / frameBytes()) << 13;
        flags |= state.out().isEmpty() && (!limited() || state.left() == 0) ? TXC : 0;
        return flags | state.left() << 16;
    }

    // ---------------------------------------------------------------- transfers

    private void control(int before, int written) {
        boolean was = (before & SPE) != 0;
        if (!bank().isSet(CR1, SPE)) {
            bank().clearBits(CR1, CSTART);
            bank().clearBits(SR, OVR);
            state = new State(Bytes.EMPTY, Bytes.EMPTY, 0, deselected());
            return;
        }
        if (!was) {
            state = new State(state.out(), state.in(), bank().get(CR2) & TSIZE, state.slaves());
            bank().set(TXCRC, checksum().begin(bank().isSet(CR1, TCRCINI)));
            bank().set(RXCRC, checksum().begin(bank().isSet(CR1, RCRCINI)));
            if (!bank().isSet(CFG2, MASTER)) {
                guest().warnOnce(name() + ": slave mode is not emulated; nothing comes in");
            }
        }
        if ((written & CSUSP) != 0 && bank().isSet(CR1, CSTART)) {
            bank().clearBits(CR1, CSTART);
            bank().setBits(SR, SUSP);
        }
        if ((before & CSTART) == 0 && bank().isSet(CR1, CSTART) && limited() && state.left() == 0) {
            state = new State(state.out(), state.in(), bank().get(CR2) & TSIZE, state.slaves());
        }
        exchange();
    }

    /** Devices without a select pin are deselected when the controller is switched off. */
    private List<SpiSlave> deselected() {
        List<SpiSlave> slaves = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            SpiSlave slave = state.slaves().get(i);
            slaves.add(devices.get(i).select().isEmpty() ? slave.selected() : slave);
        }
        return slaves;
    }

    /** An output of a port has changed, which may select a device. */
    void outputChanged(String pin) {
        List<SpiSlave> slaves = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            boolean selects = devices.get(i).select().filter(pin::equals).isPresent();
            SpiSlave slave = state.slaves().get(i);
            slaves.add(selects ? slave.selected() : slave);
        }
        state = new State(state.out(), state.in(), state.left(), slaves);
    }

    private void push(int data, int widthBytes) {
        if (!bank().isSet(CR1, SPE)) {
            guest().warnOnce(name() + " is written to while it is off; nothing is sent");
            return;
        }
        int bytes = Math.max(widthBytes, frameBytes());
        if (state.out().size() + bytes > FIFO_BYTES) {
            guest().warnOnce(name() + " is written to while its FIFO is full; the data is lost");
            return;
        }
        byte[] more = new byte[bytes];
        for (int i = 0; i < bytes && i < Integer.BYTES; i++) {
            more[i] = (byte) (data >>> (8 * i));
        }
        state =
                new State(
                        state.out().plus(Bytes.of(more)), state.in(), state.left(), state.slaves());
        exchange();
    }

    /** Moves frames while there is something to send and room for what comes back. */
    private void exchange() {
        int frame = frameBytes();
        boolean receives = direction() != TRANSMIT_ONLY;
        boolean sends = direction() != RECEIVE_ONLY;
        while (isOn()
                && bank().isSet(CR1, CSTART)
                && (!sends || state.out().size() >= frame)
                && (!limited() || state.left() > 0)) {
            boolean room = state.in().size() + frame <= FIFO_BYTES;
            if (receives && !room && mayOverrun()) {
                bank().setBits(SR, OVR);
            }
            if (receives && !room && !bank().isSet(SR, OVR)) {
                return;
            }
            byte[] sent = sends ? state.out().slice(0, frame).toArray() : ones(frame);
            byte[] got = frame(sent);
            state =
                    new State(
                            sends ? state.out().slice(frame, state.out().size()) : state.out(),
                            receives && room ? state.in().plus(Bytes.of(got)) : state.in(),
                            Math.max(0, state.left() - 1),
                            state.slaves());
            addToChecksum(TXCRC, sent);
            addToChecksum(RXCRC, got);
            if (limited() && state.left() == 0) {
                if (bank().isSet(CFG1, CRCEN)) {
                    exchangeChecksums(sends, receives);
                }
                bank().setBits(SR, EOT | TXTF);
                bank().clearBits(CR1, CSTART);
            }
        }
    }

    /**
     * What comes in for a frame. The most significant byte goes first; FIFOs hold the least
     * significant one first.
     */
    private byte[] frame(byte[] sent) {
        byte[] got = new byte[sent.length];
        for (int i = sent.length - 1; i >= 0; i--) {
            got[i] = (byte) exchange(sent[i] & 0xFF);
        }
        return got;
    }

    private SpiCrc checksum() {
        return SpiCrc.of(bank().get(CFG1), bank().get(CRCPOLY));
    }

    private static int word(byte[] bytes) {
        int value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | (bytes[i] & 0xFF);
        }
        return value;
    }

    private void addToChecksum(int register, byte[] frame) {
        if (bank().isSet(CFG1, CRCEN)) {
            int bits = (bank().get(CFG1) & 0x1F) + 1;
            bank().set(register, checksum().after(bank().get(register), word(frame), bits));
        }
    }

    /** Behind the last frame; what comes in is compared and does not get into the FIFO. */
    private void exchangeChecksums(boolean sends, boolean receives) {
        byte[] sent = ones(checksum().bytes());
        for (int i = 0; i < sent.length && sends; i++) {
            sent[i] = (byte) (bank().get(TXCRC) >>> (Byte.SIZE * i));
        }
        int got = word(frame(sent));
        if (receives && got != bank().get(RXCRC)) {
            bank().setBits(SR, CRCE);
        }
    }

    /** Nobody is going to read what comes in, and the controller is not told to wait for it. */
    private boolean mayOverrun() {
        boolean sendsAlone = (bank().get(IER) & TXP) != 0 || bank().isSet(CFG1, TXDMAEN);
        boolean somebodyReads = (bank().get(IER) & (RXP | DXP)) != 0 || bank().isSet(CFG1, RXDMAEN);
        return !bank().isSet(CR1, MASRX)
                && !somebodyReads
                && (sendsAlone || state.looks() >= PATIENCE);
    }

    /** True when only the full receive FIFO keeps the bus from going on. */
    private boolean standsStill() {
        return isOn()
                && bank().isSet(CR1, CSTART)
                && direction() == FULL_DUPLEX
                && state.out().size() >= frameBytes()
                && state.in().size() + frameBytes() > FIFO_BYTES;
    }

    private static byte[] ones(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 0xFF);
        return bytes;
    }

    /** One byte on the wires. */
    private int exchange(int mosi) {
        List<SpiSlave> slaves = new ArrayList<>(state.slaves());
        int miso = 0xFF;
        for (int i = 0; i < slaves.size(); i++) {
            SpiDevice device = devices.get(i);
            if (device.select().map(pinIsLow::test).orElse(true)) {
                miso &= slaves.get(i).out(device, mosi);
                slaves.set(i, slaves.get(i).exchanged(device, mosi));
            }
        }
        if (devices.isEmpty() && direction() == FULL_DUPLEX) {
            guest().warnOnce(
                            name()
                                    + ": no device is on the bus; 0xFF comes in. [[spi]] in the cloud"
                                    + " file adds one");
        }
        state = new State(state.out(), state.in(), state.left(), slaves);
        return miso;
    }

    /** The data that a read of RXDR gives, without taking it. */
    private int front() {
        int value = 0;
        for (int i = Math.min(Integer.BYTES, state.in().size()) - 1; i >= 0; i--) {
            value = value << 8 | state.in().at(i);
        }
        return value;
    }

    @Override
    void afterReadOf(int offset, int widthBytes) {
        if (offset == SR && standsStill()) {
            state = state.lookedAt();
            if (state.looks() == PATIENCE) {
                exchange();
                changed();
            }
        }
        if (offset != 0x30 || state.in().isEmpty()) {
            return;
        }
        int taken = Math.min(Math.max(widthBytes, frameBytes()), state.in().size());
        state =
                new State(
                        state.out(),
                        state.in().slice(taken, state.in().size()),
                        state.left(),
                        state.slaves());
        exchange();
        changed();
    }

    boolean wantsDmaWrite() {
        return bank().isSet(CFG1, TXDMAEN) && (flags(bank().get(SR)) & TXP) != 0;
    }

    boolean wantsDmaRead() {
        return bank().isSet(CFG1, RXDMAEN) && state.in().size() >= frameBytes();
    }

    // ---------------------------------------------------------------- as a part of the machine

    @Override
    void changed() {
        int flags = flags(bank().get(SR)) & 0x3FF;
        guest().setInterruptLine(irq, (flags & bank().get(IER)) != 0);
        requestsChanged.run();
    }
}
