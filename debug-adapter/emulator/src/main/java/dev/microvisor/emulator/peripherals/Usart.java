package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.bytes.Bytes;
import java.util.function.Supplier;

/**
 * A serial port. What the firmware sends is shown line by line and takes no time; nothing is ever
 * received. FIFO mode, DMA and synchronous modes have no effect.
 */
final class Usart extends RegisterPeripheral {
    /** A line is shown when it gets longer than this, ended or not. */
    static final int MAX_LINE_BYTES = 4096;

    private static final int CR1 = 0x00;
    private static final int ISR = 0x1C;
    private static final int ICR = 0x20;
    private static final int TDR = 0x28;

    private static final int UE = 1;
    private static final int RE = 1 << 2;
    private static final int TE = 1 << 3;
    private static final int TCIE = 1 << 6;
    private static final int TXEIE = 1 << 7;
    private static final int TC = 1 << 6;
    private static final int TXE = 1 << 7;
    private static final int TEACK = 1 << 21;
    private static final int REACK = 1 << 22;

    private final int irq;
    private final Supplier<PeripheralListener> listener;
    private Bytes line = Bytes.EMPTY;

    Usart(String name, int baseAddress, int irq, Supplier<PeripheralListener> listener) {
        super(name, baseAddress);
        this.irq = irq;
        this.listener = listener;
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
                .unimplemented(29, 1, "FIFOEN")
                .field(30, 2, "TXFEIE, RXFFIE")
                .register(0x04, "CR2")
                .field(0, 32, "frame settings")
                .register(0x08, "CR3")
                .field(0, 6, "EIE, IREN, IRLP, HDSEL, NACK, SCEN")
                .unimplemented(6, 2, "DMAR, DMAT")
                .field(8, 24, "flow control and thresholds")
                .register(0x0C, "BRR")
                .field(0, 16, "BRR")
                .reserved(16, 16)
                .register(0x10, "GTPR")
                .field(0, 16, "PSC, GT")
                .reserved(16, 16)
                .register(0x14, "RTOR")
                .field(0, 32, "RTO, BLEN")
                .register(0x18, "RQR")
                .writeOnly(0, 5, "requests")
                .reserved(5, 27)
                .register(ISR, "ISR")
                .readOnly(0, 29, "flags")
                .reserved(29, 3)
                .resetTo(TC | TXE)
                .shows(this::flags)
                .register(ICR, "ICR")
                .writeOnly(0, 32, "flags to clear")
                .register(0x24, "RDR")
                .readOnly(0, 9, "RDR")
                .reserved(9, 23)
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

    private int flags() {
        int flags = TC | TXE;
        if (bank().isSet(CR1, UE)) {
            flags |= bank().isSet(CR1, TE) ? TEACK : 0;
            flags |= bank().isSet(CR1, RE) ? REACK : 0;
        }
        return flags;
    }

    private void send(int data) {
        if (!bank().isSet(CR1, UE) || !bank().isSet(CR1, TE)) {
            guest().warnOnce(
                            name()
                                    + " is written to while its transmitter is off; nothing is sent");
            return;
        }
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
    }

    @Override
    void changed() {
        guest().setInterruptLine(irq, bank().isSet(CR1, UE) && bank().isSet(CR1, TCIE | TXEIE));
    }

    @Override
    Object extraState() {
        return line;
    }

    @Override
    void restoreExtraState(Object state) {
        line = (Bytes) state;
    }

    @Override
    void resetExtraState() {
        line = Bytes.EMPTY;
    }
}
