package dev.microvisor.emulator.peripherals;

/**
 * An I2C controller on a bus without devices: each address is answered with NACK and a STOP at
 * once, so that drivers find out without waiting for a timeout.
 */
final class I2c extends RegisterPeripheral {
    private static final int CR1 = 0x00;
    private static final int CR2 = 0x04;
    private static final int ISR = 0x18;
    private static final int ICR = 0x1C;

    private static final int PE = 1;
    private static final int NACKIE = 1 << 4;
    private static final int STOPIE = 1 << 5;
    private static final int START = 1 << 13;
    private static final int STOP = 1 << 14;
    private static final int TXE = 1;
    private static final int NACKF = 1 << 4;
    private static final int STOPF = 1 << 5;
    private static final int CLEARABLE = 0x3F38;

    private final int eventIrq;

    I2c(String name, int baseAddress, int eventIrq) {
        super(name, baseAddress);
        this.eventIrq = eventIrq;
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .register(CR1, "CR1")
                .field(0, 1, "PE")
                .field(1, 7, "interrupt enables")
                .field(8, 6, "DNF, ANFOFF, TXDMAEN")
                .unimplemented(14, 2, "TXDMAEN, RXDMAEN")
                .field(16, 1, "SBC")
                .field(17, 15, "slave and SMBus settings")
                .onWrite((before, written) -> enable())
                .register(CR2, "CR2")
                .field(0, 13, "SADD, RD_WRN, ADD10, HEAD10R")
                .writeOnly(13, 2, "START, STOP")
                .field(15, 12, "NACK, NBYTES, RELOAD, AUTOEND")
                .reserved(27, 5)
                .onWrite((before, written) -> command(written))
                .register(0x08, "OAR1")
                .field(0, 32, "own address 1")
                .register(0x0C, "OAR2")
                .field(0, 32, "own address 2")
                .register(0x10, "TIMINGR")
                .field(0, 32, "timing")
                .register(0x14, "TIMEOUTR")
                .unimplemented(0, 32, "SMBus timeouts")
                .register(ISR, "ISR")
                .readOnly(0, 32, "flags")
                .resetTo(TXE)
                .register(ICR, "ICR")
                .writeOnly(0, 32, "flags to clear")
                .onWrite((before, written) -> bank().clearBits(ISR, written & CLEARABLE))
                .register(0x20, "PECR")
                .readOnly(0, 32, "PEC")
                .register(0x24, "RXDR")
                .readOnly(0, 32, "RXDATA")
                .register(0x28, "TXDR")
                .field(0, 8, "TXDATA")
                .reserved(8, 24)
                .register(0x2C, "AUTOCR")
                .unimplemented(0, 32, "autonomous mode");
    }

    /** Switching off resets the flags. */
    private void enable() {
        if (!bank().isSet(CR1, PE)) {
            bank().set(ISR, TXE);
        }
    }

    private void command(int written) {
        if (!bank().isSet(CR1, PE)) {
            return;
        }
        if ((written & START) != 0) {
            guest().warnOnce(name() + ": no device is on the bus; every address gets NACK");
            bank().setBits(ISR, NACKF | STOPF);
        } else if ((written & STOP) != 0) {
            bank().setBits(ISR, STOPF);
        }
    }

    @Override
    void changed() {
        boolean nack = bank().isSet(CR1, NACKIE) && bank().isSet(ISR, NACKF);
        boolean stop = bank().isSet(CR1, STOPIE) && bank().isSet(ISR, STOPF);
        guest().setInterruptLine(eventIrq, nack || stop);
    }
}
