package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.cloud.hardware.I2cDevice;
import dev.microvisor.emulator.cloud.hardware.I2cFault;
import dev.microvisor.emulator.guest.Timed;

/**
 * An I2C controller as a master, with the devices that the cloud file wires to its bus. An address
 * that nobody answers gets NACK and STOP. Bytes take the time that TIMINGR says. Faults of the bus
 * come from the cloud file. Slave mode and SMBus are not emulated.
 */
final class I2c extends RegisterPeripheral {
    private static final int CR1 = 0x00;
    private static final int CR2 = 0x04;
    private static final int TIMINGR = 0x10;
    private static final int ISR = 0x18;
    private static final int RXDR = 0x24;
    private static final int TXDR = 0x28;

    private static final int PE = 1;
    private static final int TXDMAEN = 1 << 14;
    private static final int RXDMAEN = 1 << 15;
    private static final int RD_WRN = 1 << 10;
    private static final int ADD10 = 1 << 11;
    private static final int HEAD10R = 1 << 12;
    private static final int START = 1 << 13;
    private static final int STOP = 1 << 14;
    private static final int RELOAD = 1 << 24;
    private static final int AUTOEND = 1 << 25;
    private static final int TXE = 1;
    private static final int TXIS = 1 << 1;
    private static final int RXNE = 1 << 2;
    private static final int NACKF = 1 << 4;
    private static final int STOPF = 1 << 5;
    private static final int TC = 1 << 6;
    private static final int TCR = 1 << 7;
    private static final int BERR = 1 << 8;
    private static final int ARLO = 1 << 9;
    private static final int BUSY = 1 << 15;
    private static final int ERRIE = 1 << 7;
    private static final int CLEARABLE = 0x3F38;

    /** Eight bits and the acknowledgement. */
    private static final int CLOCKS_PER_BYTE = 9;

    /** Flags TXIS to STOPF have the places of their enables; TC and TCR share one. */
    private static final int OWN_ENABLES = TXIS | RXNE | NACKF | STOPF;

    private final Irqs irqs;
    private final I2cBus bus;
    private final Runnable requestsChanged;
    private Transfer transfer;

    I2c(String name, Irqs irqs, I2cBus bus, Runnable requestsChanged) {
        super(name, AddressMap.base(name));
        this.irqs = irqs;
        this.bus = bus;
        this.requestsChanged = requestsChanged;
        keep(Transfer.NONE, () -> transfer, next -> transfer = next);
    }

    /** Interrupts of a controller. */
    record Irqs(int event, int error) {}

    /** What goes over the bus now. */
    private enum Phase {
        NOTHING,
        ADDRESS,
        SENDING,
        RECEIVING
    }

    /**
     * A transfer.
     *
     * @param remaining bytes until NBYTES have gone
     * @param filled true when TXDR holds a byte that has not gone yet
     * @param due instruction at which the byte on the bus is through
     */
    private record Transfer(
            Phase phase, int address, boolean reads, int remaining, boolean filled, long due) {
        static final Transfer NONE = new Transfer(Phase.NOTHING, 0, false, 0, false, Timed.NEVER);

        Transfer in(Phase next, long when) {
            return new Transfer(next, address, reads, remaining, filled, when);
        }

        Transfer filled(boolean now) {
            return new Transfer(phase, address, reads, remaining, now, due);
        }

        Transfer remaining(int bytes) {
            return new Transfer(phase, address, reads, bytes, filled, due);
        }
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .register(CR1, "CR1")
                .field(0, 1, "PE")
                .field(1, 7, "interrupt enables")
                .field(8, 8, "DNF, ANFOFF, TXDMAEN, RXDMAEN")
                .field(16, 16, "slave and SMBus settings")
                .onWrite((before, written) -> enable())
                .register(CR2, "CR2")
                .field(0, 13, "SADD, RD_WRN, ADD10, HEAD10R")
                .writeOnly(13, 2, "START, STOP")
                .field(15, 12, "NACK, NBYTES, RELOAD, AUTOEND")
                .reserved(27, 5)
                .onWrite((before, written) -> command(written))
                .plain(0x08, "OAR1", "own address 1")
                .plain(0x0C, "OAR2", "own address 2")
                .plain(TIMINGR, "TIMINGR", "timing")
                .register(0x14, "TIMEOUTR")
                .unimplemented(0, 32, "SMBus timeouts")
                .register(ISR, "ISR")
                .readOnly(0, 32, "flags")
                .resetTo(TXE)
                .steady()
                .shows(flags -> bus.isStuck() ? flags | BUSY : flags)
                .onWrite((before, written) -> flush(written))
                .register(0x1C, "ICR")
                .writeOnly(0, 32, "flags to clear")
                .onWrite((before, written) -> bank().clearBits(ISR, written & CLEARABLE))
                .register(0x20, "PECR")
                .readOnly(0, 32, "PEC")
                .register(RXDR, "RXDR")
                .readOnly(0, 32, "RXDATA")
                .afterRead(this::taken)
                .register(TXDR, "TXDR")
                .field(0, 8, "TXDATA")
                .reserved(8, 24)
                .onWrite((before, written) -> fill())
                .register(0x2C, "AUTOCR")
                .unimplemented(0, 32, "autonomous mode");
    }

    /** Switching off resets the flags. */
    private void enable() {
        if (!bank().isSet(CR1, PE)) {
            bank().set(ISR, TXE);
            transfer = Transfer.NONE;
        }
    }

    private int bytes() {
        return bank().get(CR2) >>> 16 & 0xFF;
    }

    private long byteTime() {
        int timing = bank().get(TIMINGR);
        long clocks = (timing & 0xFF) + 1L + (timing >>> 8 & 0xFF) + 1;
        return CLOCKS_PER_BYTE * clocks * ((timing >>> 28) + 1);
    }

    private long byteEnd() {
        return guest().now() + byteTime();
    }

    private void command(int written) {
        if (!bank().isSet(CR1, PE)) {
            return;
        }
        if ((written & START) != 0) {
            start();
        } else if ((written & STOP) != 0) {
            stop();
        } else if (bank().isSet(ISR, TCR) && bytes() != 0) {
            bank().clearBits(ISR, TCR);
            transfer = transfer.remaining(bytes());
            goOn();
        }
    }

    private void start() {
        boolean tenBits = bank().isSet(CR2, ADD10);
        int sent = bank().get(CR2) & 0x3FF;
        int address = tenBits ? sent | I2cDevice.TEN_BITS : sent >>> 1 & 0x7F;
        boolean reads = bank().isSet(CR2, RD_WRN);
        bank().clearBits(ISR, TC | TCR | TXIS | RXNE);
        if (!bus.isStuck()) {
            bank().setBits(ISR, BUSY);
        }
        // A 10-bit address takes two bytes, and reading from it begins with writing.
        int more = !tenBits ? 0 : reads && !bank().isSet(CR2, HEAD10R) ? 2 : reads ? 0 : 1;
        long due = bus.isStuck() ? Timed.NEVER : byteEnd() + more * byteTime() + bus.stretched();
        transfer = new Transfer(Phase.ADDRESS, address, reads, bytes(), transfer.filled(), due);
    }

    /** The bus was held low, and is not any more: what waits for that begins. */
    void freed() {
        if (transfer.phase() == Phase.ADDRESS && transfer.due() == Timed.NEVER && !bus.isStuck()) {
            bank().setBits(ISR, BUSY);
            transfer = transfer.in(Phase.ADDRESS, byteEnd());
            guest().eventsChanged();
        }
    }

    private void stop() {
        bank().clearBits(ISR, TC | TCR | TXIS | BUSY);
        bank().setBits(ISR, STOPF);
        bus.stop(transfer.address());
        transfer = transfer.in(Phase.NOTHING, Timed.NEVER);
    }

    private void addressSent() {
        if (bus.takes(I2cFault.Error.ARBITRATION)) {
            lose(ARLO);
        } else if (bus.takes(I2cFault.Error.BUS)) {
            lose(BERR);
        } else if (bus.start(transfer.address(), transfer.reads())) {
            goOn();
        } else {
            if (bus.isEmpty()) {
                guest().warnOnce(
                                name()
                                        + ": no device is on the bus; every address gets NACK. [[i2c]]"
                                        + " in the cloud file adds one");
            }
            refused();
        }
    }

    /** The controller is no master any more. */
    private void lose(int flag) {
        bank().clearBits(ISR, TC | TCR | TXIS | BUSY);
        bank().setBits(ISR, flag);
        transfer = transfer.in(Phase.NOTHING, Timed.NEVER);
    }

    /** NACK: a stop condition follows by itself. */
    private void refused() {
        bank().setBits(ISR, NACKF);
        stop();
    }

    /** The next byte, or the end of the transfer. */
    private void goOn() {
        if (transfer.remaining() == 0) {
            complete();
        } else if (transfer.reads()) {
            transfer = transfer.in(Phase.RECEIVING, byteEnd());
        } else if (transfer.filled()) {
            transfer = transfer.filled(false).in(Phase.SENDING, byteEnd());
            bank().setBits(ISR, TXE);
        } else {
            transfer = transfer.in(Phase.SENDING, Timed.NEVER);
            bank().setBits(ISR, TXIS);
        }
    }

    private void complete() {
        transfer = transfer.in(Phase.NOTHING, Timed.NEVER);
        if (bank().isSet(CR2, RELOAD)) {
            bank().setBits(ISR, TCR);
        } else if (bank().isSet(CR2, AUTOEND)) {
            stop();
        } else {
            bank().setBits(ISR, TC);
        }
    }

    private void fill() {
        bank().clearBits(ISR, TXIS);
        if (transfer.phase() == Phase.SENDING && transfer.due() == Timed.NEVER) {
            transfer = transfer.in(Phase.SENDING, byteEnd());
        } else {
            bank().clearBits(ISR, TXE);
            transfer = transfer.filled(true);
        }
    }

    /** Writing one to TXE empties TXDR. */
    private void flush(int written) {
        if ((written & TXE) != 0) {
            bank().setBits(ISR, TXE);
            transfer = transfer.filled(false);
        }
    }

    private void sent() {
        if (!bus.write(transfer.address(), bank().get(TXDR))) {
            refused();
            return;
        }
        transfer = transfer.remaining(transfer.remaining() - 1);
        goOn();
    }

    private void received() {
        bank().set(RXDR, bus.read(transfer.address()));
        bank().setBits(ISR, RXNE);
        transfer = transfer.remaining(transfer.remaining() - 1).in(Phase.RECEIVING, Timed.NEVER);
        if (transfer.remaining() == 0) {
            complete();
        }
    }

    private void taken() {
        if (!bank().isSet(ISR, RXNE)) {
            return;
        }
        bank().clearBits(ISR, RXNE);
        if (transfer.phase() == Phase.RECEIVING) {
            transfer = transfer.in(Phase.RECEIVING, byteEnd());
            guest().eventsChanged();
        }
        changed();
    }

    boolean wantsDmaWrite() {
        return bank().isSet(CR1, TXDMAEN) && bank().isSet(ISR, TXIS);
    }

    boolean wantsDmaRead() {
        return bank().isSet(CR1, RXDMAEN) && bank().isSet(ISR, RXNE);
    }

    @Override
    void changed() {
        int flags = bank().get(ISR);
        int enables = bank().get(CR1);
        boolean wanted = (flags & enables & OWN_ENABLES) != 0;
        wanted |= (flags & (TC | TCR)) != 0 && (enables & TC) != 0;
        guest().setInterruptLine(irqs.event(), wanted);
        boolean failed = (flags & (BERR | ARLO)) != 0 && (enables & ERRIE) != 0;
        guest().setInterruptLine(irqs.error(), failed);
        requestsChanged.run();
    }

    @Override
    public long nextEvent() {
        return transfer.due();
    }

    @Override
    public void runEvents(long now) {
        switch (transfer.phase()) {
            case ADDRESS -> addressSent();
            case SENDING -> sent();
            case RECEIVING -> received();
            case NOTHING -> {}
        }
        changed();
    }
}
