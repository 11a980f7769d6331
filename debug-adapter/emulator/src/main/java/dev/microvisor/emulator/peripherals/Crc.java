package dev.microvisor.emulator.peripherals;

/**
 * The CRC unit with polynomials of 7, 8, 16 and 32 bits, bit reversal of input by byte, halfword or
 * word and of output.
 */
final class Crc extends RegisterPeripheral {
    private static final int DR = 0x00;
    private static final int CR = 0x08;
    private static final int INIT = 0x10;
    private static final int POL = 0x14;
    private static final int RESET = 1;
    private static final int REVERSE_OUT = 1 << 7;
    private static final int STANDARD_POLYNOMIAL = 0x04C1_1DB7;
    private static final int[] WIDTHS = {32, 16, 8, 7};

    Crc(int baseAddress) {
        super("CRC", baseAddress);
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .register(DR, "DR")
                .readOnly(0, 32, "DR")
                .resetTo(-1)
                .shows(this::result)
                .onWriteOf((written, widthBytes) -> feed(written, widthBytes))
                .plain(0x04, "IDR", "IDR")
                .register(CR, "CR")
                .writeOnly(0, 1, "RESET")
                .reserved(1, 2)
                .field(3, 5, "POLYSIZE, REV_IN, REV_OUT")
                .reserved(8, 24)
                .onWrite((before, written) -> reset(written))
                .plain(INIT, "INIT", "CRC_INIT")
                .resetTo(-1)
                .onWrite((before, written) -> bank().set(DR, bank().get(INIT)))
                .plain(POL, "POL", "POL")
                .resetTo(STANDARD_POLYNOMIAL);
    }

    private void reset(int written) {
        if ((written & RESET) != 0) {
            bank().set(DR, bank().get(INIT));
        }
    }

    private int width() {
        return WIDTHS[bank().get(CR) >>> 3 & 3];
    }

    private int result(int stored) {
        int value = stored & mask();
        return bank().isSet(CR, REVERSE_OUT)
                ? Integer.reverse(value) >>> (Integer.SIZE - width())
                : value;
    }

    private int mask() {
        return -1 >>> (Integer.SIZE - width());
    }

    private void feed(int data, int widthBytes) {
        int bits = 8 * widthBytes;
        int input = reversed(data, bits);
        int width = width();
        int top = 1 << (width - 1);
        int crc = bank().get(DR) & mask();
        for (int i = bits - 1; i >= 0; i--) {
            boolean subtract = ((crc & top) != 0) != ((input >>> i & 1) != 0);
            crc = (crc << 1 ^ (subtract ? bank().get(POL) : 0)) & mask();
        }
        bank().set(DR, crc);
    }

    /** REV_IN: none, by byte, by halfword, by word; never by more than was written. */
    private int reversed(int data, int bits) {
        int unit = Math.min(bits, 4 << (bank().get(CR) >>> 5 & 3));
        if ((bank().get(CR) >>> 5 & 3) == 0) {
            return data;
        }
        int result = 0;
        for (int from = 0; from < bits; from += unit) {
            int piece = data >>> from & (-1 >>> (Integer.SIZE - unit));
            result |= Integer.reverse(piece) >>> (Integer.SIZE - unit) << from;
        }
        return result;
    }
}
